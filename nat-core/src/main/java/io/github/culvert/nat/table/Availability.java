package io.github.culvert.nat.table;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Which of 65,536 identifiers may be drawn: a bitmap with counts over its blocks of 1,024, which find the n-th of a range
 * and parity in the same bounded number of steps at any fill. At first all may. Not safe for use by several threads.
 */
final class Availability {
    private static final int WORDS = 1024;
    private static final int BLOCKS = 64;
    private static final int WORDS_PER_BLOCK = 16;
    private static final int BLOCK_BITS = 10;
    private static final int BLOCK_MASK = (1 << BLOCK_BITS) - 1;
    /** 512 even and 512 odd ones; 32,768 of each in all, which takes the sign bit too. */
    private static final int FULL_BLOCK = 0x0200_0200;

    private static final int FULL = 0x8000_8000;

    /** Bytes of memory. */
    static final long MEMORY = WORDS * 8L + BLOCKS * 4L;

    private final long[] unavailable = new long[WORDS];
    /** Those that may be drawn, of each block and of all, in pairs of counts by parity. */
    private final int[] counts = new int[BLOCKS];

    private int all = FULL;
    private long reads;

    Availability() {
        Arrays.fill(counts, FULL_BLOCK);
    }

    boolean contains(int identifier) {
        return (unavailable[identifier >>> 6] >>> identifier & 1) == 0;
    }

    /** Makes one that may be drawn one that may not. */
    void remove(int identifier) {
        unavailable[identifier >>> 6] |= 1L << identifier;
        counts[identifier >>> BLOCK_BITS] -= Parity.one(identifier);
        all -= Parity.one(identifier);
    }

    /** Makes one that may not be drawn one that may. */
    void add(int identifier) {
        unavailable[identifier >>> 6] &= ~(1L << identifier);
        counts[identifier >>> BLOCK_BITS] += Parity.one(identifier);
        all += Parity.one(identifier);
    }

    /**
     * Draws one of the identifiers of a range and parity that are available, each with equal chance (RFC 6056 section
     * 4).
     *
     * @return the identifier, or {@link IdentifierSpace#NONE}
     */
    int draw(int first, int last, Parity parity, RandomGenerator random) {
        int below = before(first, parity);
        int count = through(first, last, parity) - below;
        return count == 0 ? IdentifierSpace.NONE : find(first >>> BLOCK_BITS, below + random.nextInt(count), parity);
    }

    /** How many identifiers of a range and parity may be drawn. */
    int count(int first, int last, Parity parity) {
        return through(first, last, parity) - before(first, parity);
    }

    /** Those from the start of the block of {@code first} to {@code last}. */
    private int through(int first, int last, Parity parity) {
        int from = first >>> BLOCK_BITS;
        int end = last + 1 >>> BLOCK_BITS;
        int rest = (last + 1 & BLOCK_MASK) == 0 ? 0 : before(last + 1, parity);
        return parity.of(sum(from, end)) + rest;
    }

    /** The counts of the blocks from one up to another, which is not one of them. */
    private int sum(int from, int end) {
        boolean most = end - from > BLOCKS / 2;
        int inside = 0;
        for (int block = most ? 0 : from; block < (most ? from : end); block++) {
            inside += counts[block];
            reads++;
        }
        if (!most) {
            return inside;
        }
        for (int block = end; block < BLOCKS; block++) {
            inside += counts[block];
            reads++;
        }
        return all - inside;
    }

    /** Those of the block of an identifier that lie before it. */
    private int before(int identifier, Parity parity) {
        int word = (identifier & ~BLOCK_MASK) >>> 6;
        int count = 0;
        for (; word < identifier >>> 6; word++) {
            count += Long.bitCount(~unavailable[word] & parity.mask);
            reads++;
        }
        return (identifier & 63) == 0
                ? count
                : count + Long.bitCount(~unavailable[word] & parity.mask & (1L << identifier) - 1);
    }

    /** The available identifier of a rank, counted from the start of a block. */
    private int find(int from, int rank, Parity parity) {
        int left = rank;
        int block = from;
        for (int count = parity.of(counts[block]); left >= count; count = parity.of(counts[block])) {
            left -= count;
            block++;
        }
        int word = block * WORDS_PER_BLOCK;
        long bits = ~unavailable[word] & parity.mask;
        for (int count = Long.bitCount(bits); left >= count; count = Long.bitCount(bits)) {
            left -= count;
            bits = ~unavailable[++word] & parity.mask;
        }
        reads += block - from + 1 + (word & WORDS_PER_BLOCK - 1) + 1;
        return word << 6 | select(bits, left);
    }

    /** The position of the bit of a rank. */
    private static int select(long bits, int rank) {
        int left = rank;
        int position = 0;
        for (int width = 32; width > 0; width >>= 1) {
            int below = Long.bitCount(bits >>> position & (1L << width) - 1);
            if (left >= below) {
                left -= below;
                position += width;
            }
        }
        return position;
    }

    /** What draws have cost so far: words and counts that were read. */
    long reads() {
        return reads;
    }
}
