package io.github.culvert.nat.answer;

import io.github.culvert.nat.config.Rate;
import io.github.culvert.nat.table.Ticks;

/**
 * Lets so much happen in a time and no more: a bucket of tokens that refills steadily. Time is given in ticks and never
 * goes back. Not safe for use by several threads.
 */
public final class TokenBucket {
    /** A token, in what a rate of one token a second brings in a nanosecond. */
    private static final long TOKEN = 1_000_000_000L;

    private final long perNano;
    private final long full;
    private long level;
    private long nanos;

    /** A full bucket. */
    public TokenBucket(Rate rate) {
        perNano = rate.perSecond();
        full = rate.burst() * TOKEN;
        level = full;
    }

    /** Takes a token, if there is one. */
    public boolean take(long tick) {
        refill(Ticks.nanos(tick));
        if (level < TOKEN) {
            return false;
        }
        level -= TOKEN;
        return true;
    }

    private void refill(long now) {
        long passed = now - nanos;
        nanos = now;
        level = passed >= (full - level) / perNano ? full : level + passed * perNano;
    }
}
