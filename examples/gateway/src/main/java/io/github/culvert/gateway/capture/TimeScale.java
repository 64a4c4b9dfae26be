package io.github.culvert.gateway.capture;

import java.math.BigInteger;

/** Turns the ticks of a pcapng interface (its if_tsresol and if_tsoffset) into nanoseconds since the epoch. */
final class TimeScale {
    private static final BigInteger SECOND = BigInteger.valueOf(1_000_000_000);
    private static final BigInteger EARLIEST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger LATEST = BigInteger.valueOf(Long.MAX_VALUE);

    /** What holds for an interface that says nothing: microseconds since the epoch. */
    static final TimeScale MICROSECONDS = of(6, 0);

    private final BigInteger ticksPerSecond;
    private final BigInteger offsetNanos;

    private TimeScale(BigInteger ticksPerSecond, BigInteger offsetNanos) {
        this.ticksPerSecond = ticksPerSecond;
        this.offsetNanos = offsetNanos;
    }

    /**
     * A scale.
     *
     * @param resolution if_tsresol: the highest bit chooses a power of 2 rather than of 10, the others are the
     *     negative exponent
     * @param offsetSeconds if_tsoffset, signed
     */
    static TimeScale of(int resolution, long offsetSeconds) {
        int exponent = resolution & 0x7f;
        BigInteger base = (resolution & 0x80) != 0 ? BigInteger.TWO : BigInteger.TEN;
        return new TimeScale(
                base.pow(exponent), BigInteger.valueOf(offsetSeconds).multiply(SECOND));
    }

    /** The same scale with another offset. */
    TimeScale withOffset(long offsetSeconds) {
        return new TimeScale(ticksPerSecond, BigInteger.valueOf(offsetSeconds).multiply(SECOND));
    }

    /** The same offset with another resolution. */
    TimeScale withResolution(int resolution) {
        return new TimeScale(of(resolution, 0).ticksPerSecond, offsetNanos);
    }

    /** Nanoseconds since the epoch, rounded down; what a {@code long} cannot hold becomes its nearest value. */
    long nanos(int high, int low) {
        BigInteger ticks =
                BigInteger.valueOf(high & 0xffff_ffffL).shiftLeft(32).or(BigInteger.valueOf(low & 0xffff_ffffL));
        BigInteger nanos = ticks.multiply(SECOND).divide(ticksPerSecond).add(offsetNanos);
        return nanos.max(EARLIEST).min(LATEST).longValue();
    }
}
