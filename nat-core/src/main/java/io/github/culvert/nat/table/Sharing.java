package io.github.culvert.nat.table;

import io.github.culvert.nat.mapping.Dependence;
import java.nio.ByteBuffer;

/**
 * Which mapping a flow from the inside shares with flows that are there (RFC 4787 section 4.1). A static forward is for
 * all flows of its inside endpoint, whatever the behaviour of its protocol. Where mapping depends on the remote address,
 * all sessions between an inside endpoint and a remote address have the same mapping, so that any of them, or their peer
 * record, tells it. Not safe for use by several threads.
 */
final class Sharing {
    private final TableParts parts;

    Sharing(TableParts parts) {
        this.parts = parts;
    }

    /** The mapping that a session from the inside would share, or 0; it may be one whose time is up. */
    int shared(long parties, long ids) {
        int owner = ofEndpoint(parties, ids);
        return owner == 0 && dependsOnAddress(ids) ? ofPeer(parties, ids) : owner;
    }

    boolean dependsOnAddress(long ids) {
        return parts.mapping(Record.protocol(ids)) == Dependence.ADDRESS_DEPENDENT;
    }

    /** The mapping of all flows of an inside endpoint, or 0. */
    int ofEndpoint(long parties, long ids) {
        return parts.endpoints.find(parties & Record.INSIDE_MASK, ids & Record.ENDPOINT_MASK);
    }

    /** The mapping of the sessions between an inside endpoint and a remote address, or 0 if there are none. */
    int ofPeer(long parties, long ids) {
        int first = parts.sessions.find(parties, ids & Record.ENDPOINT_MASK);
        if (first == 0) {
            return 0;
        }
        ByteBuffer chunk = parts.records.chunk(first);
        int at = Records.at(first);
        boolean peer = (Record.ids(chunk, at) & Record.KIND_MASK) == Record.PEER;
        return peer ? Record.peerMapping(chunk, at) : ofSession(first);
    }

    /** The mapping that a session belongs to, or stands for. */
    int ofSession(int session) {
        int mapping = Record.link(parts.records.chunk(session), Records.at(session));
        return mapping == 0 ? session : mapping;
    }

    /** A session that stood for its mapping has given that to a record of its own; its peer is to know. */
    void promoted(int session, int mapping) {
        ByteBuffer chunk = parts.records.chunk(session);
        int at = Records.at(session);
        long ids = Record.ids(chunk, at);
        if ((ids & Record.FULL_KEY) != 0) {
            int peer = parts.sessions.find(Record.parties(chunk, at), ids & Record.ENDPOINT_MASK);
            Record.peerMapping(parts.records.chunk(peer), Records.at(peer), mapping);
        }
    }
}
