package io.github.culvert.nat.table;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The 65,536 identifiers of one public address and protocol: which are free, and whose the others are. Owners lie in
 * blocks of 1,024 that come to be when first used; a count tree over the bitmap finds the n-th free identifier of a
 * class in the same bounded number of steps at any fill. Not safe for use by several threads.
 */
final class IdentifierSpace {
    /** The owner of an identifier that is reserved for the host. */
    static final int RESERVED = -1;

    /** Identifiers below are one class, those from here on the other (RFC 4787 REQ-3a). */
    private static final int FIRST_DYNAMIC = 1024;

    private static final int BLOCK_BITS = 10;
    private static final int BLOCK_MASK = (1 << BLOCK_BITS) - 1;
    private static final int WORDS = 1024;
    private static final int WORDS_PER_BLOCK = 16;
    static final int BLOCKS = 64;

    private final int[] @Nullable [] owners;
    private final int firstBlock;
    private final long[] used = new long[WORDS];
    private final short[] freeInBlock = new short[BLOCKS];
    private int inUse;
    private final PublicPool.Use use;

    /** A space whose owners lie in 64 of the blocks of a pool, which also adds up what it uses. */
    IdentifierSpace(int[] @Nullable [] owners, int firstBlock, PublicPool.Use use) {
        this.owners = owners;
        this.firstBlock = firstBlock;
        this.use = use;
        use.bytes += WORDS * 8L + BLOCKS * 2L;
        java.util.Arrays.fill(freeInBlock, (short) (1 << BLOCK_BITS));
    }

    /** Who has an identifier: a reference, {@link #RESERVED}, or 0 if it is free. */
    int owner(int identifier) {
        return owner(owners, firstBlock, identifier);
    }

    /** The same for blocks alone: few loads, none of which depends on an object of its own. */
    static int owner(int[] @Nullable [] owners, int firstBlock, int identifier) {
        int[] block = owners[firstBlock + (identifier >>> BLOCK_BITS)];
        return block == null ? 0 : block[identifier & BLOCK_MASK];
    }

    /** Whether two identifiers are of one class (RFC 4787 REQ-3a). */
    static boolean sameClass(int one, int other) {
        return one < FIRST_DYNAMIC == other < FIRST_DYNAMIC;
    }

    /** Gives a free identifier to an owner, not 0. */
    void take(int identifier, int owner) {
        used[identifier >>> 6] |= 1L << identifier;
        freeInBlock[identifier >>> BLOCK_BITS]--;
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

    void release(int identifier) {
        changeOwner(identifier, 0);
        used[identifier >>> 6] &= ~(1L << identifier);
        freeInBlock[identifier >>> BLOCK_BITS]++;
        inUse--;
        use.identifiers--;
    }

    /**
     * Chooses an identifier for an inside one: the same if it is free, else any free one of its class with equal
     * chance (RFC 4787 REQ-3a, RFC 6056 section 4). Identifier 0 is given only to itself.
     *
     * @return the identifier, or -1 if the class has none left
     */
    int choose(int preferred, RandomGenerator random) {
        if ((used[preferred >>> 6] >>> preferred & 1) == 0) {
            return preferred;
        }
        return preferred < FIRST_DYNAMIC ? chooseLow(random) : chooseDynamic(random);
    }

    private int chooseLow(RandomGenerator random) {
        int free = freeInBlock[0] - (owner(0) == 0 ? 1 : 0);
        return free == 0 ? -1 : find(0, random.nextInt(free) + (owner(0) == 0 ? 1 : 0));
    }

    private int chooseDynamic(RandomGenerator random) {
        int free = (1 << 16) - inUse - freeInBlock[0];
        if (free == 0) {
            return -1;
        }
        int rank = random.nextInt(free);
        int block = 1;
        while (rank >= freeInBlock[block]) {
            rank -= freeInBlock[block++];
        }
        return find(block, rank);
    }

    /** The free identifier of a rank within a block. */
    private int find(int block, int rank) {
        int left = rank;
        int word = block * WORDS_PER_BLOCK;
        int free = Long.bitCount(~used[word]);
        while (left >= free) {
            left -= free;
            free = Long.bitCount(~used[++word]);
        }
        return word << 6 | select(~used[word], left);
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

    int inUse() {
        return inUse;
    }
}
