package io.github.culvert.pptp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.TcpBuilder;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.packet.TcpSegment;
import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.testkit.lab.Lab;
import io.github.culvert.nat.testkit.lab.Sent;
import io.github.culvert.nat.testkit.lab.TcpTalk;

/** A TCP connection of two inside hosts, which turns round at a public endpoint of the one that is dialled. */
final class InsideTalk {
    private final Lab lab;
    private final Endpoint client;
    private final Endpoint server;
    private final Endpoint dialled;
    /** What the server takes for the client. */
    private final Endpoint seen;

    private long sentByClient;
    private long sentByServer;

    InsideTalk(Lab lab, String client, String dialled, String server) {
        this.lab = lab;
        this.client = Lab.endpoint(client);
        this.dialled = Lab.endpoint(dialled);
        this.server = Lab.endpoint(server);
        seen = send(this.client, this.dialled, -1, -1, Octets.empty(), TcpFlag.SYN)
                .source();
        assertThat(send(this.server, seen, -1, 0, Octets.empty(), TcpFlag.SYN, TcpFlag.ACK)
                        .source())
                .isEqualTo(this.dialled);
        send(this.client, this.dialled, 0, 0, Octets.empty(), TcpFlag.ACK).passes();
    }

    private Sent send(Endpoint from, Endpoint to, long sent, long got, Octets bytes, TcpFlag... flags) {
        TcpBuilder segment = TcpSegment.builder()
                .ports((int) from.identifier(), (int) to.identifier())
                .sequence(1001 + sent)
                .flags(flags)
                .payload(bytes);
        if (got >= 0) {
            segment.acknowledgment(1001 + got);
        }
        return lab.send(
                Side.INSIDE,
                Packets.ipv4(from.address(), to.address()).transport(segment).build(),
                ChecksumStatus.VERIFY);
    }

    /** What the client sends next; gives what the server gets. */
    Octets toServer(Octets bytes) {
        Sent sent = send(client, dialled, sentByClient, sentByServer, bytes, TcpFlag.ACK);
        assertThat(sent.packet().source()).isEqualTo(seen.address());
        assertThat(sent.packet().destination()).isEqualTo(server.address());
        sentByClient += bytes.length();
        return TcpTalk.payload(sent);
    }

    /** What the server sends next; gives what the client gets. */
    Octets toClient(Octets bytes) {
        Sent sent = send(server, seen, sentByServer, sentByClient, bytes, TcpFlag.ACK);
        assertThat(sent.packet().source()).isEqualTo(dialled.address());
        assertThat(sent.packet().destination()).isEqualTo(client.address());
        sentByServer += bytes.length();
        return TcpTalk.payload(sent);
    }

    /** Both sides close. */
    void close() {
        send(client, dialled, sentByClient, sentByServer, Octets.empty(), TcpFlag.FIN, TcpFlag.ACK);
        send(server, seen, sentByServer, sentByClient, Octets.empty(), TcpFlag.FIN, TcpFlag.ACK);
    }

    /** The public address of the client. */
    String seen() {
        return seen.address().toString();
    }
}
