package io.github.culvert.nat.table;

import java.time.Duration;

/**
 * Time in stamps: ticks of 2^20 ns, about a millisecond, since the start of the engine. A stamp keeps the low 32 bits,
 * which come round after 52 days; the longest timeout is 20 days.
 */
public final class Ticks {
    private static final int BITS = 20;

    /** After a longer step in time every session is over its timeout, and stamps may have come round. */
    public static final long LONGEST_STEP = Integer.MAX_VALUE;

    private Ticks() {}

    /** The tick that a moment lies in. */
    public static long of(long nanosSinceStart) {
        return nanosSinceStart >> BITS;
    }

    /** The first nanosecond of a tick. */
    public static long nanos(long tick) {
        return tick > Long.MAX_VALUE >> BITS ? Long.MAX_VALUE : tick << BITS;
    }

    /** A timeout in ticks, rounded up so that it never ends early. */
    public static int ofTimeout(Duration timeout) {
        return (int) ((timeout.toNanos() - 1 >> BITS) + 2);
    }
}
