package io.github.culvert.nat.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Buckets of 64 ticks, 8,192 of them. */
class TimerWheelTest {
    private static final int BUCKET = 64;
    private static final int ALL = Integer.MAX_VALUE;

    private final Records records = new Records();
    private final TimerWheel wheel = new TimerWheel(records);
    private final List<Integer> due = new ArrayList<>();

    private int put(long tick) {
        int ref = records.allocate();
        wheel.put(ref, tick);
        return ref;
    }

    @Test
    void anEmptyWheelWaitsForEver() {
        assertThat(wheel.nextTick()).isEqualTo(Long.MAX_VALUE);
        assertThat(wheel.advance(1L << 50, 5, due::add)).isEqualTo(5);
        assertThat(wheel.nextTick()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void remindsWhenTheBucketHasPassed() {
        int ref = put(100);
        wheel.advance(2 * BUCKET - 1, ALL, due::add);
        assertThat(due).isEmpty();
        assertThat(wheel.nextTick()).isEqualTo(2 * BUCKET);
        wheel.advance(2 * BUCKET, ALL, due::add);
        assertThat(due).containsExactly(ref);
    }

    @Test
    void whatLiesBeyondTheHorizonComesUpAtTheHorizon() {
        int ref = put(1_000_000);
        wheel.advance(8192 * BUCKET - 1, ALL, due::add);
        assertThat(due).isEmpty();
        wheel.advance(8192 * BUCKET, ALL, due::add);
        assertThat(due).containsExactly(ref);
    }

    @Test
    void whatIsDueInThePastComesUpAtOnce() {
        wheel.advance(1_000_000, ALL, due::add);
        int ref = put(5);
        wheel.advance(1_000_000 + BUCKET, ALL, due::add);
        assertThat(due).containsExactly(ref);
    }

    @Test
    void stopsAtTheBudgetAndGoesOnThere() {
        for (int i = 0; i < 10; i++) {
            put(i * 30L);
        }
        assertThat(wheel.advance(1000, 4, due::add)).isZero();
        assertThat(due).hasSize(4);
        assertThat(wheel.nextTick()).isLessThanOrEqualTo(1000);
        assertThat(wheel.advance(1000, 100, due::add)).isEqualTo(94);
        assertThat(due).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void aPauseOfManyTurnsCostsEachRecordTwoLooksAtMost() {
        long deadline = 1L << 30;
        for (int i = 0; i < 100; i++) {
            put(i * 1000L);
        }
        for (long tick = 1 << 20; tick < deadline; tick += 1 << 20) {
            due.clear();
            wheel.advance(tick, ALL, ref -> {
                due.add(ref);
                wheel.put(ref, deadline);
            });
            assertThat(due).hasSizeBetween(100, 200);
        }
    }

    @Test
    void aYearWithoutACallCostsNoMoreThanAMoment() {
        wheel.advance(1L << 35, 1, due::add);
        int ref = put((1L << 35) + 10);
        assertThat(wheel.nextTick()).isEqualTo((1L << 35) + BUCKET);
        wheel.advance(1L << 36, ALL, due::add);
        assertThat(due).containsExactly(ref);
    }
}
