package io.github.culvert.nat.table;

import java.nio.ByteBuffer;

/** How sessions and mappings end. */
final class Closing {
    private final TableParts parts;

    Closing(TableParts parts) {
        this.parts = parts;
    }

    /** Ends a session; its record is freed when the wheel comes by. */
    void close(int ref) {
        ByteBuffer chunk = parts.records.chunk(ref);
        if (TableParts.isLeased(Record.ids(chunk, Records.at(ref)))) {
            endLease(ref);
            return;
        }
        detach(ref);
        Record.ids(chunk, Records.at(ref), Record.CLOSED);
    }

    /** Takes a session out of everything but the wheel. */
    void detach(int ref) {
        ByteBuffer chunk = parts.records.chunk(ref);
        int at = Records.at(ref);
        long parties = Record.parties(chunk, at);
        long ids = Record.ids(chunk, at);
        if (!parts.isBound(ref)) {
            parts.sessions.remove(ref);
        }
        if ((ids & Record.FULL_KEY) != 0) {
            leavePeer(parts.sessions.find(parties, ids & Record.ENDPOINT_MASK), ref);
        }
        int host = parts.hosts.find(Record.insideAddress(parties));
        parts.hosts.addSessions(host, -1);
        parts.liveSessions--;
        parts.version++;
        leaveMapping(Record.link(chunk, at), ref, host);
        parts.hosts.giveBack(host);
    }

    private void leaveMapping(int link, int session, int host) {
        if (link == 0) {
            parts.events.sessionClosed(session);
            leaveEndpoint(session, host);
        } else if (parts.isBinding(link)) {
            parts.events.portlessClosed(session);
            if (parts.isBound(session)) {
                parts.events.boundClosed(session);
            }
            parts.bindings.end(session);
        } else {
            parts.events.sessionClosed(session);
            if (isLoose(Record.ids(parts.records.chunk(session), Records.at(session)))) {
                Record.noteLoose(parts.records.chunk(link), Records.at(link));
            }
            leave(link, session);
            removeIfUnused(link);
        }
    }

    private void leaveEndpoint(int session, int host) {
        ByteBuffer chunk = parts.records.chunk(session);
        int at = Records.at(session);
        int place = Record.place(chunk, at);
        if ((place & Record.SHARES) != 0) {
            parts.shared.leave(Record.publicIndex(place), Record.outsideId(Record.ids(chunk, at)));
        } else {
            removeMapping(session, host);
        }
    }

    private void leavePeer(int peer, int session) {
        if (leave(peer, session) == 0) {
            parts.sessions.remove(peer);
            parts.records.free(peer);
        }
    }

    /** Takes a session off the count of a mapping or peer record; returns how many are left. */
    private int leave(int group, int session) {
        ByteBuffer chunk = parts.records.chunk(group);
        int at = Records.at(group);
        int count = Record.link(chunk, at) - 1;
        Record.link(chunk, at, count);
        if (Record.witness(chunk, at) == session) {
            Record.witness(chunk, at, 0);
        }
        return count;
    }

    /** Makes a temporary mapping an ordinary one, which goes unless it has sessions. */
    void endLease(int mapping) {
        ByteBuffer chunk = parts.records.chunk(mapping);
        int at = Records.at(mapping);
        if (TableParts.isLeased(Record.ids(chunk, at))) {
            Record.ids(chunk, at, Record.withState(Record.ids(chunk, at), TableParts.ENDED));
            int host = parts.hosts.find(Record.insideAddress(Record.parties(chunk, at)));
            removeIfUnused(mapping);
            parts.hosts.giveBack(host);
        }
    }

    /** Removes a mapping record that has no session and need not stay without one. */
    void removeIfUnused(int mapping) {
        ByteBuffer chunk = parts.records.chunk(mapping);
        int at = Records.at(mapping);
        int state = Record.state(Record.ids(chunk, at));
        if (Record.link(chunk, at) == 0 && (state == 0 || state == TableParts.ENDED)) {
            removeMapping(mapping, parts.hosts.find(Record.insideAddress(Record.parties(chunk, at))));
            free(mapping);
        }
    }

    /** Frees a mapping record, now or once the wheel, which holds it, comes by. */
    void free(int mapping) {
        ByteBuffer chunk = parts.records.chunk(mapping);
        if (Record.deadline(chunk, Records.at(mapping)) == 0) {
            parts.records.free(mapping);
        } else {
            Record.ids(chunk, Records.at(mapping), Record.CLOSED);
        }
    }

    /** Takes the mapping that a record stands for out of the endpoint index, and frees its public identifier. */
    void removeMapping(int owner, int host) {
        ByteBuffer chunk = parts.records.chunk(owner);
        int at = Records.at(owner);
        long ids = Record.ids(chunk, at);
        if (parts.isForEndpoint(owner)) {
            parts.endpoints.remove(owner);
        }
        parts.liveMappings--;
        // before what it gives back, so that nothing ends later than what it needs
        parts.events.mappingRemoved(owner);
        int publicIndex = Record.publicIndex(Record.place(chunk, at));
        if (parts.isPermanent(owner)) {
            parts.pool.space(publicIndex, Record.protocol(ids)).release(Record.outsideId(ids));
            parts.hosts.addMappings(host, Record.protocol(ids), -1);
        } else {
            int endpoint = Assigner.endpoint(publicIndex, Record.outsideId(ids));
            parts.assigner.release(host, endpoint, Record.protocol(ids), freed(chunk, at));
        }
    }

    /** Whether somebody outside may still use what a mapping gives back, which is in its own record or a session's. */
    private static Assigner.Freed freed(ByteBuffer chunk, int at) {
        long ids = Record.ids(chunk, at);
        boolean own = (ids & Record.KIND_MASK) == Record.MAPPING;
        boolean lent = own && Record.state(ids) == TableParts.ENDED;
        boolean loose = own ? lent || Record.hasLoose(chunk, at) : isLoose(ids);
        return loose ? Assigner.Freed.LOOSE : Assigner.Freed.CLOSED;
    }

    private static boolean isLoose(long ids) {
        return !ConnectionState.of(Record.state(ids)).isClosed();
    }
}
