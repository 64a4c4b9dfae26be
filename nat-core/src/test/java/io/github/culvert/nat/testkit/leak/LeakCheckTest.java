package io.github.culvert.nat.testkit.leak;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a test class in a virtual machine of its own, where the check is found as a service, as in every build. */
class LeakCheckTest {
    @TempDir
    Path scratch;

    @Test
    void theRunFailsOnABufferThatIsNeverReleased() throws Exception {
        Run run = run(Samples.Leaky.class);

        assertThat(run.exit()).isNotZero();
        assertThat(run.output()).contains("leaked in this test run", Samples.Leaky.class.getName() + ".forgetsABuffer");
    }

    @Test
    void theRunPassesIfAllIsReleased() throws Exception {
        assertThat(run(Samples.Clean.class)).isEqualTo(new Run(0, ""));
    }

    private Run run(Class<?> tests) throws IOException, InterruptedException {
        Path output = scratch.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dio.netty.leakDetection.level=paranoid",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OneClass.class.getName(),
                        tests.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(2, MINUTES)) {
            process.destroyForcibly();
        }
        return new Run(process.waitFor(), Files.readString(output));
    }

    private record Run(int exit, String output) {}

    /** What a build does with the JUnit Platform: open a session, run, close. */
    static final class OneClass {
        private OneClass() {}

        public static void main(String[] args) throws ClassNotFoundException {
            var request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(selectClass(Class.forName(args[0])))
                    .build();
            try (var session = LauncherFactory.openSession()) {
                session.getLauncher().execute(request);
            }
        }
    }
}
