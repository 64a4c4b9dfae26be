package io.github.culvert.nat.flow;

import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.table.FlowTable;
import io.github.culvert.nat.table.TimeoutClass;
import io.github.culvert.nat.verdict.Verdict;
import java.util.Set;

/**
 * Protocols without identifiers, translated by address only where the configuration allows it: the first packet comes
 * from the inside, and one inside host at a time talks to a remote address. AH is never among them (RFC 3715 section
 * 2.2). Not safe for use by several threads.
 */
final class Portless {
    private static final int UNKNOWN_PROTOCOL = Verdict.refused(Refusal.UNKNOWN_PROTOCOL);
    private static final int NO_MAPPING = Verdict.refused(Refusal.NO_MAPPING);

    private final FlowTable table;
    private final boolean[] allowed = new boolean[256];

    Portless(FlowTable table, Set<Integer> protocols) {
        this.table = table;
        protocols.forEach(protocol -> allowed[protocol] = true);
    }

    /** Whether the protocol of a packet is translated. */
    boolean isAllowed(Header header) {
        return allowed[header.protocol];
    }

    /** The session of a packet that was read, or 0. */
    int find(Header header, int direction) {
        if (header.kind != Header.PORTLESS || !allowed[header.protocol]) {
            return 0;
        }
        return direction == Verdict.OUTBOUND
                ? table.find(header.outboundParties(), header.outboundIds())
                : table.findBound(header.destination(), header.source(), header.protocol);
    }

    /** Opens a session for a packet whose addresses are fine; gives it, or a verdict. */
    int open(Header header, int direction) {
        if (!isAllowed(header)) {
            return UNKNOWN_PROTOCOL;
        }
        if (direction == Verdict.INBOUND) {
            return NO_MAPPING;
        }
        header.keyOutbound();
        return table.openBound(header.parties, header.ids, TimeoutClass.PORTLESS);
    }
}
