package io.github.culvert.nat.table;

import java.util.Arrays;

/**
 * Open addressing over 4-byte slots: 5 bits of tag, 3 bits that tell how far from its home the key lies, 24 bits of
 * reference. Slots lie in segments that come to be when
 * they are first written, so that a large table never costs one large pause. The home of a key is the top of its hash,
 * so a table twice the size keeps the order.
 */
@SuppressWarnings("ReferenceEquality") // two arrays are marks
final class IndexTable {
    static final int REF_MASK = 0xff_ffff;
    static final int EMPTY = 0;
    static final int TOMBSTONE = REF_MASK;
    /** The largest distance that a slot can tell. */
    static final int FAR = 7;

    private static final int DISTANCE_SHIFT = 24;
    private static final int TAG_SHIFT = 27;

    /** No key lies further from its home. */
    static final int MOST_PROBES = 96;

    static final int SEGMENT_BITS = 12;
    private static final int SEGMENT_MASK = (1 << SEGMENT_BITS) - 1;
    private static final int[] UNWRITTEN = new int[1 << SEGMENT_BITS];
    private static final int[] MOVED_AWAY = new int[1 << SEGMENT_BITS];

    static {
        Arrays.fill(MOVED_AWAY, TOMBSTONE);
    }

    private static final long FINISH = 0x9fb21c651e98df25L;

    private final int[][] segments;
    private final int shift;
    private final int mask;
    private final long secret0;
    private final long secret1;
    private int written;

    IndexTable(int bits, long secret0, long secret1) {
        this.shift = 32 - bits;
        this.mask = (1 << bits) - 1;
        this.secret0 = secret0;
        this.secret1 = secret1;
        this.segments = new int[bits <= SEGMENT_BITS ? 1 : 1 << bits - SEGMENT_BITS][];
        Arrays.fill(segments, UNWRITTEN);
    }

    /** A table of another size with the same secret. */
    IndexTable resized(int bits) {
        return new IndexTable(bits, secret0, secret1);
    }

    int capacity() {
        return mask + 1;
    }

    int bits() {
        return 32 - shift;
    }

    /** A keyed multiply mix: the whole 128-bit product of the key and the secret, folded and mixed once more. */
    int hash(long a, long b) {
        long x = a ^ secret0;
        long y = b ^ secret1;
        long folded = Math.multiplyHigh(x, y) ^ x * y ^ b;
        return (int) ((folded ^ folded >>> 29) * FINISH >>> 32);
    }

    int home(int hash) {
        return hash >>> shift;
    }

    int next(int position) {
        return position + 1 & mask;
    }

    int slot(int position) {
        return segments[position >>> SEGMENT_BITS][position & SEGMENT_MASK];
    }

    static boolean hasTag(int slot, int hash) {
        return (slot ^ hash << TAG_SHIFT) >>> TAG_SHIFT == 0;
    }

    /** The slot of a reference that lies so many positions behind the home of its hash. */
    static int slotOf(int hash, int distance, int ref) {
        return hash << TAG_SHIFT | Math.min(distance, FAR) << DISTANCE_SHIFT | ref;
    }

    /** The same slot for a reference that lies elsewhere. */
    static int moved(int slot, int distance) {
        return slot & ~(FAR << DISTANCE_SHIFT) | Math.min(distance, FAR) << DISTANCE_SHIFT;
    }

    /** How far a slot lies behind its home; {@link #FAR} means so far or further. */
    static int distance(int slot) {
        return slot >>> DISTANCE_SHIFT & FAR;
    }

    /** How many positions lie between two, the first one included. */
    int between(int from, int to) {
        return to - from & mask;
    }

    /** Writes a slot. Where all has moved away the slots stay tombstones. */
    void put(int position, int slot) {
        int[] segment = segments[position >>> SEGMENT_BITS];
        if (segment == UNWRITTEN) {
            segment = new int[1 << SEGMENT_BITS];
            segments[position >>> SEGMENT_BITS] = segment;
            written++;
        } else if (segment == MOVED_AWAY) {
            return;
        }
        segment[position & SEGMENT_MASK] = slot;
    }

    /** The position of the first free slot from the home of a hash on, or -1 if the probe would run too long. */
    int vacancy(int hash) {
        int position = home(hash);
        for (int n = 0; n < MOST_PROBES; n++) {
            if (slot(position) == EMPTY) {
                return position;
            }
            position = next(position);
        }
        return -1;
    }

    /** The position that holds a reference, or -1. Touches no record. */
    int positionOf(int hash, int ref) {
        int position = home(hash);
        for (int n = 0; n < MOST_PROBES; n++) {
            int slot = slot(position);
            if ((slot & REF_MASK) == ref) {
                return position;
            }
            if (slot == EMPTY) {
                return -1;
            }
            position = next(position);
        }
        return -1;
    }

    /** Gives back the memory of the segment that ends before a position, once all of it has moved elsewhere. */
    void forget(int end) {
        int segment = (end >>> SEGMENT_BITS) - 1;
        if (segments[segment] != UNWRITTEN) {
            written--;
        }
        segments[segment] = MOVED_AWAY;
    }

    boolean endsSegment(int position) {
        return (position & SEGMENT_MASK) == 0;
    }

    long memory() {
        return ((long) written << SEGMENT_BITS) * 4 + segments.length * 4L;
    }
}
