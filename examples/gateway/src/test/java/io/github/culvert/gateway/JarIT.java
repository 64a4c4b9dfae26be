package io.github.culvert.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.gateway.Processes.Result;
import java.io.IOException;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The self-contained jar, as a user starts it. */
class JarIT {
    @Test
    void helpAndVersion() {
        Result help = Processes.jar("--help");
        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("Usage: culvert-gateway", "run ");
        assertThat(help.err()).isEmpty();
        assertThat(Processes.jar("--version").out())
                .startsWith("culvert-gateway ")
                .doesNotContain("not packaged");
    }

    @Test
    void usageErrorsAreCodeTwo() {
        assertThat(Processes.jar("walk").code()).isEqualTo(2);
        Result run = Processes.jar("run");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("--inside-tun is missing", "--public is missing");
    }

    @Test
    void aDeviceThatCannotBeOpenedIsCodeTwoAndNothingElseIsSaid() {
        Result run = Processes.jar(
                "run", "--inside-tun=lo", "--outside-tun=natwan", "--inside-net=10.0.0.0/8", "--public=203.0.113.1");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err().lines())
                .as("the advice, and no warning of the JVM")
                .hasSize(1);
        assertThat(run.err())
                .containsAnyOf("an interface of this name exists", "not permitted", "/dev/net/tun", "64-bit Linux");
    }

    @Test
    void itIsOneJarForTheClassPath() throws IOException {
        try (JarFile jar = new JarFile(Processes.JAR.toFile())) {
            assertThat(jar.stream().map(ZipEntry::getName))
                    .contains(
                            "META-INF/culvert/LICENSE",
                            "META-INF/culvert/THIRD-PARTY.txt",
                            "META-INF/services/org.slf4j.spi.SLF4JServiceProvider",
                            "META-INF/LICENSE",
                            "META-INF/LICENSE.txt",
                            "META-INF/LICENSE.md")
                    .noneMatch(name -> name.endsWith("module-info.class"))
                    .noneMatch(name -> name.matches("META-INF/[^/]*\\.(SF|RSA|DSA)"));
            assertThat(jar.getManifest().getMainAttributes().getValue("Enable-Native-Access"))
                    .isEqualTo("ALL-UNNAMED");
        }
    }
}
