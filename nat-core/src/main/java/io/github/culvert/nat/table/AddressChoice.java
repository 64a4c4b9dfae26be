package io.github.culvert.nat.table;

import io.github.culvert.nat.config.DeterministicRanges;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Which public address an inside host gets: the one that it has for itself, or one of those that hosts share, drawn so
 * that each has about as many hosts; in deterministic mode the one that follows from its address. Not safe for use by
 * several threads.
 */
final class AddressChoice {
    /** There is no address to choose. */
    static final int NONE = -1;

    private final PublicPool pool;
    private final FixedAddresses fixed;
    private final RandomGenerator random;
    private final @Nullable DeterministicRanges ranges;
    private int[] hostsAt = new int[0];
    private int inUse;
    /** The address drawn for the next host that gets a mapping, or {@link #NONE}. */
    private int drawn = NONE;

    AddressChoice(PublicPool pool, FixedAddresses fixed, RandomGenerator random, @Nullable DeterministicRanges ranges) {
        this.pool = pool;
        this.fixed = fixed;
        this.random = random;
        this.ranges = ranges;
    }

    /** The number of the public address for an inside host, or {@link #NONE}. */
    int choose(int insideAddress) {
        int own = fixed.indexOf(insideAddress);
        if (own >= 0) {
            return own;
        }
        if (ranges != null) {
            int number = ranges.numberOf(insideAddress);
            return number < 0 ? NONE : pool.shared(number / ranges.hostsPerAddress());
        }
        if (pool.sharedCount() <= 1) {
            return pool.sharedCount() == 0 ? NONE : pool.shared(0);
        }
        // kept while nobody gets in: drawing costs memory now and then, and who is refused shall cost nothing
        if (drawn == NONE) {
            drawn = lessUsed();
        }
        return drawn;
    }

    /** Whether an inside address is a public one: that of the machine that the NAT runs on. */
    boolean isOwn(int insideAddress) {
        return fixed.isOwn(insideAddress);
    }

    /** Of two addresses drawn by chance, the one with fewer hosts: nearly as even as the best of all, at no cost. */
    private int lessUsed() {
        int one = pool.shared(random.nextInt(pool.sharedCount()));
        int other = pool.shared(random.nextInt(pool.sharedCount()));
        return hosts(other) < hosts(one) ? other : one;
    }

    private int hosts(int index) {
        return index < hostsAt.length ? hostsAt[index] : 0;
    }

    /** Public addresses that have hosts. */
    int inUse() {
        return inUse;
    }

    /** Has the next choice drawn anew. */
    void renew() {
        drawn = NONE;
    }

    /** A host has come to an address, or gone from it. */
    void add(int index, int change) {
        if (index >= hostsAt.length) {
            hostsAt = Arrays.copyOf(hostsAt, pool.end());
        }
        boolean before = hostsAt[index] > 0;
        hostsAt[index] += change;
        inUse += (hostsAt[index] > 0 ? 1 : 0) - (before ? 1 : 0);
    }
}
