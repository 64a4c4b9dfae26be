package io.github.culvert.nat.testkit.lab;

import static io.github.culvert.nat.testkit.packet.PacketAssert.assertThatPacket;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.packet.IcmpError;
import io.github.culvert.nat.packet.IcmpQuery;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.TcpSegment;
import io.github.culvert.nat.packet.UdpDatagram;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.bed.Delivery;
import io.github.culvert.nat.testkit.packet.Fragments;
import java.util.Comparator;
import java.util.List;

/** What came out for one packet, or by time, with what a test says about it. Immutable. */
public final class Sent {
    private final List<Delivery> deliveries;

    Sent(List<Delivery> deliveries) {
        this.deliveries = deliveries;
    }

    /** All that came out. */
    public List<Delivery> all() {
        return deliveries;
    }

    /** The one thing that came out. */
    public Delivery one() {
        assertThat(deliveries).hasSize(1);
        return deliveries.get(0);
    }

    /** The one packet that came out, which was forwarded. */
    public Ipv4Packet packet() {
        Delivery one = one();
        assertThat(one.isForwarded()).as("%s", one).isTrue();
        return one.packet();
    }

    /** The packet came out with this route, such as {@code EXT1:5000 > OUT1:53}, on the side of its destination. */
    public Sent arrives(String route) {
        assertThat(Names.route(packet())).isEqualTo(route);
        Delivery.Exit exit = switch (Names.side(packet().destination())) {
            case INSIDE -> Delivery.Exit.INSIDE;
            case OUTSIDE, HOST -> Delivery.Exit.OUTSIDE;
        };
        assertThat(one().exit()).isEqualTo(exit);
        return this;
    }

    /** The ICMP error that came out quotes a packet with this route; all checksums are right, those within it too. */
    public Sent quotes(String route) {
        assertThat(Names.route(quoted())).isEqualTo(route);
        assertThatPacket(packet()).hasRightChecksums();
        assertThatPacket(quoted()).hasRightChecksums();
        return this;
    }

    /** The packet that the ICMP error quotes, as if it were whole. */
    public Ipv4Packet quoted() {
        return new Ipv4Packet(((IcmpError) packet().transport()).quotedOctets());
    }

    /** The packet was forwarded, wherever to. */
    public Sent passes() {
        packet();
        return this;
    }

    /** The packet was refused for this reason, without an answer. */
    public Sent isRefused(Refusal reason) {
        assertThat(one()).hasToString("refused " + reason);
        return this;
    }

    /** The packet was refused, and this one came back to the side it came from: the NAT's own message. */
    public Ipv4Packet isRefusedWithAnswer(Refusal reason) {
        assertThat(deliveries).hasSize(2);
        assertThat(deliveries.get(0)).hasToString("refused " + reason);
        assertThat(deliveries.get(1).isForwarded()).as("%s", deliveries.get(1)).isTrue();
        return deliveries.get(1).packet();
    }

    /** The packet went to the host. */
    public Sent goesToHost(HostTraffic kind) {
        assertThat(one()).hasToString("host " + kind);
        return this;
    }

    /** The datagram whose fragments are all that came out, in the order of their offsets. */
    public Ipv4Packet datagram() {
        assertThat(deliveries).isNotEmpty().allMatch(Delivery::isForwarded);
        List<Octets> fragments = deliveries.stream().map(Delivery::octets).toList();
        assertThat(fragments).isSortedAccordingTo(Comparator.comparingInt(octets -> octets.u16(6) & 0x1fff));
        return Fragments.join(fragments);
    }

    /** All that came out are fragments of one datagram with this route, so many. */
    public Ipv4Packet arrivesInFragments(int count, String route) {
        assertThat(Names.route(datagram())).isEqualTo(route);
        assertThat(deliveries).hasSize(count);
        return datagram();
    }

    /** So many packets came out, all refused for this reason. */
    public Sent areRefused(int count, Refusal reason) {
        assertThat(deliveries)
                .hasSize(count)
                .allMatch(delivery -> delivery.toString().equals("refused " + reason));
        return this;
    }

    /** Nothing came out. */
    public Sent isSilent() {
        assertThat(deliveries).isEmpty();
        return this;
    }

    /** Where the packet says it comes from: for an outbound one the public endpoint. */
    public Endpoint source() {
        Ipv4Packet packet = packet();
        return new Endpoint(packet.source(), sourceId(packet));
    }

    private static long sourceId(Ipv4Packet packet) {
        if (packet.transport() instanceof UdpDatagram udp) {
            return udp.sourcePort();
        }
        if (packet.transport() instanceof TcpSegment tcp) {
            return tcp.sourcePort();
        }
        return packet.transport() instanceof IcmpQuery query ? query.identifier() : 0;
    }

    /** The identifier of {@link #source()}. */
    public int port() {
        return (int) source().identifier();
    }

    @Override
    public String toString() {
        return deliveries.toString();
    }
}
