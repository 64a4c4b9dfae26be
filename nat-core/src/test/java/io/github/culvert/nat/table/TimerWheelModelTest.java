package io.github.culvert.nat.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The wheel against a map of deadlines: never early, at most a bucket late, within the budget. */
class TimerWheelModelTest {
    private static final int BUCKET = 1 << TimerWheel.BUCKET_TICK_BITS;
    private static final long TURN = 8192L * BUCKET;

    private static final class Run {
        final Records records = new Records();
        final TimerWheel wheel = new TimerWheel(records);
        final Map<Integer, Long> deadlines = new HashMap<>();
        final SplittableRandom random;
        long now;
        int calls;

        Run(long seed) {
            random = new SplittableRandom(seed);
        }

        void act() {
            if (random.nextInt(3) > 0) {
                put();
                return;
            }
            now += jump();
            advance(random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(40));
        }

        private void put() {
            int ref = records.allocate();
            assertThat(deadlines).doesNotContainKey(ref);
            deadlines.put(ref, now + jump());
            wheel.put(ref, deadlines.get(ref));
        }

        /** Within a bucket, a turn, or far beyond it. */
        private long jump() {
            return switch (random.nextInt(4)) {
                case 0 -> random.nextLong(3);
                case 1 -> random.nextLong(BUCKET * 2L);
                case 2 -> random.nextLong(2 * TURN);
                default -> random.nextLong(30 * TURN);
            };
        }

        void advance(int budget) {
            calls = 0;
            int left = wheel.advance(now, budget, this::due);
            assertThat(left).isEqualTo(budget - calls).isNotNegative();
            if (left > 0) {
                deadlines.forEach((ref, deadline) ->
                        assertThat(deadline >> TimerWheel.BUCKET_TICK_BITS).isGreaterThanOrEqualTo(now >> 6));
            }
            checkNextTick();
        }

        private void due(int ref) {
            calls++;
            assertThat(deadlines).containsKey(ref);
            if (deadlines.get(ref) > now) {
                wheel.put(ref, deadlines.get(ref));
            } else {
                deadlines.remove(ref);
                records.free(ref);
            }
        }

        /** Never after the end of the bucket in which the first deadline lies; at once if that has passed. */
        private void checkNextTick() {
            if (deadlines.isEmpty()) {
                return;
            }
            long first = deadlines.values().stream()
                    .mapToLong(deadline -> deadline)
                    .min()
                    .getAsLong();
            long end = (first >> TimerWheel.BUCKET_TICK_BITS) + 1 << TimerWheel.BUCKET_TICK_BITS;
            assertThat(wheel.nextTick()).isLessThanOrEqualTo(Math.max(end, now));
        }

        /** Waits as a caller does that sleeps until it is told to come back. */
        int callsUntilEmpty() {
            int waits = 0;
            while (wheel.nextTick() != Long.MAX_VALUE) {
                now = Math.max(now, wheel.nextTick());
                advance(Integer.MAX_VALUE);
                waits++;
            }
            return waits;
        }
    }

    @Property(tries = 200)
    void remindsInTimeAndNeverEarly(@ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int steps) {
        Run run = new Run(seed);
        for (int step = 0; step < steps; step++) {
            run.act();
        }
        int waits = run.callsUntilEmpty();
        assertThat(run.deadlines).isEmpty();
        assertThat(run.records.live()).isZero();
        assertThat(waits).isLessThan(steps * 40 + 2);
    }
}
