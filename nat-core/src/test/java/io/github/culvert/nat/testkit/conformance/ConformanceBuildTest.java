package io.github.culvert.nat.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.culvert.nat.testkit.conformance.Evidence.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConformanceBuildTest {
    @TempDir
    Path root;

    private Path output;

    @BeforeEach
    void theModulesHaveTestClasses() throws IOException {
        output = root.resolve("target");
        for (String module : new String[] {"nat-core", "examples/gateway"}) {
            Files.createDirectories(root.resolve(module + "/target/test-classes"));
            Files.createFile(root.resolve(module + "/target/test-classes/SomeTest.class"));
            Files.createDirectories(root.resolve(module + "/target/evidence"));
        }
    }

    private void record(String module, String test, String id, Result result) throws IOException {
        Files.writeString(
                root.resolve(module + "/target/evidence/" + test + ".unit.tsv"),
                new Evidence(id, test + ".shows", "unit", result).line() + "\n");
    }

    private void build() throws IOException {
        ConformanceBuild.requireNoProblems(ConformanceBuild.write(root, output));
    }

    @Test
    void theEvidenceOfAllModulesIsGathered() throws IOException {
        record("nat-core", "SomeTest", "NAT-CKS-04", Result.PASSED);
        record("examples/gateway", "SomeTest", "SEC-01", Result.PASSED);

        build();

        assertThat(output.resolve("conformance.md"))
                .content()
                .contains("235 requirements: 2 shown, 0 partly, 233 open");
        assertThat(output.resolve("conformance.json")).content().contains("\"tests\": [\"SomeTest.shows\"]");
    }

    @Test
    void evidenceOfARemovedTestDoesNotCount() throws IOException {
        record("nat-core", "RemovedTest", "NAT-CKS-04", Result.PASSED);

        build();

        assertThat(output.resolve("conformance.md")).content().contains("0 shown");
    }

    @Test
    void aProblemFailsTheBuildAndTheTableIsWrittenAllTheSame() throws IOException {
        record("nat-core", "SomeTest", "NAT-CKS-99", Result.PASSED);

        assertThatIllegalStateException().isThrownBy(this::build).withMessageContaining("NAT-CKS-99");
        assertThat(output.resolve("conformance.md")).exists();
    }
}
