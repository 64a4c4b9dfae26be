package io.github.culvert.nat.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.culvert.nat.testkit.conformance.Evidence.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.LauncherConstants;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the classes below through the JUnit Platform; a build does not find them, their names are no tests'. */
class EvidenceRecorderTest {
    @TempDir
    Path directory;

    private void run(Class<?> tests) {
        var config = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .build();
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(tests))
                .configurationParameter(LauncherConstants.CAPTURE_STDOUT_PROPERTY_NAME, "false")
                .configurationParameter(
                        "jqwik.database", directory.resolve("jqwik").toString())
                .build();
        LauncherFactory.create(config).execute(request, new EvidenceRecorder(directory.toString(), "unit"));
    }

    private static Evidence evidence(Class<?> tests, String id, String method, Result result) {
        return new Evidence(id, tests.getName() + "." + method, "unit", result);
    }

    private Iterable<Evidence> recorded(Class<?> tests) throws IOException {
        return Files.readAllLines(directory.resolve(tests.getName() + ".unit.tsv")).stream()
                .map(Evidence::parse)
                .toList();
    }

    @Test
    void eachTagWithTheFormOfAnIdIsWrittenWithItsResult() throws IOException {
        run(Mixed.class);

        assertThat(recorded(Mixed.class))
                .containsExactlyInAnyOrder(
                        evidence(Mixed.class, "SEC-01", "passes", Result.PASSED),
                        evidence(Mixed.class, "SEC-02", "passes", Result.PASSED),
                        evidence(Mixed.class, "SEC-03", "fails", Result.FAILED),
                        evidence(Mixed.class, "SEC-04", "aborts", Result.SKIPPED),
                        evidence(Mixed.class, "SEC-05", "isDisabled", Result.SKIPPED),
                        evidence(Mixed.class, "SEC-06", "failsOnce", Result.FAILED));
    }

    @Test
    void aFailedSetUpFailsItsTests() throws IOException {
        run(Broken.class);

        assertThat(recorded(Broken.class))
                .containsExactly(evidence(Broken.class, "SEC-01", "neverStarts", Result.FAILED));
    }

    @Test
    void propertiesCarryTheTagsOfTheirEngineOnly() throws IOException {
        run(WithProperty.class);

        assertThat(recorded(WithProperty.class))
                .containsExactlyInAnyOrder(
                        evidence(WithProperty.class, "SEC-01", "holds", Result.PASSED),
                        evidence(WithProperty.class, "SEC-02", "isSkippedByItsEngine", Result.FAILED));
    }

    @Test
    void aClassThatLostItsTagsLosesItsFile() throws IOException {
        Path stale = directory.resolve(Untagged.class.getName() + ".unit.tsv");
        Files.writeString(
                stale,
                evidence(Untagged.class, "SEC-01", "passes", Result.PASSED).line());

        run(Untagged.class);

        assertThat(stale).doesNotExist();
    }

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
