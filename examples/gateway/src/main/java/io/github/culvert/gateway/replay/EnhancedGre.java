package io.github.culvert.gateway.replay;

import java.util.OptionalInt;

/** Where the Call ID of its receiver stands in the GRE of PPTP (RFC 2637 section 4.1). */
final class EnhancedGre {
    private static final int HEADER = 8;
    private static final int CALL_ID = 6;
    /** C, R, K, S and s; of these K is set, and S as it may be. */
    private static final int FLAGS = 0xef07;

    private static final int KEY_AND_VERSION = 0x2001;
    private static final int PPP = 0x880b;

    private EnhancedGre() {}

    /** The place of the Call ID, if this is such a packet and it is here. */
    static OptionalInt callIdAt(Datagram datagram) {
        int at = datagram.transport();
        boolean here = datagram.protocol() == Datagram.GRE && datagram.hasTransport(HEADER);
        return here && (datagram.u16(at) & FLAGS) == KEY_AND_VERSION && datagram.u16(at + 2) == PPP
                ? OptionalInt.of(at + CALL_ID)
                : OptionalInt.empty();
    }
}
