package io.github.culvert.gateway.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ValuesTest {
    @Property(tries = 200)
    void aDurationIsTheSumOfItsParts(
            @ForAll @IntRange(max = 20) int days,
            @ForAll @IntRange(max = 99) int hours,
            @ForAll @IntRange(max = 999) int minutes,
            @ForAll @IntRange(max = 99_999) int seconds) {
        Duration sum =
                Duration.ofDays(days).plusHours(hours).plusMinutes(minutes).plusSeconds(seconds);
        assertThat(Values.duration(days + "d" + hours + "h" + minutes + "m" + seconds + "s"))
                .isEqualTo(sum);
    }

    @Property(tries = 500)
    void anyOtherTextIsRefusedWithWhatIsAllowed(@ForAll String text) {
        if (!text.matches("(?=.)([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Values.duration(text))
                    .withMessage("a time with its units, such as 300s, 5m or 2h4m");
        }
    }
}
