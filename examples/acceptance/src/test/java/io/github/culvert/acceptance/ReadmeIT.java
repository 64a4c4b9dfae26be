package io.github.culvert.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** What the README shows is what {@link ConsumerIT} compiles and runs. */
class ReadmeIT {
    private static final String BORDER = "// quick start\n";

    private static String readme() throws IOException {
        return Files.readString(Build.root().resolve("README.md"));
    }

    @Test
    void theQuickStartIsTheCodeOfTheConsumer() throws IOException {
        String code =
                Files.readString(Build.consumerProject().resolve("src/main/java/org/example/consumer/Consumer.java"));
        int start = code.indexOf(BORDER) + BORDER.length();
        String quickStart =
                code.substring(start, code.lastIndexOf(BORDER)).stripIndent().strip();

        assertThat(quickStart).contains("NatEngine");
        assertThat(readme()).contains("```java\n" + quickStart + "\n```");
    }

    @Test
    void theVersionIsTheOneOfThisBuild() throws IOException {
        assertThat(readme())
                .contains("<version>" + Build.version() + "</version>")
                .contains("culvert-parent:" + Build.version());
    }
}
