package io.github.culvert.nat.testkit.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.TcpBuilder;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.packet.TcpSegment;
import io.github.culvert.nat.testkit.bed.Packets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Both ends of a TCP connection through a {@link Lab}, with their sequence numbers: what one end sends next, what the
 * other one gets, and whatever else on purpose. Not safe for use by several threads.
 */
public final class TcpTalk {
    private static final long[] INITIAL = {0xffff_fff0L, 5000};
    /** Each connection has numbers of its own. */
    private static final long STEP = 0x1000_0001L;

    private final Lab lab;
    /** By direction. */
    private final Endpoint[] from = new Endpoint[2];

    private final Endpoint[] to = new Endpoint[2];
    private final long[] sent = new long[2];

    private final long[] initial = INITIAL.clone();

    private TcpTalk(Lab lab) {
        this.lab = lab;
    }

    /** A connection that an inside host opens, such as {@code IN1:4000 > OUT1:7000}. */
    public static TcpTalk open(Lab lab, String route) {
        TcpTalk talk = new TcpTalk(lab);
        talk.from[0] = Names.endpoint(route.split(" > ")[0]);
        talk.to[0] = Names.endpoint(route.split(" > ")[1]);
        talk.from[1] = talk.to[0];
        talk.to[1] = talk.handshake(Direction.OUTBOUND).source();
        talk.finish(Direction.OUTBOUND);
        return talk;
    }

    /** A connection that comes in by a static forward, such as {@code OUT1:4000 > EXT1:7000}, to an inside endpoint. */
    public static TcpTalk accept(Lab lab, String route, String inside) {
        TcpTalk talk = new TcpTalk(lab);
        talk.from[1] = Names.endpoint(route.split(" > ")[0]);
        talk.to[1] = Names.endpoint(route.split(" > ")[1]);
        talk.from[0] = Names.endpoint(inside);
        talk.to[0] = talk.from[1];
        talk.handshake(Direction.INBOUND);
        talk.finish(Direction.INBOUND);
        return talk;
    }

    /** The same once more, by hosts that have forgotten this connection and choose other sequence numbers. */
    public TcpTalk acceptAgain() {
        TcpTalk talk = new TcpTalk(lab);
        for (int way = 0; way < 2; way++) {
            talk.from[way] = from[way];
            talk.to[way] = to[way];
            talk.initial[way] = initial[way] + STEP & 0xffff_ffffL;
        }
        talk.handshake(Direction.INBOUND);
        talk.finish(Direction.INBOUND);
        return talk;
    }

    private Sent handshake(Direction opener) {
        return send(opener, -1, Octets.empty(), TcpFlag.SYN).passes();
    }

    private void finish(Direction opener) {
        Direction other = opener == Direction.OUTBOUND ? Direction.INBOUND : Direction.OUTBOUND;
        send(other, -1, Octets.empty(), TcpFlag.SYN, TcpFlag.ACK).passes();
        send(opener, 0, Octets.empty(), TcpFlag.ACK).passes();
    }

    /** Bytes by their characters, each one byte. */
    public static Octets letters(String text) {
        return Octets.of(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The inside host sends what comes next; gives what arrives. */
    public Octets out(Octets bytes) {
        return next(Direction.OUTBOUND, bytes);
    }

    /** The remote host sends what comes next; gives what arrives. */
    public Octets in(Octets bytes) {
        return next(Direction.INBOUND, bytes);
    }

    /** The inside host sends letters; gives those that arrive. */
    public String out(String letters) {
        return new String(out(letters(letters)).toByteArray(), StandardCharsets.ISO_8859_1);
    }

    /** The remote host sends letters; gives those that arrive. */
    public String in(String letters) {
        return new String(in(letters(letters)).toByteArray(), StandardCharsets.ISO_8859_1);
    }

    private Octets next(Direction direction, Octets bytes) {
        Octets arrived = payload(again(direction, sent(direction), bytes).passes());
        sent[direction.ordinal()] += bytes.length();
        return arrived;
    }

    /** How many bytes have been sent next in a direction. */
    public long sent(Direction direction) {
        return sent[direction.ordinal()];
    }

    /** So many more bytes count as sent: those of {@link #again} that have passed. */
    public void skip(Direction direction, int bytes) {
        sent[direction.ordinal()] += bytes;
    }

    /** Bytes from any position of a stream, which does not count as sent. */
    public Sent again(Direction direction, long position, Octets bytes) {
        return send(direction, position, bytes, TcpFlag.ACK);
    }

    /** The payload of a segment that came out, whose checksum is right. */
    public static Octets payload(Sent sent) {
        Ipv4Packet packet = sent.packet();
        TcpSegment segment = (TcpSegment) packet.transport();
        assertThat(segment.checksumValid(packet.source(), packet.destination())).isTrue();
        return segment.payload();
    }

    /** The payloads of all that came out, one after another. */
    public static Octets payloads(Sent sent) {
        Octets all = Octets.empty();
        for (var delivery : sent.all()) {
            all = all.then(((TcpSegment) delivery.packet().transport()).payload());
        }
        return all;
    }

    /** A segment with flags, from a position of a stream; -1 is where the SYN stands. */
    public Sent send(Direction direction, long position, Octets bytes, TcpFlag... flags) {
        return send(direction, packet(direction, position, bytes, flags), ChecksumStatus.VERIFY);
    }

    /** Sends a packet from the side that a direction begins at. */
    public Sent send(Direction direction, Ipv4Packet packet, ChecksumStatus checksum) {
        return lab.send(direction == Direction.OUTBOUND ? Side.INSIDE : Side.OUTSIDE, packet, checksum);
    }

    /** The packet that {@link #send} sends; all that was sent the other way is acknowledged. */
    public Ipv4Packet packet(Direction direction, long position, Octets bytes, TcpFlag... flags) {
        int way = direction.ordinal();
        TcpBuilder segment = TcpSegment.builder()
                .ports((int) from[way].identifier(), (int) to[way].identifier())
                .sequence(initial[way] + 1 + position & 0xffff_ffffL)
                .flags(flags)
                .payload(bytes);
        if (Arrays.asList(flags).contains(TcpFlag.ACK)) {
            segment.acknowledgment(initial[1 - way] + 1 + sent[1 - way] & 0xffff_ffffL);
        }
        return Packets.ipv4(from[way].address(), to[way].address())
                .transport(segment)
                .build();
    }

    /** Both sides close. */
    public void close() {
        List<Direction> ways = new ArrayList<>(List.of(Direction.OUTBOUND, Direction.INBOUND));
        ways.forEach(way ->
                send(way, sent(way), Octets.empty(), TcpFlag.FIN, TcpFlag.ACK).passes());
    }

    /** A RST from one side. */
    public Sent reset(Direction direction) {
        return send(direction, sent(direction), Octets.empty(), TcpFlag.RST, TcpFlag.ACK);
    }
}
