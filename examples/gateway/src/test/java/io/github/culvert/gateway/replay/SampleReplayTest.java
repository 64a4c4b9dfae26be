package io.github.culvert.gateway.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each recording comes to: exit code and refusals as the list of samples says, and nothing unexplained. */
class SampleReplayTest {
    @TempDir
    Path folder;

    static Stream<SampleCapture> captures() {
        return SampleCapture.all();
    }

    @ParameterizedTest
    @MethodSource("captures")
    void comesToWhatTheListSays(SampleCapture sample) throws IOException {
        sample.assumePresent();

        Gateway.Ended ended = Gateway.replay(folder, sample.file(), sample.insideNet(), "198.51.100.200");

        Map<String, Object> report = Gateway.json(Files.readString(folder.resolve("report.json")));
        assertThat(ended.err()).isEmpty();
        assertThat(ended.exit()).isEqualTo(sample.exit());
        assertThat(report).containsEntry("exit", sample.exit());
        assertThat(refused(report).map(Object::toString)).containsExactlyInAnyOrderElementsOf(sample.refusals());
    }

    private static Stream<Map.Entry<?, ?>> refused(Map<String, Object> report) {
        Map<?, ?> packets = (Map<?, ?>) Gateway.field(report, "packets");
        return ((Map<?, ?>) Gateway.field(packets, "refused"))
                .entrySet().stream().map(e -> e);
    }

    @Test
    void theSameRecordingGivesTheSameFiles() throws IOException {
        SampleCapture sample = SampleCapture.all().findFirst().orElseThrow();
        Path again = Files.createDirectory(folder.resolve("again"));

        Gateway.replay(folder, sample.file(), sample.insideNet(), "198.51.100.200");
        Gateway.replay(again, sample.file(), sample.insideNet(), "198.51.100.200");

        assertThat(Gateway.outside(again)).hasSameBinaryContentAs(Gateway.outside(folder));
        assertThat(Gateway.inside(again)).hasSameBinaryContentAs(Gateway.inside(folder));
    }
}
