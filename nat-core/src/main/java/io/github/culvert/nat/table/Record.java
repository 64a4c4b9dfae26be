package io.github.culvert.nat.table;

import java.nio.ByteBuffer;

/**
 * The layout of a record: 64 bytes, one cache line, in the byte order of the machine. Static functions on (chunk,
 * offset); every offset stands here once.
 *
 * <pre>
 *      0               4               8
 *    0 | inside address | remote address |                                  PARTIES
 *    8 | inside id | proto | kind | remote id | outside id |                IDS, high to low
 *   16 | public index, timeout class, turns and ALG slot | stamp |
 *   24 | header delta, transport delta | link |
 *   32 | wheel link | byte counts, high 16 bits: out, in |
 *   40 | TCP high-water marks: inside, outside; or who asks by an ICMP hairpin |
 *   48 | packets out | packets in |
 *   56 | bytes out, low 32 bits | bytes in, low 32 bits |
 * </pre>
 *
 * <p>A high-water mark is how far a side of a TCP connection has come: about the highest sequence number that it has
 * sent; 0 where that is not known. Of the ALG slot two bits are in use: one says that an ALG reads the session, one
 * that its public port is shared.
 *
 * <p>Five kinds of record share it. A <em>session</em> uses all of it; its link leads to its mapping record, or is 0
 * while the session is the only one of its mapping and stands for it. A <em>mapping</em> uses the inside endpoint, the
 * outside id, the public index, and the remote address of its first session; its link counts its sessions, and the place
 * of the deltas says whether one of them has ended while it could still be in use; a temporary one has its deadline, in
 * ticks, in the place of the high-water marks. A <em>peer</em> stands for all sessions of one inside endpoint with one
 * remote address, once there are several; its link counts them, and the mapping of the first of them stands in the two
 * deltas' place. Mapping and peer have one of their sessions as a witness in the stamp's place. A <em>host</em> uses the
 * inside address and the public index; its counts stand in the two deltas' place, the link and the packet counts, the
 * newest of its port blocks in the place of the remote address; in the place of the high-water marks it has the moment
 * when its bucket of new sessions is full. A <em>binding</em> has an address of ours in the place of the inside address,
 * its role in that of the inside id, and an identifier in that of remote and outside id; its link leads to its session,
 * whose link leads to the first of its bindings, and that to the next one in the place of the stamp. What shares a key is
 * chained through the places of the deltas and of the packets out. A binding without a session is held by a channel, in
 * the place word, or rests until its deadline, with the host and the timeout class of its session in the places of sibling and holder. A session that is bound by identifiers has its channel in the place of the
 * high-water marks, and how long its identifier is to rest.
 */
@SuppressWarnings("AvoidCommonTypeNames")
public final class Record {
    public static final int SIZE_BITS = 6;
    public static final int SIZE = 1 << SIZE_BITS;

    private static final int PARTIES = 0;
    private static final int IDS = 8;
    private static final int PLACE = 16;
    private static final int STAMP = 20;
    private static final int DELTAS = 24;
    private static final int LINK = 28;
    private static final int WHEEL = 32;
    private static final int BYTES_HIGH = 36;
    /** High-water marks of TCP; an ICMP session has none, and who asks it by a hairpin instead. */
    private static final int HIGH_WATER = 40;

    private static final int MOMENT = 40;
    private static final int PACKETS = 48;
    private static final int BYTES = 56;

    /** Where things stand in the ids word. */
    public static final int INSIDE_ID_SHIFT = 48;

    public static final int PROTOCOL_SHIFT = 40;
    public static final int REMOTE_ID_SHIFT = 16;

    /** The eight bits of kind and state: three of state, one that says "indexed by the full key", three of kind. */
    private static final int STATE_SHIFT = 32;

    private static final int KIND_SHIFT = 36;
    private static final long STATE_MASK = 7L << STATE_SHIFT;

    /** Set in a session that is indexed by all five fields, because its peer has a record of its own. */
    public static final long FULL_KEY = 1L << 35;

    public static final long KIND_MASK = 15L << KIND_SHIFT;
    public static final long FREE = 0;
    public static final long SESSION = 1L << KIND_SHIFT;
    public static final long MAPPING = 2L << KIND_SHIFT;
    public static final long PEER = 3L << KIND_SHIFT;
    public static final long HOST = 4L << KIND_SHIFT;
    /** A session or temporary mapping that ended and waits for the wheel to come by. */
    public static final long CLOSED = 5L << KIND_SHIFT;

    public static final long BINDING = 6L << KIND_SHIFT;

    public static final long INSIDE_MASK = 0xffff_ffff_0000_0000L;
    public static final long ENDPOINT_MASK = 0xffff_ff00_0000_0000L;
    public static final long REMOTE_ID_MASK = 0xffff_0000L;
    public static final long OUTSIDE_ID_MASK = 0xffffL;
    /** Where a binding has its identifier. */
    public static final long BINDING_ID_MASK = 0xffff_ffffL;

    /** In the place word: the remote is one of the public addresses, so that packets turn round (RFC 4787 REQ-9). */
    public static final int HAIRPIN = 0x40;

