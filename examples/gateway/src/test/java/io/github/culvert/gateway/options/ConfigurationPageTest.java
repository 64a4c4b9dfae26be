package io.github.culvert.gateway.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference of the settings says what the gateway does. */
class ConfigurationPageTest {
    private static final String LEAST = "inside-net: 192.168.77.0/24\npublic: 203.0.113.1\n";

    /** For each form of a value, one that can be read but is never allowed; for the others, one that cannot be read. */
    private static final Map<String, String> ABSURD = Map.of(
            "N", "999999999",
            "BYTES", "999999999M",
            "TIME", "9999d",
            "off|mtu|BYTES", "999999999",
            "unlimited|N|N:BURST", "999999999");

    @TempDir
    Path directory = Path.of("");

    static Stream<Setting<?>> settings() {
        return Catalogue.natSettings();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void hasOneRowForEachSettingWithItsDefaultAndWhatIsAllowed(Setting<?> setting) throws IOException {
        String start = "| `" + setting.key() + "` | ";
        List<String> rows =
                page().stream().filter(line -> line.startsWith(start)).toList();
        assertThat(rows).singleElement().asString().startsWith(start + standard(setting) + " | " + allowed(setting));
    }

    @Test
    void hasNoRowForAnythingElse() throws IOException {
        assertThat(page().stream().filter(line -> line.startsWith("| `")))
                .hasSize((int) Catalogue.settings().count());
    }

    @Test
    void bothWaysShownSayTheSame() throws IOException {
        String text = String.join("\n", page());
        int start = text.indexOf("```yaml\n") + 8;
        Path file = Files.writeString(
                directory.resolve("shown.yaml"), LEAST + text.substring(start, text.indexOf("```", start)));
        String[] line = page().stream()
                .filter(l -> l.startsWith("    --"))
                .findFirst()
                .orElseThrow()
                .trim()
                .split(" ");
        Stream<String> least = Stream.of("--inside-net=192.168.77.0/24", "--public=203.0.113.1");
        assertThat(Probe.config(Stream.concat(least, Stream.of(line)).toArray(String[]::new)))
                .isEqualTo(Probe.config("--config=" + file))
                .isNotEqualTo(Probe.config("--inside-net=192.168.77.0/24", "--public=203.0.113.1"));
    }

    private static List<String> page() throws IOException {
        return Files.readAllLines(Path.of("CONFIGURATION.md"));
    }

    private static String standard(Setting<?> setting) {
        String written = setting.written();
        return written.equals("none") ? "none" : "`" + written + "`";
    }

    /** What the gateway itself says is allowed, when it is given something that is not. */
    private String allowed(Setting<?> setting) throws IOException {
        String value =
                ABSURD.getOrDefault(setting.form().apply(Catalogue.DEFAULTS).label(), "'?'");
        String line = setting.section().isEmpty()
                ? setting.name() + ": " + value
                : setting.section() + ": {" + setting.name() + ": " + value + "}";
        String others = LEAST.lines()
                .filter(other -> !other.startsWith(setting.name() + ":"))
                .reduce("", (all, other) -> all + other + "\n");
        Path file = Files.writeString(directory.resolve("nat.yaml"), others + line + "\n");
        String unquoted = value.replace("'", "");
        return Probe.refusal("--config=" + file).stream()
                .filter(problem -> problem.contains("'" + unquoted + "' is not allowed; "))
                .map(problem -> problem.substring(problem.indexOf("; ") + 2))
                .findFirst()
                .orElseThrow(() -> new AssertionError(setting.key() + " takes " + value));
    }
}
