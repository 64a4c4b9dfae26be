package io.github.culvert.nat.channel;

import java.util.SplittableRandom;

/** Where a run takes its decisions from: chance, or the bytes of a fuzzer. */
@FunctionalInterface
interface Choices {
    /** A number from 0 to below a bound. */
    int below(int bound);

    /** The same for the same seed. */
    static Choices of(long seed) {
        return new SplittableRandom(seed)::nextInt;
    }

    /** As the bytes say, two for each decision; 0 when they are used up. */
    static Choices of(byte[] data) {
        int[] at = {0};
        return bound -> {
            int high = at[0] < data.length ? data[at[0]++] & 0xff : 0;
            int low = at[0] < data.length ? data[at[0]++] & 0xff : 0;
            return (high << 8 | low) % bound;
        };
    }
}