    /** In the place word: the inside endpoint is that of the machine that the NAT runs on. */
    public static final int OWN = 0x20;

    /** In the place word: echo requests may come from both sides, and so may the replies. */
    public static final int BOTH_ASK = 0x10;
    /** In the place word: an ALG reads the packets of the session, which is a control channel. */
    public static final int FOLLOWED = 0x08;

    /** In the place word: the public port is shared, so that the session has no mapping and stands for none. */
    public static final int SHARES = 0x04;

    private Record() {}

    public static long parties(ByteBuffer chunk, int at) {
        return chunk.getLong(at + PARTIES);
    }

    static void parties(ByteBuffer chunk, int at, long value) {
        chunk.putLong(at + PARTIES, value);
    }

    public static long ids(ByteBuffer chunk, int at) {
        return chunk.getLong(at + IDS);
    }

    public static void ids(ByteBuffer chunk, int at, long value) {
        chunk.putLong(at + IDS, value);
    }

    public static int insideAddress(long parties) {
        return (int) (parties >>> 32);
    }

    public static int remoteAddress(long parties) {
        return (int) parties;
    }

    public static int insideId(long ids) {
        return (int) (ids >>> INSIDE_ID_SHIFT);
    }

    public static int protocol(long ids) {
        return (int) (ids >>> PROTOCOL_SHIFT) & 0xff;
    }

    public static int remoteId(long ids) {
        return (int) (ids >>> REMOTE_ID_SHIFT) & 0xffff;
    }

    public static int outsideId(long ids) {
        return (int) ids & 0xffff;
    }

    public static int state(long ids) {
        return (int) (ids >>> STATE_SHIFT) & 7;
    }

    public static long withState(long ids, int state) {
        return ids & ~STATE_MASK | (long) state << STATE_SHIFT;
    }

    public static int place(ByteBuffer chunk, int at) {
        return chunk.getInt(at + PLACE);
    }

    public static void place(ByteBuffer chunk, int at, int value) {
        chunk.putInt(at + PLACE, value);
    }

    public static int place(int publicIndex, int timeoutClass) {
        return publicIndex << 16 | timeoutClass << 8;
    }

    public static int publicIndex(int place) {
        return place >>> 16;
    }

    public static int timeoutClass(int place) {
        return place >>> 8 & 0xff;
    }

    public static int withTimeoutClass(int place, int timeoutClass) {
        return place & ~0xff00 | timeoutClass << 8;
    }

    public static int stamp(ByteBuffer chunk, int at) {
        return chunk.getInt(at + STAMP);
    }

    public static void stamp(ByteBuffer chunk, int at, int value) {
        chunk.putInt(at + STAMP, value);
    }

    public static int deltas(ByteBuffer chunk, int at) {
        return chunk.getInt(at + DELTAS);
    }

    public static void deltas(ByteBuffer chunk, int at, int value) {
        chunk.putInt(at + DELTAS, value);
    }

    public static int link(ByteBuffer chunk, int at) {
        return chunk.getInt(at + LINK);
    }

    public static void link(ByteBuffer chunk, int at, int value) {
        chunk.putInt(at + LINK, value);
    }

    public static int wheelLink(ByteBuffer chunk, int at) {
        return chunk.getInt(at + WHEEL);
    }

    public static void wheelLink(ByteBuffer chunk, int at, int value) {
        chunk.putInt(at + WHEEL, value);
    }

    /**
     * Of an ICMP session, which has no high-water marks: the public identifier of the inside host that asks by a
     * hairpin, if there is one.
     */
    public static int asker(ByteBuffer chunk, int at) {
        return chunk.getInt(at + HIGH_WATER) & 0xffff;
    }

    public static boolean isAsked(ByteBuffer chunk, int at) {
        return chunk.getInt(at + HIGH_WATER) != 0;
    }

    public static void asker(ByteBuffer chunk, int at, int identifier) {
        chunk.putInt(at + HIGH_WATER, 1 << 16 | identifier);
    }

    /** A peer's mapping stands where a session has its deltas. */
    static int peerMapping(ByteBuffer chunk, int at) {
        return chunk.getInt(at + DELTAS);
    }

    static void peerMapping(ByteBuffer chunk, int at, int mapping) {
        chunk.putInt(at + DELTAS, mapping);
    }

    /** The high-water mark of the side that sends in a direction (0 out, 1 in). */
    public static int highWater(ByteBuffer chunk, int at, int direction) {
        return chunk.getInt(at + HIGH_WATER + (direction << 2));
    }

    public static void highWater(ByteBuffer chunk, int at, int direction, int sequence) {
        chunk.putInt(at + HIGH_WATER + (direction << 2), sequence);
    }

    /** A host's mappings stand where a session has its deltas. */
    public static int hostMappings(ByteBuffer chunk, int at) {
        return chunk.getInt(at + DELTAS);
    }

    public static void hostMappings(ByteBuffer chunk, int at, int value) {
        chunk.putInt(at + DELTAS, value);
    }

    /** The newest port block of a host stands where a session has its remote address. */
    static int hostBlocks(ByteBuffer chunk, int at) {
        return (int) parties(chunk, at);
    }

