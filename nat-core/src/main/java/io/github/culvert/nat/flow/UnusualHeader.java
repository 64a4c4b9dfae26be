package io.github.culvert.nat.flow;

import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.verdict.Verdict;
import io.github.culvert.nat.wire.HeaderCheck;
import io.github.culvert.nat.wire.Ipv4Layout;
import io.github.culvert.nat.wire.PacketWindow;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link Header#read} leaves: packets with options, fragments, other protocols, and everything malformed.
 * Not safe for use by several threads.
 */
final class UnusualHeader {
    private static final int VERSION_6 = 6;

    private final HeaderCheck check = new HeaderCheck();
    private final Admission admission;
    private final BoundFlows bound;
    private final boolean sourceRoutes;

    UnusualHeader(Admission admission, BoundFlows bound, boolean sourceRoutes) {
        this.admission = admission;
        this.bound = bound;
        this.sourceRoutes = sourceRoutes;
    }

    /** Reads the header; gives {@link Header#READ} or a verdict. What is the host's is nobody else's business. */
    int read(Header header, int direction) {
        PacketWindow window = header.window;
        if (window.length() > 0 && window.u8(0) >>> 4 == VERSION_6) {
            return Verdict.host(HostTraffic.IPV6);
        }
        int flaw = check.passes(window) ? 0 : Verdict.refused(refusal());
        if (flaw != 0 && !isFragment(window)) {
            return flaw;
        }
        header.flaw = flaw;
        header.total = check.totalLength();
        header.transport = check.headerLength();
        header.word1 = window.i64(Ipv4Layout.WORD1);
        header.protocol = Ipv4Layout.protocol(header.word1);
        header.word2 = (long) window.i32(Ipv4Layout.DESTINATION) << 32;
        header.publicIndex = admission.publicIndex(header);
        int host = admission.host(header, direction);
        if (host == Addresses.FINE) {
            return readOurs(header, direction);
        }
        return flaw == 0 ? host : flaw;
    }

    /** Whether a packet whose network header is right is a fragment. */
    private boolean isFragment(PacketWindow window) {
        return check.passesNetwork() && Ipv4Layout.isFragment(Ipv4Layout.fragmentBits(window.i64(Ipv4Layout.WORD0)));
    }

    private int readOurs(Header header, int direction) {
        PacketWindow window = header.window;
        if (check.hasSourceRoute() && !sourceRoutes) {
            return Verdict.refused(Refusal.SOURCE_ROUTE);
        }
        if (isFragment(window)) {
            header.kind = Header.FRAGMENT;
            return Header.READ;
        }
        if (!Admission.isTranslated(header.protocol)) {
            return readPortless(header);
        }
        header.kind = Header.FLOW;
        header.word2 |= window.i32(header.transport) & 0xffff_ffffL;
        return header.readTransport(direction);
    }

    private int readPortless(Header header) {
        if (!bound.read(header)) {
            header.kind = Header.PORTLESS;
            header.ports = 0;
            header.flags = 0;
        }
        return Header.READ;
    }

    private Refusal refusal() {
        @Nullable Refusal refusal = check.refusal();
        return refusal == null ? Refusal.BAD_OPTION : refusal;
    }
}
