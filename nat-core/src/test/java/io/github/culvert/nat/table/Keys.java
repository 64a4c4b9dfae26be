package io.github.culvert.nat.table;

import java.nio.ByteBuffer;

/** Keys as the data path makes them, and records that have them. */
final class Keys {
    /** The masks of the index of sessions. */
    static final long SHORT = Record.ENDPOINT_MASK | Record.FULL_KEY;

    static final long FULL = SHORT | Record.REMOTE_ID_MASK;

    private Keys() {}

    static long parties(int inside, int remote) {
        return (long) inside << 32 | remote & 0xffff_ffffL;
    }

    static long ids(int insideId, int protocol, int remoteId) {
        return (long) insideId << Record.INSIDE_ID_SHIFT
                | (long) protocol << Record.PROTOCOL_SHIFT
                | (long) remoteId << Record.REMOTE_ID_SHIFT;
    }

    /** A new record that begins with a key; 0 if there is no room. */
    static int record(Records records, long parties, long ids) {
        int ref = records.allocate();
        ByteBuffer chunk = records.chunk(ref);
        Record.parties(chunk, Records.at(ref), parties);
        Record.ids(chunk, Records.at(ref), ids | Record.SESSION);
        return ref;
    }
}
