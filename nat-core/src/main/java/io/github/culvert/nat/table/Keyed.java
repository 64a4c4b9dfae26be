package io.github.culvert.nat.table;

import java.util.random.RandomGenerator;

/** A hash that nobody can predict who does not know its secret. Immutable. */
public final class Keyed {
    private final long offset;
    private final long first;
    private final long second;
    private final int shift;

    /** A hash for tables of so many slots, a power of two. */
    public Keyed(RandomGenerator random, int slots) {
        offset = random.nextLong();
        first = random.nextLong() | 1;
        second = random.nextLong() | 1;
        shift = Long.numberOfLeadingZeros(slots) + 1;
    }

    /** All 64 bits of the hash. */
    public long hash(long one, int other) {
        long mixed = (one + offset) * first;
        mixed = (mixed ^ mixed >>> 32) * second;
        mixed = (mixed ^ mixed >>> 29 ^ other) * first;
        return (mixed ^ mixed >>> 32) * second;
    }

    /** A slot: the highest bits of the hash, which depend on all others. */
    public int slot(long one, int other) {
        return (int) (hash(one, other) >>> shift);
    }
}
