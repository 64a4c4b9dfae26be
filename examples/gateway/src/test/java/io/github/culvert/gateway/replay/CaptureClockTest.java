package io.github.culvert.gateway.replay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CaptureClockTest {
    @Test
    void countsFromTheFirstPacketAndNeverBack() {
        CaptureClock clock = new CaptureClock(1_000);
        assertThat(clock.at(1_000)).isZero();
        assertThat(clock.at(1_500)).isEqualTo(500);
        assertThat(clock.at(1_200)).as("backwards").isEqualTo(500);
        assertThat(clock.at(-5)).as("before the first").isEqualTo(500);
        assertThat(clock.at(1_600)).isEqualTo(600);
        assertThat(clock.captureNanos(600)).isEqualTo(1_600);
    }

    @Test
    void staysWithinBoundsWhateverAFileClaims() {
        CaptureClock clock = new CaptureClock(Long.MIN_VALUE);
        assertThat(clock.at(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE / 4);
        assertThat(clock.at(0)).isEqualTo(Long.MAX_VALUE / 4);
        assertThat(new CaptureClock(0).at(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE / 4);
    }
}
