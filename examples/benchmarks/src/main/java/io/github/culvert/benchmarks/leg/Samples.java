package io.github.culvert.benchmarks.leg;

import java.util.Arrays;

/** Times in nanoseconds; a bounded number of them, evenly chosen from all that came. */
final class Samples {
    private static final int MOST = 1 << 16;

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

    /** The value below which a share of the times lies; forgets them all. */
    double quantile(double share) {
        long[] sorted = Arrays.copyOf(nanos, size);
        Arrays.sort(sorted);
        return size == 0 ? Double.NaN : sorted[(int) (share * (size - 1))];
    }

    void clear() {
        size = 0;
        step = 1;
        skipped = 0;
    }
}
