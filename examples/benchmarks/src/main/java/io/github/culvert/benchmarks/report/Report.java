package io.github.culvert.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The results, as a table to read and as JSON.
 *
 * @param machine where they come from
 * @param effort how long was measured
 * @param measured every value
 * @param memory what was found out about memory, by name
 * @param lines the lines of the table
 */
record Report(Machine machine, Effort effort, Measured measured, Map<String, Double> memory, List<Line> lines) {
    static Report of(Effort effort, Measured measured, Map<String, Double> memory) {
        return new Report(Machine.here(), effort, measured, memory, new Lines(measured, memory).all());
    }

    void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("results.md"), table());
        Files.writeString(directory.resolve("results.json"), json());
    }

    String table() {
        StringBuilder text = new StringBuilder();
        text.append(machine).append(effort == Effort.QUICK ? "; short form\n" : "\n");
        text.append(
                "\n| | sessions, buffers | measured | beside | figure | target | |\n|---|---|---:|---:|---:|---:|---|\n");
        for (Line line : lines) {
            text.append("| ").append(line.what());
            text.append(" | ").append(line.where());
            text.append(" | ").append(line.measured());
            text.append(" | ").append(line.beside());
            text.append(" | ").append(line.figureText());
            text.append(" | ").append(line.target());
            text.append(" | ").append(line.verdict()).append(" |\n");
        }
        return text.toString();
    }

    private String json() {
        List<String> rows = new ArrayList<>();
        for (Line line : lines) {
            rows.add(row(line));
        }
        List<String> samples = new ArrayList<>();
        measured.all()
                .forEach((run, legs) -> legs.forEach((leg, values) -> samples.add(String.format(
                        Locale.ROOT,
                        "    {\"run\": %s, \"leg\": %s, \"values\": %s}",
                        quoted(run.toString()),
                        quoted(leg),
                        values))));
        List<String> bytes = new ArrayList<>();
        memory.forEach((name, value) -> bytes.add("    " + quoted(name) + ": " + value));
        return String.join(
                "\n",
                "{",
                "  \"processor\": " + quoted(machine.processor()) + ",",
                "  \"processors\": " + machine.processors() + ",",
                "  \"system\": " + quoted(machine.system()) + ",",
                "  \"jdk\": " + quoted(machine.jdk()) + ",",
                "  \"date\": " + quoted(machine.date()) + ",",
                "  \"load\": " + machine.load() + ",",
                "  \"effort\": " + quoted(effort.name()) + ",",
                "  \"lines\": [\n" + String.join(",\n", rows) + "\n  ],",
                "  \"memory\": {\n" + String.join(",\n", bytes) + "\n  },",
                "  \"nanosecondsPerPacket\": [\n" + String.join(",\n", samples) + "\n  ]",
                "}\n");
    }

    private static String row(Line line) {
        return String.format(
                Locale.ROOT,
                "    {\"group\": %s, \"what\": %s, \"where\": %s, \"measured\": %s, \"beside\": %s, \"figure\": %s, "
                        + "\"target\": %s, \"verdict\": %s}",
                quoted(line.group()),
                quoted(line.what()),
                quoted(line.where()),
                quoted(line.measured()),
                quoted(line.beside()),
                Double.isNaN(line.figure()) ? "null" : line.figure(),
                quoted(line.target()),
                quoted(line.verdict()));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
