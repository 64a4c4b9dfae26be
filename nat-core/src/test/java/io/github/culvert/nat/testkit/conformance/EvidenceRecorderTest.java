package io.github.culvert.nat.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.culvert.nat.testkit.conformance.Evidence.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.LauncherConstants;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the samples through the JUnit Platform, as a build runs tests. */
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
        run(Samples.Mixed.class);

        assertThat(recorded(Samples.Mixed.class))
                .containsExactlyInAnyOrder(
                        evidence(Samples.Mixed.class, "SEC-01", "passes", Result.PASSED),
                        evidence(Samples.Mixed.class, "SEC-02", "passes", Result.PASSED),
                        evidence(Samples.Mixed.class, "SEC-03", "fails", Result.FAILED),
                        evidence(Samples.Mixed.class, "SEC-04", "aborts", Result.SKIPPED),
                        evidence(Samples.Mixed.class, "SEC-05", "isDisabled", Result.SKIPPED),
                        evidence(Samples.Mixed.class, "SEC-06", "failsOnce", Result.FAILED));
    }

    @Test
    void aFailedSetUpFailsItsTests() throws IOException {
        run(Samples.Broken.class);

        assertThat(recorded(Samples.Broken.class))
                .containsExactly(evidence(Samples.Broken.class, "SEC-01", "neverStarts", Result.FAILED));
    }

    @Test
    void propertiesCarryTheTagsOfTheirEngineOnly() throws IOException {
        run(Samples.WithProperty.class);

        assertThat(recorded(Samples.WithProperty.class))
                .containsExactlyInAnyOrder(
                        evidence(Samples.WithProperty.class, "SEC-01", "holds", Result.PASSED),
                        evidence(Samples.WithProperty.class, "SEC-02", "isSkippedByItsEngine", Result.FAILED));
    }

    @Test
    void aClassThatLostItsTagsLosesItsFile() throws IOException {
        Path stale = directory.resolve(Samples.Untagged.class.getName() + ".unit.tsv");
        Files.writeString(
                stale,
                evidence(Samples.Untagged.class, "SEC-01", "passes", Result.PASSED)
                        .line());

        run(Samples.Untagged.class);

        assertThat(stale).doesNotExist();
    }
}
