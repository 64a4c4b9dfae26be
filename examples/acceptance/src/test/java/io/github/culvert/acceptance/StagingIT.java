package io.github.culvert.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a release would publish is whole, and says nothing of the machine that built it. */
class StagingIT {
    private static final Path GROUP = Build.staging().resolve("io/github/culvert");

    private static List<Path> published(String artifact) {
        try (Stream<Path> files = Files.list(GROUP.resolve(artifact).resolve(Build.version()))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> ending(String artifact, String end) {
        return published(artifact).stream()
                .filter(file -> file.toString().endsWith(end))
                .toList();
    }

    private static Path jar(String artifact) {
        List<Path> jars = ending(artifact, ".jar").stream()
                .filter(file -> !file.toString().matches(".*-(sources|javadoc|tests)\\.jar"))
                .toList();
        assertThat(jars).hasSize(1);
        return jars.get(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nat-core", "alg-pptp", "alg-l2tp", "alg-ipsec"})
    void aModuleComesWithSourcesAndJavadoc(String artifact) throws IOException {
        assertThat(ending(artifact, ".pom")).hasSize(1);
        assertThat(ending(artifact, "-sources.jar")).hasSize(1);
        assertThat(ending(artifact, "-javadoc.jar")).hasSize(1);
        try (JarFile jar = new JarFile(jar(artifact).toFile())) {
            assertThat(jar.getEntry("module-info.class")).isNotNull();
            assertThat(jar.getEntry("META-INF/LICENSE")).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"culvert-parent", "nat-core", "alg-pptp", "alg-l2tp", "alg-ipsec"})
    void aPomIsCompleteAndKnowsNoMachine(String artifact) throws IOException {
        assertThat(ending(artifact, ".pom"))
                .singleElement()
                .satisfies(pom -> assertThat(Files.readString(pom))
                        .contains("<version>" + Build.version() + "</version>")
                        .contains("<name>Apache-2.0</name>", "<developers>", "<scm", "<url>", "<description>")
                        .doesNotContain("${revision}")
                        .doesNotContain(Build.staging().getParent().getParent().toString())
                        .doesNotContain(System.getProperty("user.home")));
    }
}
