package io.github.culvert.nat.answer;

import io.github.culvert.nat.config.Rate;
import io.github.culvert.nat.table.RateLimit;
import io.github.culvert.nat.table.Ticks;

/**
 * Lets so much happen in a time and no more: a bucket of tokens that refills steadily. Time is given in ticks and never
 * goes back. Not safe for use by several threads.
 */
public final class TokenBucket {
    private final RateLimit limit;
    private long fullAt;

    /** A full bucket. */
    public TokenBucket(Rate rate) {
        limit = RateLimit.of(rate);
    }

    /** Takes a token, if there is one. */
    public boolean take(long tick) {
        long now = Ticks.nanos(tick);
        boolean taken = limit.allows(fullAt, now);
        if (taken) {
            fullAt = limit.taken(fullAt, now);
        }
        return taken;
    }
}
