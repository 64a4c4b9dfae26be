package io.github.culvert.benchmarks.report;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A benchmark to run with certain parameters.
 *
 * @param benchmark the simple name of its class
 * @param parameters its parameters by name
 */
record Run(String benchmark, Map<String, String> parameters) {
    Run {
        parameters = Map.copyOf(parameters);
    }

    static Run of(String benchmark) {
        return new Run(benchmark, Map.of());
    }

    static Run of(String benchmark, String name, Object value) {
        return new Run(benchmark, Map.of(name, value.toString()));
    }

    static Run of(String benchmark, int sessions, Object buffers) {
        return new Run(benchmark, Map.of("sessions", Integer.toString(sessions), "buffers", buffers.toString()));
    }

    /** The group that it belongs to, as the command line calls it: the first word of its name. */
    String group() {
        return benchmark.split("(?<=[a-z])(?=[A-Z])", 2)[0].toLowerCase(java.util.Locale.ROOT);
    }

    static List<String> groups(List<Run> runs) {
        return runs.stream().map(Run::group).distinct().toList();
    }

    @Override
    public String toString() {
        return benchmark + new TreeMap<>(parameters);
    }
}
