package io.github.culvert.nat.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Token buckets against one that counts tokens. */
class RateLimitTest {
    private static final long SECOND = 1_000_000_000L;

    /** A bucket that holds parts of tokens: a second adds {@code perSecond} tokens of {@code SECOND} parts each. */
    private static final class Reference {
        private final int perSecond;
        private final long most;
        private long parts;
        private long last;

        Reference(Rate rate) {
            perSecond = rate.perSecond();
            most = rate.burst() * SECOND;
            parts = most;
        }

        boolean take(long now) {
            parts = Math.min(most, parts + (now - last) * perSecond);
            last = now;
            if (parts < SECOND) {
                return false;
            }
            parts -= SECOND;
            return true;
        }
    }

    /** Rates that divide a second: there the interval is exact, and so is the bucket. */
    @Property(tries = 200)
    void agreesWithABucketThatCounts(
            @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 9) int power,
            @ForAll @IntRange(min = 1, max = 200) int burst) {
        Rate rate = new Rate((int) Math.pow(10, Math.min(power, 7)), burst);
        RateLimit limit = RateLimit.of(rate);
        Reference reference = new Reference(rate);
        SplittableRandom random = new SplittableRandom(seed);
        long fullAt = 0;
        long now = 0;
        for (int i = 0; i < 2_000; i++) {
            now += random.nextLong(4 * limit.interval());
            boolean allowed = limit.allows(limit.settled(fullAt, now), now);
            assertThat(allowed).as("at %d ns", now).isEqualTo(reference.take(now));
            fullAt = allowed ? limit.taken(fullAt, now) : fullAt;
        }
    }

    /** Any rate, any window: no more than the burst and what came back meanwhile. */
    @Property(tries = 200)
    void neverLetsMoreThroughThanTheRate(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 100_000_000) int perSecond,
            @ForAll @IntRange(min = 1, max = 50) int burst) {
        RateLimit limit = RateLimit.of(new Rate(perSecond, burst));
        SplittableRandom random = new SplittableRandom(seed);
        List<Long> taken = new ArrayList<>();
        long fullAt = 0;
        long now = 0;
        for (int i = 0; i < 2_000; i++) {
            now += random.nextLong(2 * limit.interval());
            if (limit.allows(limit.settled(fullAt, now), now)) {
                fullAt = limit.taken(fullAt, now);
                taken.add(now);
            }
        }
        for (int from = 0; from < taken.size(); from += 7) {
            for (int to = from; to < taken.size(); to += 13) {
                double window = (taken.get(to) - taken.get(from)) / 1e9;
                assertThat(to - from + 1.0).isLessThanOrEqualTo(burst + window * perSecond + 1e-6);
            }
        }
        assertThat(fullAt).isLessThanOrEqualTo(now + limit.span());
    }

    @Test
    void aThousandInASecondGiveTheBurstAndWhatCameBack() {
        RateLimit limit = RateLimit.of(new Rate(50, 100));
        long fullAt = 0;
        int passed = 0;
        for (long now = 0; now < SECOND; now += SECOND / 1000) {
            if (limit.allows(fullAt, now)) {
                fullAt = limit.taken(fullAt, now);
                passed++;
            }
        }
        assertThat(passed).isEqualTo(149);
    }

    @Test
    void noLimitRefusesNothing() {
        RateLimit limit = RateLimit.of(Rate.UNLIMITED);
        long fullAt = 0;
        for (int i = 0; i < 10_000; i++) {
            assertThat(limit.allows(fullAt, 5)).isTrue();
            fullAt = limit.taken(fullAt, 5);
        }
    }

    /** A bucket that was emptied under a slow rate does not stay empty for its time under a fast one. */
    @Test
    void aFasterRateCountsAtOnce() {
        RateLimit slow = RateLimit.of(new Rate(1, 1_000));
        long fullAt = 0;
        for (int i = 0; i < 1_000; i++) {
            fullAt = slow.taken(fullAt, 0);
        }
        RateLimit fast = RateLimit.of(new Rate(1_000, 1));
        fullAt = fast.settled(fullAt, 0);
        assertThat(fast.allows(fullAt, 0)).isFalse();
        assertThat(fast.allows(fast.settled(fullAt, SECOND / 1_000), SECOND / 1_000))
                .isTrue();
    }
}
