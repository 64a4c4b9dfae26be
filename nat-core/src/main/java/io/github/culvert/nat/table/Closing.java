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
        detach(ref);
        ByteBuffer chunk = parts.records.chunk(ref);
        Record.ids(chunk, Records.at(ref), Record.CLOSED);
    }

    /** Takes a session out of everything but the wheel. */
    void detach(int ref) {
        parts.events.sessionClosed(ref);
        ByteBuffer chunk = parts.records.chunk(ref);
        int at = Records.at(ref);
        long parties = Record.parties(chunk, at);
        long ids = Record.ids(chunk, at);
        parts.sessions.remove(ref);
        if ((ids & Record.FULL_KEY) != 0) {
            leavePeer(parts.sessions.find(parties, ids & Record.ENDPOINT_MASK));
        }
        int host = parts.hosts.find(Record.insideAddress(parties));
        parts.hosts.addSessions(host, -1);
        parts.liveSessions--;
        parts.version++;
        int mapping = Record.link(chunk, at);
        if (mapping == 0) {
            removeMapping(ref, host);
        } else {
            ByteBuffer mappingChunk = parts.records.chunk(mapping);
            if (isLoose(ids)) {
                Record.noteLoose(mappingChunk, Records.at(mapping));
            }
            Record.link(mappingChunk, Records.at(mapping), Record.link(mappingChunk, Records.at(mapping)) - 1);
            removeIfUnused(mapping);
        }
        parts.hosts.giveBack(host);
    }

    private void leavePeer(int peer) {
        ByteBuffer chunk = parts.records.chunk(peer);
        int count = Record.link(chunk, Records.at(peer)) - 1;
        Record.link(chunk, Records.at(peer), count);
        if (count == 0) {
            parts.sessions.remove(peer);
            parts.records.free(peer);
        }
    }

    /** Removes a mapping record that has no session and is no static forward. */
    void removeIfUnused(int mapping) {
        ByteBuffer chunk = parts.records.chunk(mapping);
        int at = Records.at(mapping);
        if (Record.link(chunk, at) == 0 && !parts.isPermanent(mapping)) {
            removeMapping(mapping, parts.hosts.find(Record.insideAddress(Record.parties(chunk, at))));
            parts.records.free(mapping);
        }
    }

    /** Takes the mapping that a record stands for out of the endpoint index, and frees its public identifier. */
    void removeMapping(int owner, int host) {
        parts.events.mappingRemoved(owner);
        ByteBuffer chunk = parts.records.chunk(owner);
        int at = Records.at(owner);
        long ids = Record.ids(chunk, at);
        if (parts.isForEndpoint(owner)) {
            parts.endpoints.remove(owner);
        }
        int publicIndex = Record.publicIndex(Record.place(chunk, at));
        if (parts.isPermanent(owner)) {
            parts.pool.space(publicIndex, Record.protocol(ids)).release(Record.outsideId(ids));
            parts.hosts.addMappings(host, -1);
        } else {
            int endpoint = Assigner.endpoint(publicIndex, Record.outsideId(ids));
            parts.assigner.release(host, endpoint, Record.protocol(ids), freed(chunk, at));
        }
        parts.liveMappings--;
    }

    /** Whether somebody outside may still use what a mapping gives back, which is in its own record or a session's. */
    private static Assigner.Freed freed(ByteBuffer chunk, int at) {
        long ids = Record.ids(chunk, at);
        boolean own = (ids & Record.KIND_MASK) == Record.MAPPING;
        boolean loose = own ? Record.hasLoose(chunk, at) : isLoose(ids);
        return loose ? Assigner.Freed.LOOSE : Assigner.Freed.CLOSED;
    }

    private static boolean isLoose(long ids) {
        return !ConnectionState.of(Record.state(ids)).isClosed();
    }
}
