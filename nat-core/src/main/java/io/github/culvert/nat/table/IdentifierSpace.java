package io.github.culvert.nat.table;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The 65,536 identifiers of one public address and protocol: whose they are, and which may be drawn. Not to be drawn
 * are those that have an owner, those that rest, and those that the configuration excludes; the latter two may still be
 * taken by name. Owners lie in blocks of 1,024 that come to be when first used; counts over the bitmap find the n-th
 * identifier of a range and parity in the same bounded number of steps at any fill. Not safe for use by several
 * threads.
 */
final class IdentifierSpace {
    /** The owner of an identifier that is reserved for the host. */
    static final int RESERVED = -1;

    /** No identifier. */
    static final int NONE = -1;

    static final int BLOCKS = 64;

    private static final int BLOCK_BITS = 10;
    private static final int BLOCK_MASK = (1 << BLOCK_BITS) - 1;
    private static final int WORDS = 1024;
    private static final int WORDS_PER_BLOCK = 16;
    private static final int EMPTY_BLOCK = 512 << 16 | 512;

    private final long @Nullable [] excluded;
    private final PublicPool.Use use;
    private final long[] unavailable = new long[WORDS];
    /** Identifiers that may be drawn: of each block, and of all; in pairs of counts by parity. */
    private final int[] available = new int[BLOCKS];

    private int allAvailable;
    private int[] @Nullable [] owners;
    private int firstBlock;
    private long @Nullable [] resting;
    private int inUse;

    /** What choices have cost so far: words and counts that were read. */
    private long reads;

    /**
     * A space whose owners lie in 64 of the blocks of a pool, which also adds up what it uses.
     *
     * @param excluded a bitmap of what is never drawn, or null if that is nothing
     */
    IdentifierSpace(int[] @Nullable [] owners, int firstBlock, PublicPool.Use use, long @Nullable [] excluded) {
        this.owners = owners;
        this.firstBlock = firstBlock;
        this.use = use;
        this.excluded = excluded;
        use.bytes += memory();
        Arrays.fill(available, EMPTY_BLOCK);
        allAvailable = BLOCKS * EMPTY_BLOCK;
        for (int id = 0; excluded != null && id < 1 << 16; id++) {
            if (isIn(excluded, id)) {
                close(id);
            }
        }
    }

    private static boolean isIn(long @Nullable [] bitmap, int identifier) {
        return bitmap != null && (bitmap[identifier >>> 6] >>> identifier & 1) != 0;
    }

    /** Who has an identifier: a reference, {@link #RESERVED}, or 0 if nobody has it. */
    int owner(int identifier) {
        return owner(owners, firstBlock, identifier);
    }

    /** The same for blocks alone: few loads, none of which depends on an object of its own. */
    static int owner(int[] @Nullable [] owners, int firstBlock, int identifier) {
        int[] block = owners[firstBlock + (identifier >>> BLOCK_BITS)];
        return block == null ? 0 : block[identifier & BLOCK_MASK];
    }

    /** The owners' blocks have moved with those of all spaces of the pool. */
    void move(int[] @Nullable [] to) {
        owners = to;
    }

    /** Whether an identifier may be drawn. */
    boolean isAvailable(int identifier) {
        return !isIn(unavailable, identifier);
    }

    /** Gives an identifier that nobody has to an owner, not 0. */
    void take(int identifier, int owner) {
        if (isAvailable(identifier)) {
            close(identifier);
        }
        inUse++;
        use.identifiers++;
        changeOwner(identifier, owner);
    }

    /** Passes an identifier on to another owner, not 0. */
    void changeOwner(int identifier, int owner) {
        int[] block = owners[firstBlock + (identifier >>> BLOCK_BITS)];
        if (block == null) {
            block = new int[1 << BLOCK_BITS];
            owners[firstBlock + (identifier >>> BLOCK_BITS)] = block;
            use.bytes += 4L << BLOCK_BITS;
        }
        block[identifier & BLOCK_MASK] = owner;
    }

