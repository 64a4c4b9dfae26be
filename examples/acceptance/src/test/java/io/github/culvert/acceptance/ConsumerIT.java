package io.github.culvert.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A stranger who knows our coordinates only can import the BOM, use all modules, and run. */
class ConsumerIT {
    private static final String[] USES_EACH_MODULE = {
        "192.168.1.10 goes out as 203.0.113.1",
        "alg-pptp: OUTGOING_CALL_REQUEST",
        "ALG pptp is on: true",
        "ALG pptp is on: false",
        "alg-l2tp: SCCRQ",
        "alg-ipsec: IKE_SA_INIT"
    };

    @BeforeAll
    static void nothingOfOursIsLeftFromBefore() throws IOException {
        ConsumerProject.delete(Build.scratch().resolve("repository"));
    }

    @Test
    void onTheClassPath() throws Exception {
        String printed = ConsumerProject.copyTo("on-class-path")
                .without("src/main/java/module-info.java")
                .maven("process-classes", "exec:exec@class-path");

        assertThat(printed)
                .contains(USES_EACH_MODULE)
                .contains("consumer runs in unnamed module", "nat-core runs in unnamed module");
    }

    @Test
    void onTheModulePath() throws Exception {
        String printed = ConsumerProject.copyTo("on-module-path").maven("process-classes", "exec:exec@module-path");

        assertThat(printed)
                .contains(USES_EACH_MODULE)
                .contains("consumer runs in module org.example.consumer")
                .contains("nat-core runs in module io.github.culvert.nat");
    }

    @Test
    void ourArtifactsCameFromStaging() throws Exception {
        ConsumerProject.copyTo("resolved-only").maven("process-classes");
        Path origin = Build.scratch()
                .resolve("repository/io/github/culvert/nat-core")
                .resolve(Build.version())
                .resolve("_remote.repositories");

        assertThat(Files.readAllLines(origin))
                .filteredOn(line -> line.contains(".jar>"))
                .isNotEmpty()
                .allMatch(line -> line.endsWith(">staging="));
    }
}
