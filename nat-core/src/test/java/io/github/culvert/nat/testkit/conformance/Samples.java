package io.github.culvert.nat.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link EvidenceRecorderTest} runs by itself; a build does not find it, its name is no test's. */
final class Samples {
    private Samples() {}

    static class Mixed {
        @Test
        @Tag("SEC-01")
        @Tag("SEC-02")
        @Tag("slow")
        void passes() {}

        @Test
        @Tag("SEC-03")
        void fails() {
            throw new AssertionError("on purpose");
        }

        @Test
        @Tag("SEC-04")
        void aborts() {
            abort("on purpose");
        }

        @Test
        @Tag("SEC-05")
        @Disabled("on purpose")
        void isDisabled() {}

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3})
        @Tag("SEC-06")
        void failsOnce(int number) {
            assertThat(number).isNotEqualTo(2);
        }
    }

    static class Broken {
        @BeforeAll
        static void setUp() {
            throw new AssertionError("on purpose");
        }

        @Test
        @Tag("SEC-01")
        void neverStarts() {}
    }

    static class WithProperty {
        @Property(tries = 5)
        @Tag("SEC-02")
        void isSkippedByItsEngine(@ForAll int number) {
            assertThat(number ^ number).isZero();
        }

        @Property(tries = 5)
        @net.jqwik.api.Tag("SEC-01")
        void holds(@ForAll int number) {
            assertThat(number ^ number).isZero();
        }
    }

    static class Untagged {
        @Test
        void passes() {}
    }
}
