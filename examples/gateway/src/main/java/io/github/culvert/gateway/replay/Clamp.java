package io.github.culvert.gateway.replay;

import io.github.culvert.nat.config.MssClamp;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.mapping.Direction;
import java.util.OptionalInt;

/** Lowers the MSS in a SYN as the configuration asks for it (RFC 9293 section 3.7.1). */
final class Clamp {
    private static final int HEADERS = 40;
    private static final int SYN = 2;
    private static final int OPTIONS = 20;

    private final NatConfig config;

    Clamp(NatConfig config) {
        this.config = config;
    }

    /** Changes what should leave in some direction. */
    void apply(Datagram datagram, Direction way) {
        OptionalInt most = most(way);
        OptionalInt at = most.isPresent() ? mssAt(datagram) : OptionalInt.empty();
        if (at.isPresent() && datagram.u16(at.getAsInt()) > most.getAsInt()) {
            Edit.transportWord(datagram, at.getAsInt(), most.getAsInt());
        }
    }

    private OptionalInt most(Direction way) {
        boolean outbound = way == Direction.OUTBOUND;
        MssClamp clamp = outbound ? config.tcp().mssFromInside() : config.tcp().mssFromOutside();
        if (clamp instanceof MssClamp.To to) {
            return OptionalInt.of(to.bytes());
        }
        int mtu = outbound ? config.path().outsideMtu() : config.path().insideMtu();
        return clamp instanceof MssClamp.ToMtu ? OptionalInt.of(mtu - HEADERS) : OptionalInt.empty();
    }

    private static OptionalInt mssAt(Datagram datagram) {
        if (datagram.protocol() != Datagram.TCP || !datagram.hasTransport(OPTIONS)) {
            return OptionalInt.empty();
        }
        int tcp = datagram.transport();
        int end = tcp + (datagram.u8(tcp + 12) >> 4) * 4;
        boolean syn = (datagram.u8(tcp + 13) & SYN) != 0;
        int at = tcp + OPTIONS;
        while (syn && at + 4 <= end && end <= datagram.end() && datagram.u8(at) != 0) {
            if (datagram.u8(at) == 2 && datagram.u8(at + 1) == 4) {
                return OptionalInt.of(at + 2);
            }
            at += datagram.u8(at) == 1 ? 1 : Math.max(2, datagram.u8(at + 1));
        }
        return OptionalInt.empty();
    }
}
