package io.github.culvert.nat.testkit.conformance;

import io.github.culvert.nat.testkit.conformance.Row.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The requirements that are done: none of them that blocks a release may fall back to open without failing the build.
 *
 * @param prefixes how their ids begin, such as {@code NAT-UDP-} or {@code SEC-05}
 */
record CompleteGroups(List<String> prefixes) {
    private static final String RESOURCE = "/conformance/complete.txt";

    /** The list of this project: one beginning of an id a line, comments begin with {@code #}. */
    static CompleteGroups ofProject() {
        try (var stream = Objects.requireNonNull(CompleteGroups.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static CompleteGroups parse(Stream<String> lines) {
        return new CompleteGroups(lines.map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList());
    }

    /** What contradicts the list: rows that are open although they block a release, and entries that name no row. */
    List<String> problems(ConformanceTable table) {
        Stream<String> open = table.rows().stream()
                .filter(row -> row.requirement().priority() == Priority.MUST && row.state() == State.OPEN)
                .filter(row -> prefixes.stream().anyMatch(row.requirement().id()::startsWith))
                .map(row -> row.requirement().id() + " is declared complete, but no test shows it");
        Stream<String> unknown = prefixes.stream()
                .filter(prefix -> table.rows().stream()
                        .noneMatch(row -> row.requirement().id().startsWith(prefix)))
                .map(prefix -> prefix + " begins no id of the list of requirements");
        return Stream.concat(open, unknown).toList();
    }
}
