package io.github.culvert.nat.fragment;

import io.github.culvert.nat.table.Keyed;
import java.util.random.RandomGenerator;

/**
 * The identifications of datagrams that left in fragments a short time ago, so that those of two inside hosts to one
 * remote do not meet behind their common address (RFC 6864 section 5.3.1, RFC 7857 section 10). Bounded: where more than
 * it can keep leave at once, the oldest are forgotten early. Not safe for use by several threads.
 */
final class Identifications {
    private static final int WAYS = 4;
    private static final int SETS = 2048;
    private static final int DRAWS = 16;

    private final RandomGenerator random;
    private final long ticks;
    private final Keyed hash;
    private final long[] keys = new long[SETS * WAYS];
    private final int[] owners = new int[SETS * WAYS];
    private final long[] until = new long[SETS * WAYS];

    /** None in use; each is in use for so many ticks. */
    Identifications(RandomGenerator random, long ticks) {
        this.random = random;
        this.ticks = ticks;
        this.hash = new Keyed(random, SETS);
        java.util.Arrays.fill(until, Long.MIN_VALUE);
    }

    /**
     * The identification that a datagram leaves with: its own, unless another host uses that.
     *
     * @param addresses source and destination address after translation
     * @param protocol the protocol number
     * @param own the identification that it came with
     * @param owner the source address before translation
     */
    int choose(long addresses, int protocol, int own, int owner, long tick) {
        int chosen = own;
        for (int draw = 0; draw < DRAWS; draw++) {
            if (claim(hash.hash(addresses, protocol << 16 | chosen), owner, tick)) {
                return chosen;
            }
            chosen = random.nextInt(1 << 16);
        }
        return chosen;
    }

    /** Whether an owner may use a key; if so, it does. */
    private boolean claim(long key, int owner, long tick) {
        int set = (int) (key >>> Long.numberOfLeadingZeros(SETS) + 1) * WAYS;
        int way = set;
        for (int i = set; i < set + WAYS; i++) {
            if (keys[i] == key && until[i] > tick && owners[i] != owner) {
                return false;
            }
            boolean own = keys[i] == key;
            way = own || keys[way] != key && until[i] < until[way] ? i : way;
        }
        keys[way] = key;
        owners[way] = owner;
        until[way] = tick + ticks;
        return true;
    }
}
