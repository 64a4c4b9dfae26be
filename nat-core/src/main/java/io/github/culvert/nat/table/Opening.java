package io.github.culvert.nat.table;

import io.github.culvert.nat.packet.Rewrite;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.wire.Checksum;
import java.nio.ByteBuffer;

/** How sessions and mappings come to be; all or nothing. See {@link FlowTable} for the conventions. */
final class Opening {
    private final TableParts parts;
    private final Closing closing;
    private final Sharing sharing;

    Opening(TableParts parts, Closing closing, Sharing sharing) {
        this.sharing = sharing;
        this.parts = parts;
        this.closing = closing;
    }

    /** Opens a session from the inside, with a mapping if there is none yet that it shares (RFC 4787 section 4.1). */
    int open(long parties, long ids, TimeoutClass timeout, int state) {
        return open(parties, ids, timeout, state, -1);
    }

    /** The same, at a public address if that is possible and there is no mapping yet; -1 is none in particular. */
    int open(long parties, long ids, TimeoutClass timeout, int state, int publicIndex) {
        int owner = liveOwner(sharing.ofEndpoint(parties, ids));
        if (owner == 0 && sharing.dependsOnAddress(ids)) {
            liveOwner(parts.sessions.find(parties, ids & Record.ENDPOINT_MASK));
            owner = sharing.ofPeer(parties, ids);
        }
        return owner == 0
                ? openMapped(parties, ids, timeout, state, publicIndex)
                : openUnder(owner, parties, ids, timeout, state);
    }

    /** The same, or 0 if the owner is a session whose time is up; that is closed then. */
    int liveOwner(int owner) {
        if (owner != 0 && parts.isExpired(owner)) {
            closing.close(owner);
            return 0;
        }
        return owner;
    }

    /** Opens a further session of a mapping. */
    int openUnder(int owner, long parties, long ids, TimeoutClass timeout, int state) {
        int host = parts.hosts.take(Record.insideAddress(parties));
        if (host < 0) {
            return host;
        }
        int refusal = parts.quotas.furtherSession(host, sessionsOf(owner));
        int mapping = refusal < 0 ? refusal : promoted(owner);
        if (mapping < 0) {
            parts.hosts.giveBack(host);
            return mapping;
        }
        ByteBuffer chunk = parts.records.chunk(mapping);
        int outsideId = Record.outsideId(Record.ids(chunk, Records.at(mapping)));
        int publicIndex = Record.publicIndex(Record.place(chunk, Records.at(mapping)));
        int ref = session(parties, ids | outsideId, place(publicIndex, timeout, ids), state);
        if (ref == 0 || !index(ref)) {
            return abandon(ref, host, mapping);
        }
        Record.link(parts.records.chunk(ref), Records.at(ref), mapping);
        join(mapping, ref);
        return opened(ref, host);
    }

    private int openMapped(long parties, long ids, TimeoutClass timeout, int state, int publicIndex) {
        int host = parts.hosts.take(Record.insideAddress(parties));
        if (host < 0) {
            return host;
        }
        int refusal = parts.quotas.mapping(host, Record.protocol(ids));
        refusal = refusal < 0 ? refusal : parts.quotas.session(host);
        int endpoint = refusal < 0 ? refusal : parts.assigner.choose(host, ids, publicIndex);
        if (endpoint < 0) {
            parts.hosts.giveBack(host);
            return endpoint;
        }
        int place = place(Assigner.index(endpoint), timeout, ids);
        int ref = session(parties, ids | Assigner.identifier(endpoint), place, state);
        if (ref == 0 || !index(ref)) {
            return abandon(ref, host, 0);
        }
        if (parts.isForEndpoint(ref) && !parts.endpoints.add(ref)) {
            parts.sessions.remove(ref);
            return abandon(ref, host, 0);
        }
        parts.assigner.take(host, endpoint, Record.protocol(ids), ref);
        parts.liveMappings++;
        count(ref, host);
        parts.events.mappingCreated(ref);
        parts.events.sessionCreated(ref);
        return ref;
    }

    /** Opens a session whose public port is its inside port and is shared; 0 if it is to have a mapping like any other. */
    int openShared(long parties, long ids, TimeoutClass timeout) {
        int host = parts.hosts.take(Record.insideAddress(parties));
        if (host < 0) {
            return host;
        }
        int index = parts.hosts.publicIndex(host);
        int port = Record.insideId(ids);
        liveOwner(Math.max(0, parts.pool.owner(index, Record.protocol(ids), port)));
        boolean open = !sharing.dependsOnAddress(ids) && parts.shared.isOpen(index, port);
        int refusal = open ? parts.quotas.session(host) : 0;
        if (!open || refusal < 0) {
            parts.hosts.giveBack(host);
            return refusal;
        }
        int ref = session(parties, ids | port, place(index, timeout, ids) | Record.SHARES, 0);
        if (ref == 0 || !index(ref)) {
            return abandon(ref, host, 0);
        }
        parts.shared.join(index, port);
        return opened(ref, host);
    }

    private int place(int publicIndex, TimeoutClass timeout, long ids) {
        return Record.place(publicIndex, parts.timings.classOf(timeout, ids));
    }

