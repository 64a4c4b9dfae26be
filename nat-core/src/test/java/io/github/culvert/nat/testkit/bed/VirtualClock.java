package io.github.culvert.nat.testkit.bed;

/** The time of a test: nanoseconds that pass only when the test says so. Not safe for use by several threads. */
public final class VirtualClock {
    private long nanos;

    /** A clock at 0. */
    public VirtualClock() {}

    /** Sets the time, in seconds since the start; also back. */
    public void at(double seconds) {
        nanos = Math.round(seconds * 1e9);
    }

    /** Lets time pass. */
    public void pass(long moreNanos) {
        nanos += moreNanos;
    }

    /** Nanoseconds since the start. */
    public long nanos() {
        return nanos;
    }
}
