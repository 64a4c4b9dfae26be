package io.github.culvert.nat.table;

import io.github.culvert.nat.refusal.Refusal;
import java.nio.ByteBuffer;

/**
 * Finds the session of a packet from the outside by what is unique only per remote: public address, remote address,
 * protocol and an identifier of 32 bits. Protocols without identifiers have 0 there, so that one inside host at a time
 * talks to a remote. Not safe for use by several threads.
 */
final class Bindings {
    private static final long KEY = Record.KIND_MASK | 0xffL << Record.PROTOCOL_SHIFT | Record.BINDING_ID_MASK;

    private final TableParts parts;
    private final HashIndex index;

    Bindings(TableParts parts) {
        this.parts = parts;
        this.index = new HashIndex(parts.records, parts.random, -1, KEY, KEY, 7);
    }

    /** The session of a key, or 0. */
    int find(int publicAddress, int remote, int protocol, int identifier) {
        int binding = index.find(parties(publicAddress, remote), ids(protocol, identifier));
        return binding == 0 ? 0 : Record.link(parts.records.chunk(binding), Records.at(binding));
    }

    /** Opens a session of a protocol without identifiers; the same conventions as in {@link FlowTable}. */
    int open(Opening opening, long parties, long ids, TimeoutClass timeout) {
        int host = parts.hosts.take(Record.insideAddress(parties));
        if (host < 0) {
            return host;
        }
        int publicIndex = parts.hosts.publicIndex(host);
        int publicAddress = parts.pool.address(publicIndex);
        int holder = opening.liveOwner(find(publicAddress, Record.remoteAddress(parties), Record.protocol(ids), 0));
        int refusal = holder == 0 ? parts.quotas.session(host) : ~Refusal.PROTOCOL_BUSY.ordinal();
        if (refusal < 0) {
            parts.hosts.giveBack(host);
            return refusal;
        }
        int place = Record.place(publicIndex, timeout.ordinal());
        int ref = opening.session(parties, ids, place, 0);
        if (ref == 0 || !opening.index(ref)) {
            return opening.abandon(ref, host, 0);
        }
        if (!bind(ref, publicAddress, parties, ids)) {
            parts.sessions.remove(ref);
            return opening.abandon(ref, host, 0);
        }
        opening.count(ref, host);
        parts.events.portlessCreated(ref);
        return ref;
    }

    private boolean bind(int session, int publicAddress, long parties, long ids) {
        int binding = parts.records.allocate();
        if (binding == 0) {
            return false;
        }
        ByteBuffer chunk = parts.records.chunk(binding);
        int at = Records.at(binding);
        Record.parties(chunk, at, parties(publicAddress, Record.remoteAddress(parties)));
        Record.ids(chunk, at, ids(Record.protocol(ids), 0));
        Record.link(chunk, at, session);
        if (!index.add(binding)) {
            parts.records.free(binding);
            return false;
        }
        Record.link(parts.records.chunk(session), Records.at(session), binding);
        return true;
    }

    /** Ends a binding. */
    void remove(int binding) {
        index.remove(binding);
        parts.records.free(binding);
    }

    private static long parties(int publicAddress, int remote) {
        return (long) publicAddress << 32 | remote & 0xffff_ffffL;
    }

    private static long ids(int protocol, int identifier) {
        return Record.BINDING | (long) protocol << Record.PROTOCOL_SHIFT | identifier & Record.BINDING_ID_MASK;
    }

    boolean work() {
        return index.work();
    }

    int rekeyed() {
        return index.rekeyed();
    }

    long memory() {
        return index.memory();
    }
}