    /** How many sessions the mapping of an owner has. */
    private int sessionsOf(int owner) {
        ByteBuffer chunk = parts.records.chunk(owner);
        int at = Records.at(owner);
        boolean own = (Record.ids(chunk, at) & Record.KIND_MASK) == Record.MAPPING;
        return own ? Record.link(chunk, at) : 1;
    }

    /** Counts a session of a mapping or peer record. */
    private void join(int group, int session) {
        ByteBuffer chunk = parts.records.chunk(group);
        int at = Records.at(group);
        Record.link(chunk, at, Record.link(chunk, at) + 1);
        Record.witness(chunk, at, session);
    }

    /** Undoes what was begun for a session that found no place in an index, or no record. */
    int abandon(int ref, int host, int mapping) {
        if (ref != 0) {
            parts.records.free(ref);
        }
        if (mapping != 0) {
            closing.removeIfUnused(mapping);
        }
        parts.hosts.giveBack(host);
        return ref == 0 ? ~Refusal.SESSION_LIMIT.ordinal() : ~Refusal.INDEX_BUSY.ordinal();
    }

    int session(long parties, long ids, int place, int state) {
        int ref = parts.records.allocate();
        if (ref == 0) {
            return 0;
        }
        ByteBuffer chunk = parts.records.chunk(ref);
        int at = Records.at(ref);
        Record.parties(chunk, at, parties);
        Record.ids(chunk, at, Record.withState(ids | Record.SESSION, state));
        Record.place(chunk, at, place | parts.turns(parties, Record.publicIndex(place)));
        Record.stamp(chunk, at, (int) parts.tick);
        Record.deltas(chunk, at, deltas(parties, ids, parts.pool.address(Record.publicIndex(place))));
        return ref;
    }

    private static int deltas(long parties, long ids, int publicAddress) {
        int address = Checksum.delta32(Record.insideAddress(parties), publicAddress);
        int identifier = Checksum.delta16(Record.insideId(ids), Record.outsideId(ids));
        return Rewrite.deltas(address, identifier, Record.protocol(ids));
    }

    /** Adds a session to the index, under the full key if it is not the first of its peer. */
    boolean index(int ref) {
        ByteBuffer chunk = parts.records.chunk(ref);
        int at = Records.at(ref);
        int first = parts.sessions.addUnlessPresent(ref);
        if (first <= 0) {
            return first == 0;
        }
        long ids = Record.ids(chunk, at);
        int peer = peer(first);
        if (peer == 0) {
            return false;
        }
        Record.ids(chunk, at, ids | Record.FULL_KEY);
        if (!parts.sessions.add(ref)) {
            Record.ids(chunk, at, ids);
            return false;
        }
        join(peer, ref);
        return true;
    }

    /** The peer record that stands where a session or a peer record stood; 0 if there is no place for it. */
    private int peer(int first) {
        ByteBuffer chunk = parts.records.chunk(first);
        int at = Records.at(first);
        long ids = Record.ids(chunk, at);
        if ((ids & Record.KIND_MASK) == Record.PEER) {
            return first;
        }
        int peer = parts.records.allocate();
        if (peer == 0) {
            return 0;
        }
        ByteBuffer peerChunk = parts.records.chunk(peer);
        Record.parties(peerChunk, Records.at(peer), Record.parties(chunk, at));
        Record.ids(peerChunk, Records.at(peer), ids & Record.ENDPOINT_MASK | Record.PEER);
        Record.peerMapping(peerChunk, Records.at(peer), sharing.ofSession(first));
        Record.link(peerChunk, Records.at(peer), 1);
        parts.sessions.replace(first, peer);
        Record.ids(chunk, at, ids | Record.FULL_KEY);
        if (!parts.sessions.add(first)) {
            Record.ids(chunk, at, ids);
            parts.sessions.replace(peer, first);
            parts.records.free(peer);
            return 0;
        }
        return peer;
    }

    /** The mapping record of an owner: itself, or a new one if it was a mapping's only session. */
    int promoted(int owner) {
        ByteBuffer chunk = parts.records.chunk(owner);
        int at = Records.at(owner);
        long ids = Record.ids(chunk, at);
        if ((ids & Record.KIND_MASK) == Record.MAPPING) {
            return owner;
        }
        int mapping = parts.records.allocate();
        if (mapping == 0) {
            return ~Refusal.SESSION_LIMIT.ordinal();
        }
        long endpoint = ids & (Record.ENDPOINT_MASK | Record.OUTSIDE_ID_MASK);
        int publicIndex = Record.publicIndex(Record.place(chunk, at));
        parts.fillMapping(mapping, Record.parties(chunk, at), endpoint, publicIndex, 1);
        Record.witness(parts.records.chunk(mapping), Records.at(mapping), owner);
        if (parts.isForEndpoint(owner)) {
            parts.endpoints.replace(owner, mapping);
        }
        parts.pool.space(publicIndex, Record.protocol(ids)).changeOwner(Record.outsideId(ids), mapping);
        Record.link(chunk, at, mapping);
        sharing.promoted(owner, mapping);
        return mapping;
    }

    private int opened(int ref, int host) {
        count(ref, host);
        parts.events.sessionCreated(ref);
        return ref;
    }

    /** Counts a session that is in every index; from here on it is whole. */
    void count(int ref, int host) {
        parts.hosts.addSessions(host, 1);
        parts.liveSessions++;
        parts.version++;
        parts.quotas.spend(host);
        parts.remind(ref);
    }
}