    static void hostBlocks(ByteBuffer chunk, int at, int newest) {
        parties(chunk, at, parties(chunk, at) & INSIDE_MASK | newest & 0xffff_ffffL);
    }

    /** Whether a session of a mapping has ended while it could still be in use outside. */
    static boolean hasLoose(ByteBuffer chunk, int at) {
        return chunk.getInt(at + DELTAS) != 0;
    }

    /** A mapping notes in the place of the deltas that one of its sessions has ended so. */
    static void noteLoose(ByteBuffer chunk, int at) {
        chunk.putInt(at + DELTAS, 1);
    }

    /** A host's mappings of one protocol, by its number in the pool. */
    static int hostMappingsOf(ByteBuffer chunk, int at, int number) {
        return chunk.getInt(at + PACKETS + (number << 2));
    }

    static void hostMappingsOf(ByteBuffer chunk, int at, int number, int value) {
        chunk.putInt(at + PACKETS + (number << 2), value);
    }

    /** A session that a mapping or peer record has, or 0 if none is known. */
    static int witness(ByteBuffer chunk, int at) {
        return chunk.getInt(at + STAMP);
    }

    static void witness(ByteBuffer chunk, int at, int session) {
        chunk.putInt(at + STAMP, session);
    }

    /** When a temporary mapping or a rest ends, in ticks; not 0 as long as the wheel holds the record. */
    static long deadline(ByteBuffer chunk, int at) {
        return chunk.getLong(at + MOMENT);
    }

    static void deadline(ByteBuffer chunk, int at, long tick) {
        chunk.putLong(at + MOMENT, tick);
    }

    /** When the bucket of a host is full, in nanoseconds since the start. */
    static long fullAt(ByteBuffer chunk, int at) {
        return chunk.getLong(at + MOMENT);
    }

    static void fullAt(ByteBuffer chunk, int at, long nanos) {
        chunk.putLong(at + MOMENT, nanos);
    }

    /** The channel that a bound session belongs to. */
    static int channel(ByteBuffer chunk, int at) {
        return chunk.getInt(at + HIGH_WATER);
    }

    static void channel(ByteBuffer chunk, int at, int channel) {
        chunk.putInt(at + HIGH_WATER, channel);
    }

    /** For how many ticks the identifier of a bound session rests once that has ended. */
    static int rest(ByteBuffer chunk, int at) {
        return chunk.getInt(at + HIGH_WATER + 4);
    }

    static void rest(ByteBuffer chunk, int at, int ticks) {
        chunk.putInt(at + HIGH_WATER + 4, ticks);
    }

    /** The channel that holds a binding which has no session. */
    static int holder(ByteBuffer chunk, int at) {
        return chunk.getInt(at + PLACE);
    }

    static void holder(ByteBuffer chunk, int at, int channel) {
        chunk.putInt(at + PLACE, channel);
    }

    /** The next binding of the same session, or 0. */
    static int sibling(ByteBuffer chunk, int at) {
        return chunk.getInt(at + STAMP);
    }

    static void sibling(ByteBuffer chunk, int at, int binding) {
        chunk.putInt(at + STAMP, binding);
    }

    /** The next binding with the same key, or 0. */
    static int nextOfKey(ByteBuffer chunk, int at) {
        return chunk.getInt(at + DELTAS);
    }

    static void nextOfKey(ByteBuffer chunk, int at, int binding) {
        chunk.putInt(at + DELTAS, binding);
    }

    /** The binding with the same key before this one, or 0 if it is the first. */
    static int previousOfKey(ByteBuffer chunk, int at) {
        return chunk.getInt(at + PACKETS);
    }

    static void previousOfKey(ByteBuffer chunk, int at, int binding) {
        chunk.putInt(at + PACKETS, binding);
    }

    /** Counts a packet of a direction (0 out, 1 in). */
    public static void count(ByteBuffer chunk, int at, int direction, int bytes) {
        int packets = at + PACKETS + (direction << 2);
        chunk.putInt(packets, chunk.getInt(packets) + 1);
        int low = at + BYTES + (direction << 2);
        int before = chunk.getInt(low);
        int after = before + bytes;
        chunk.putInt(low, after);
        if (Integer.compareUnsigned(after, before) < 0) {
            int high = at + BYTES_HIGH + (direction << 1);
            chunk.putShort(high, (short) (chunk.getShort(high) + 1));
        }
    }

    public static long packets(ByteBuffer chunk, int at, int direction) {
        return Integer.toUnsignedLong(chunk.getInt(at + PACKETS + (direction << 2)));
    }

    public static long bytes(ByteBuffer chunk, int at, int direction) {
        long high = chunk.getShort(at + BYTES_HIGH + (direction << 1)) & 0xffff;
        return high << 32 | Integer.toUnsignedLong(chunk.getInt(at + BYTES + (direction << 2)));
    }

    public static void clear(ByteBuffer chunk, int at) {
        for (int i = 0; i < SIZE; i += 8) {
            chunk.putLong(at + i, 0);
        }
    }
}
