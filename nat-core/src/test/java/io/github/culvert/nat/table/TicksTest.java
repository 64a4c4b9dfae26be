package io.github.culvert.nat.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class TicksTest {
    /** Whatever the moment a session was used in its tick, it lives for the whole of its timeout, and not much longer. */
    @Property
    void aTimeoutNeverEndsEarly(
            @ForAll @LongRange(max = 1L << 60) long start,
            @ForAll @LongRange(min = 1, max = 1_728_000_000_000_000L) long timeout) {
        int ticks = Ticks.ofTimeout(Duration.ofNanos(timeout));
        assertThat(Ticks.of(start + timeout - 1) - Ticks.of(start)).isLessThan(ticks);
        assertThat(Ticks.of(start + timeout + (3 << 20)) - Ticks.of(start)).isGreaterThanOrEqualTo(ticks);
    }

    @Test
    void aTickThatNeverComesHasNoTime() {
        assertThat(Ticks.nanos(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(Ticks.nanos(Long.MAX_VALUE >> 20)).isPositive();
        assertThat(Ticks.nanos(3)).isEqualTo(3 << 20);
    }
}
