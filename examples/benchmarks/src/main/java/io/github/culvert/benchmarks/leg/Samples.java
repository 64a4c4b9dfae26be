package io.github.culvert.benchmarks.leg;

import java.util.Arrays;

/** Times in nanoseconds; a bounded number of them, evenly chosen from all that came. Allocates nothing, so as not to be found by the
 * gc profiler. */
final class Samples {
    private static final int MOST = 1 << 13;

    private final long[] nanos = new long[MOST];
    private int size;
    private int step = 1;
    private int skipped;

    void add(long value) {
        if (++skipped < step) {
            return;
        }
        skipped = 0;
        nanos[size++] = value;
        if (size == MOST) {
            halve();
        }
    }

    private void halve() {
        size = MOST / 2;
        step *= 2;
        for (int i = 0; i < size; i++) {
            nanos[i] = nanos[2 * i];
        }
    }

    /**
     * The time that a quarter of them stay below: other programs slow some down, none up. The times are forgotten then.
     */
    double lowerQuartile() {
        Arrays.sort(nanos, 0, size);
        double quartile = size == 0 ? Double.NaN : nanos[size / 4];
        size = 0;
        step = 1;
        skipped = 0;
        return quartile;
    }
}
