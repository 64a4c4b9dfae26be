package io.github.culvert.nat.flow;

import io.github.culvert.nat.config.Behaviour;
import io.github.culvert.nat.config.Behaviours;
import io.github.culvert.nat.mapping.Dependence;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.table.FlowTable;
import io.github.culvert.nat.table.Record;
import java.nio.ByteBuffer;

/**
 * Which remotes a mapping lets in that have no session with it (RFC 4787 section 5). Not safe for use by several
 * threads.
 */
final class Filter {
    private final FlowTable table;
    private final Behaviours behaviours;

    Filter(FlowTable table, Behaviours behaviours) {
        this.table = table;
        this.behaviours = behaviours;
    }

    /** Whether a mapping lets a packet in whose inbound key was taken from it. */
    boolean admits(int owner, Header header) {
        if (table.isOpenToAll(owner) || table.forwardedTo(header.publicIndex) != 0) {
            return !isElsewhere(header);
        }
        Behaviour behaviour = behaviours.of(Protocol.ofNumber(header.protocol));
        boolean known = switch (behaviour.filtering()) {
            case ENDPOINT_INDEPENDENT -> true;
            case ADDRESS_DEPENDENT -> hasSentTo(owner, header, behaviour.mapping());
            case ADDRESS_AND_PORT_DEPENDENT -> false;
        };
        // strangers, who come in floods, are turned away before any further look at the table
        return known && !isElsewhere(header) && isConsistent(owner, header);
    }

    /** Whether the very same endpoints talk through another mapping: one answer cannot leave by two of them. */
    private boolean isElsewhere(Header header) {
        int session = table.find(header.parties, header.ids);
        if (session != 0 && table.isExpired(session)) {
            table.close(session);
            return false;
        }
        return session != 0;
    }

    private boolean hasSentTo(int owner, Header header, Dependence mapping) {
        ByteBuffer chunk = table.chunk(owner);
        int at = FlowTable.at(owner);
        boolean alone = (Record.ids(chunk, at) & Record.KIND_MASK) == Record.SESSION;
        return alone || mapping != Dependence.ENDPOINT_INDEPENDENT
                ? Record.parties(chunk, at) == header.parties
                : table.knows(header.parties, header.ids);
    }

    /** Whether an answer would leave by the same mapping: a remote has one public endpoint for an inside one. */
    private boolean isConsistent(int owner, Header header) {
        int shared = table.shared(header.parties, header.ids);
        return shared == 0 || shared == owner;
    }
}
