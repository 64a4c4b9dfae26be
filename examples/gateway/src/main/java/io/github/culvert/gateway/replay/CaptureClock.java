package io.github.culvert.gateway.replay;

/**
 * Turns capture times into the time of the NAT: nanoseconds since the first packet. It stands still where the recording
 * runs backwards, and stays within what can be added to, whatever times a damaged file claims.
 */
final class CaptureClock {
    /** 73 years. */
    private static final long LONGEST = Long.MAX_VALUE / 4;

    private final long start;
    private long now;

    CaptureClock(long startNanos) {
        start = startNanos;
    }

    /** The time of a packet, never before that of the packet before. */
    long at(long captureNanos) {
        if (captureNanos > start) {
            long elapsed = captureNanos - start;
            boolean overflown = elapsed < 0;
            now = Math.max(now, overflown ? LONGEST : Math.min(elapsed, LONGEST));
        }
        return now;
    }

    /** The capture time that belongs to a time of the NAT. */
    long captureNanos(long nanos) {
        return start + nanos;
    }
}
