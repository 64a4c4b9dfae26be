package io.github.culvert.nat.table;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The 65,536 identifiers of one public address and protocol: whose they are, and which may be drawn. Not to be drawn
 * are those that have an owner, those that rest, and those that the configuration excludes; the latter two may still be
 * taken by name. Owners lie in blocks of 1,024 that come to be when first used. Not safe for use by several threads.
 */
final class IdentifierSpace {
    /** The owner of an identifier that is reserved for the host. */
    static final int RESERVED = -1;

    /** The owner of an identifier that several inside hosts share, see {@link SharedPorts}. */
    static final int SHARED = -2;

    /** No identifier. */
    static final int NONE = -1;

    static final int BLOCKS = 64;

    private static final int BLOCK_BITS = 10;
    private static final int BLOCK_MASK = (1 << BLOCK_BITS) - 1;
    private static final int WORDS = 1024;

    private final long @Nullable [] excluded;
    private final PublicPool.Use use;
    private final Availability available = new Availability();
    private final int firstBlock;
    private int[] @Nullable [] owners;
    private long @Nullable [] resting;
    private int inUse;

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
        for (int id = 0; excluded != null && id < 1 << 16; id++) {
            if (isIn(excluded, id)) {
                available.remove(id);
            }
        }
    }

    private static boolean isIn(long @Nullable [] bitmap, int identifier) {
        return bitmap != null && (bitmap[identifier >>> 6] >>> identifier & 1) != 0;
    }

    /** Who has an identifier: a reference, {@link #RESERVED}, {@link #SHARED}, or 0 if nobody has it. */
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
        return available.contains(identifier);
    }

    /** Gives an identifier that nobody has to an owner, not 0. */
    void take(int identifier, int owner) {
        removeIfAvailable(identifier);
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
        addUnlessHeld(identifier);
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
        removeIfAvailable(identifier);
        return true;
    }

    /** An identifier has rested. */
    void wake(int identifier) {
        long[] bits = resting;
        if (bits != null) {
            bits[identifier >>> 6] &= ~(1L << identifier);
            addUnlessHeld(identifier);
        }
    }

    private void removeIfAvailable(int identifier) {
        if (isAvailable(identifier)) {
            available.remove(identifier);
        }
    }

    private void addUnlessHeld(int identifier) {
        if (owner(identifier) == 0 && !isIn(excluded, identifier) && !isIn(resting, identifier)) {
            available.add(identifier);
        }
    }

    /**
     * Draws one of the identifiers of a range and parity that are available, each with equal chance (RFC 6056 section
     * 4).
     *
     * @return the identifier, or {@link #NONE}
     */
    int draw(int first, int last, Parity parity, RandomGenerator random) {
        return available.draw(first, last, parity, random);
    }

    /** How many identifiers of a range and parity may be drawn. */
    int count(int first, int last, Parity parity) {
        return available.count(first, last, parity);
    }

    /** What draws have cost so far: words and counts that were read. */
    long reads() {
        return available.reads();
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
        return Availability.MEMORY + (resting == null ? 0 : WORDS * 8L);
    }

    int inUse() {
        return inUse;
    }
}