    /** Takes an identifier from its owner. */
    void release(int identifier) {
        changeOwner(identifier, 0);
        inUse--;
        use.identifiers--;
        openUnlessHeld(identifier);
    }

    /** Keeps an identifier from being drawn until {@link #wake}; false if it rests already. */
    boolean rest(int identifier) {
        long[] bits = resting;
        if (bits == null) {
            bits = new long[WORDS];
            resting = bits;
            use.bytes += WORDS * 8L;
        }
        if (isIn(bits, identifier)) {
            return false;
        }
        bits[identifier >>> 6] |= 1L << identifier;
        if (isAvailable(identifier)) {
            close(identifier);
        }
        return true;
    }

    /** An identifier has rested. */
    void wake(int identifier) {
        long[] bits = resting;
        if (bits != null) {
            bits[identifier >>> 6] &= ~(1L << identifier);
            openUnlessHeld(identifier);
        }
    }

    private void close(int identifier) {
        unavailable[identifier >>> 6] |= 1L << identifier;
        available[identifier >>> BLOCK_BITS] -= Parity.one(identifier);
        allAvailable -= Parity.one(identifier);
    }

    private void openUnlessHeld(int identifier) {
        if (owner(identifier) != 0 || isIn(excluded, identifier) || isIn(resting, identifier)) {
            return;
        }
        unavailable[identifier >>> 6] &= ~(1L << identifier);
        available[identifier >>> BLOCK_BITS] += Parity.one(identifier);
        allAvailable += Parity.one(identifier);
    }

    /**
     * Draws one of the identifiers of a range and parity that are available, each with equal chance (RFC 6056 section
     * 4).
     *
     * @return the identifier, or {@link #NONE}
     */
    int draw(int first, int last, Parity parity, RandomGenerator random) {
        int before = availableBefore(first, parity);
        int count = availableThrough(first, last, parity) - before;
        return count == 0 ? NONE : find(first >>> BLOCK_BITS, before + random.nextInt(count), parity);
    }

    /** How many identifiers of a range and parity may be drawn. */
    int count(int first, int last, Parity parity) {
        return availableThrough(first, last, parity) - availableBefore(first, parity);
    }

    /** Those from the start of the block of {@code first} to {@code last}. */
    private int availableThrough(int first, int last, Parity parity) {
        int from = first >>> BLOCK_BITS;
        int end = last + 1 >>> BLOCK_BITS;
        int rest = (last + 1 & BLOCK_MASK) == 0 ? 0 : availableBefore(last + 1, parity);
        return parity.of(sum(from, end)) + rest;
    }

    /** The counts of the blocks from one up to another, which is not one of them. */
    private int sum(int from, int end) {
        boolean most = end - from > BLOCKS / 2;
        int inside = 0;
        for (int block = most ? 0 : from; block < (most ? from : end); block++) {
            inside += available[block];
            reads++;
        }
        if (!most) {
            return inside;
        }
        for (int block = end; block < BLOCKS; block++) {
            inside += available[block];
            reads++;
        }
        return allAvailable - inside;
    }

    /** Those of the block of an identifier that lie before it. */
    private int availableBefore(int identifier, Parity parity) {
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
        for (int count = parity.of(available[block]); left >= count; count = parity.of(available[block])) {
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
    static int select(long bits, int rank) {
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

    /** Forgets all owners; nobody has an identifier of this space any more. */
    void discard() {
        for (int block = firstBlock; block < firstBlock + BLOCKS; block++) {
            use.bytes -= owners[block] == null ? 0 : 4L << BLOCK_BITS;
            owners[block] = null;
        }
        use.bytes -= memory();
        use.identifiers -= inUse;
    }

    private long memory() {
        return WORDS * 8L + BLOCKS * 4L + (resting == null ? 0 : WORDS * 8L);
    }

    int inUse() {
        return inUse;
    }

    long reads() {
        return reads;
    }
}
