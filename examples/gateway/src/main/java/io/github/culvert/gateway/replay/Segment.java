package io.github.culvert.gateway.replay;

import java.util.Arrays;
import java.util.Optional;

/** What a TCP segment carries. */
final class Segment {
    private static final int FIN = 1;
    private static final int SYN = 2;
    private static final int RST = 4;
    private static final int ACK = 16;
    private static final int LEAST_HEADER = 20;

    private final int sequence;
    private final int flags;
    private final int at;
    private final byte[] payload;

    private Segment(int sequence, int flags, int at, byte[] payload) {
        this.sequence = sequence;
        this.flags = flags;
        this.at = at;
        this.payload = payload;
    }

    /** The segment in a datagram, if all of it is here. */
    static Optional<Segment> of(Datagram datagram) {
        if (datagram.protocol() != Datagram.TCP
                || datagram.isFragment()
                || !datagram.whole()
                || !datagram.hasTransport(LEAST_HEADER)) {
            return Optional.empty();
        }
        int tcp = datagram.transport();
        int from = tcp + (datagram.u8(tcp + 12) >> 4) * 4;
        boolean possible = from >= tcp + LEAST_HEADER && from <= datagram.end();
        return possible
                ? Optional.of(new Segment(
                        datagram.i32(tcp + 4),
                        datagram.u8(tcp + 13),
                        from,
                        Arrays.copyOfRange(datagram.array(), from, datagram.end())))
                : Optional.empty();
    }

    int sequence() {
        return sequence;
    }

    /** Where in the packet its payload begins. */
    int at() {
        return at;
    }

    byte[] payload() {
        return payload;
    }

    boolean opens() {
        return (flags & (SYN | ACK)) == SYN;
    }

    boolean isSyn() {
        return (flags & SYN) != 0;
    }

    boolean closes() {
        return (flags & (FIN | RST)) != 0;
    }
}
