package io.github.culvert.nat.testkit.conformance;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The table as text, for people and for machines. */
final class ConformanceReport {
    private ConformanceReport() {}

    static String markdown(ConformanceTable table) {
        return """
                # Conformance

                Made by the build from the tests that ran, out of the list in `nat-core/src/test/resources/conformance`.

                %s

                | id | source | priority | requirement | state | shown by |
                |---|---|---|---|---|---|
                %s
                """.formatted(
                        summary(table),
                        table.rows().stream().map(ConformanceReport::markdown).collect(Collectors.joining("\n")));
    }

    static String summary(ConformanceTable table) {
        String counts = Arrays.stream(Row.State.values())
                .map(state -> table.count(state) + " " + state.words())
                .collect(Collectors.joining(", "));
        return table.rows().size() + " requirements: " + counts + ".";
    }

    private static String markdown(Row row) {
        Requirement requirement = row.requirement();
        String reason = requirement.reason().isEmpty() ? "" : ": " + requirement.reason();
        return "| "
                + String.join(
                        " | ",
                        requirement.id(),
                        requirement.source(),
                        requirement.priority().name(),
                        requirement.words(),
                        row.state().words() + reason,
                        row.tests().stream().map(ConformanceReport::shortName).collect(Collectors.joining(", ")))
                + " |";
    }

    private static String shortName(String test) {
        int method = test.lastIndexOf('.');
        return "`" + test.substring(test.lastIndexOf('.', method - 1) + 1) + "`";
    }

    static String json(ConformanceTable table) {
        return table.rows().stream().map(ConformanceReport::json).collect(Collectors.joining(",\n", "[\n", "\n]\n"));
    }

    private static String json(Row row) {
        Requirement requirement = row.requirement();
        return "{" + field("id", requirement.id()) + ", " + field("source", requirement.source()) + ", "
                + field("priority", requirement.priority().name()) + ", " + field("requirement", requirement.words())
                + ", " + field("state", row.state().words()) + ", " + field("reason", requirement.reason()) + ", "
                + quoted("tests") + ": " + array(row.tests()) + "}";
    }

    private static String array(List<String> values) {
        return values.stream().map(ConformanceReport::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String field(String name, String value) {
        return quoted(name) + ": " + quoted(value);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
