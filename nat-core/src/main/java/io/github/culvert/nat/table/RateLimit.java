package io.github.culvert.nat.table;

import io.github.culvert.nat.config.Rate;

/**
 * A bucket of tokens that refills steadily, told by one number: the moment at which it will be full. Each token that is
 * taken puts that moment off by an interval. Times are nanoseconds. Immutable.
 *
 * @param interval after how long a token comes back; 0 where there is no limit
 * @param span how long an empty bucket takes to fill
 */
public record RateLimit(long interval, long span) {
    private static final long SECOND = 1_000_000_000L;

    /** The bucket of a rate. */
    public static RateLimit of(Rate rate) {
        if (rate.equals(Rate.UNLIMITED)) {
            return new RateLimit(0, 0);
        }
        // rounded up: never more than the rate allows
        long interval = (SECOND + rate.perSecond() - 1) / rate.perSecond();
        return new RateLimit(interval, interval * rate.burst());
    }

    /** Whether there is a token. */
    public boolean allows(long fullAt, long now) {
        return fullAt - now <= span - interval;
    }

    /** When the bucket is full, after a token was taken. */
    public long taken(long fullAt, long now) {
        return Math.max(settled(fullAt, now), now) + interval;
    }

    /** The same moment, no later than an empty bucket gives: the limit may have been another one when it was set. */
    public long settled(long fullAt, long now) {
        return Math.min(fullAt, now + span);
    }
}
