package io.github.culvert.pptp;

import static io.github.culvert.nat.mapping.Direction.INBOUND;
import static io.github.culvert.nat.mapping.Direction.OUTBOUND;

import io.github.culvert.nat.engine.Gauge;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.testkit.lab.TcpTalk;
import java.util.Arrays;
import java.util.List;

/**
 * Sends whatever some bytes describe over a control connection, and checks what must always be true: nothing is thrown, no
 * buffer is kept, no call is open before both sides have started the connection, never more than there may be, and in
 * the end nothing is left.
 *
 * <p>A step is a byte that says what is done, another for how much, and the bytes of a segment.
 */
final class StreamFuzz {
    private static final int MOST_CALLS = 16;
    private static final double LONG = 30_000;

    private final Site site = new Site();
    private final TcpTalk talk = TcpTalk.open(site.lab, "IN1:4000 > OUT1:1723");
    /** What each side has sent next, as far as it passed. */
    private final Octets[] said = {Octets.empty(), Octets.empty()};

    private boolean isStarted;
    private double now;

    private StreamFuzz() {}

    static StreamFuzz fresh() {
        return new StreamFuzz();
    }

    static StreamFuzz started() {
        StreamFuzz fuzz = new StreamFuzz();
        Site.start(fuzz.talk);
        fuzz.isStarted = true;
        return fuzz;
    }

    void run(byte[] data) {
        for (int at = 0; at + 2 <= data.length; ) {
            int what = data[at] & 0xff;
            int count = Math.min(data[at + 1] & 0xff, data.length - at - 2);
            step(what, Octets.of(Arrays.copyOfRange(data, at + 2, at + 2 + count)));
            at += 2 + count;
            check();
        }
        end();
    }

    private void step(int what, Octets bytes) {
        Direction way = (what & 1) == 0 ? OUTBOUND : INBOUND;
        switch (what >> 1 & 7) {
            case 0, 1 -> next(way, bytes);
            case 2 -> next(way, template(bytes));
            case 3 -> talk.again(way, talk.sent(way) + (what >> 4), template(bytes));
            case 4 -> talk.again(way, Math.max(0, talk.sent(way) - (what >> 2)), bytes);
            case 5 -> flawed(way, template(bytes));
            case 6 -> pass(what >> 3);
            default -> talk.send(way, talk.sent(way), bytes, flags(what));
        }
    }

    /** What comes next in a stream, which counts as sent if it passed. */
    private void next(Direction way, Octets bytes) {
        boolean passed = talk.again(way, talk.sent(way), bytes).all().stream().anyMatch(sent -> sent.isForwarded());
        if (passed && bytes.length() > 0) {
            talk.skip(way, bytes.length());
            said[way.ordinal()] = said[way.ordinal()].then(bytes);
        }
    }

    /** A message of RFC 2637 with some bytes of it replaced: type, then offset and value of each. */
    private static Octets template(Octets bytes) {
        if (bytes.length() == 0) {
            return bytes;
        }
        List<PptpMessage> all = PptpMessage.TABLE;
        Octets message = Messages.golden(all.get(bytes.u8(0) % all.size()));
        for (int i = 1; i + 1 < bytes.length(); i += 2) {
            message = Messages.put(message, bytes.u8(i) % message.length(), bytes.u8(i + 1));
        }
        return message;
    }

    private void flawed(Direction way, Octets bytes) {
        Ipv4Packet good = talk.packet(way, talk.sent(way), bytes.then(Octets.fromHex("00")), TcpFlag.ACK);
        int last = good.octets().length() - 1;
        Octets flawed = Messages.put(good.octets(), last, 1);
        int before = site.status().sessions();
        talk.send(way, new Ipv4Packet(flawed), ChecksumStatus.VERIFY);
        require(site.status().sessions() == before, "no state from a segment with a wrong checksum");
    }

    private void pass(double seconds) {
        now += seconds;
        site.lab.at(now).late();
    }

    private static TcpFlag[] flags(int what) {
        return switch (what >> 4 & 3) {
            case 0 -> new TcpFlag[] {TcpFlag.SYN};
            case 1 -> new TcpFlag[] {TcpFlag.SYN, TcpFlag.ACK};
            case 2 -> new TcpFlag[] {TcpFlag.FIN, TcpFlag.ACK};
            default -> new TcpFlag[] {TcpFlag.RST, TcpFlag.ACK};
        };
    }

    private void check() {
        int open = site.status().sessions();
        require(open <= MOST_CALLS, "no more calls than there may be");
        require(isStarted || open == 0 || mayHaveStarted(), "no call before the start of the connection");
        require(site.engine.counters().notices().get("ALG_FAILED") == null, "the tracker knows what is there");
    }

    /** Both sides have said enough for a Start-Control exchange and a call request. */
    private boolean mayHaveStarted() {
        return says(said[0], 1) && says(said[1], 2) || says(said[1], 1) && says(said[0], 2);
    }

    private static boolean says(Octets stream, int type) {
        return stream.length() >= 156 && stream.u16(2) == 1 && contains(stream, type);
    }

    /** Whether some message in a stream has a type: looked for anywhere, so never too strict. */
    private static boolean contains(Octets stream, int type) {
        for (int at = 0; at + 156 <= stream.length(); at++) {
            if (stream.u16(at) == 156 && stream.u16(at + 8) == type) {
                return true;
            }
        }
        return false;
    }

    private void end() {
        for (int i = 0; i < 4; i++) {
            pass(LONG);
        }
        require(site.status().sessions() == 0 && site.status().channels() == 0, "nothing of the ALG is left");
        for (Gauge gauge : List.of(Gauge.SESSIONS, Gauge.HOSTS, Gauge.CHANNELS, Gauge.STREAM_BYTES)) {
            require(site.engine.counters().gauge(gauge) == 0, gauge + " is back at 0");
        }
        require(site.lab.bed().advance() == Long.MAX_VALUE, "nothing is due any more");
        require(
                site.engine.counters().sessionsCreated()
                        == site.engine.counters().sessionsClosed(),
                "ends are told");
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError(what);
        }
    }
}
