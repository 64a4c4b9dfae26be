package io.github.culvert.benchmarks.report;

import io.github.culvert.benchmarks.memory.MemoryMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Measures memory, in virtual machines of their own like the benchmarks. */
final class Growth {
    private final Effort effort;
    private final Map<String, Double> results = new TreeMap<>();

    Growth(Effort effort) {
        this.effort = effort;
    }

    Map<String, Double> run() throws IOException, InterruptedException {
        start("sessions", Integer.toString(effort.memoryStep));
        start("further");
        start("opening", Integer.toString(effort.growths));
        return results;
    }

    /** The serial collector, since it leaves nothing behind. */
    private void start(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-Xmx1g", "-cp", System.getProperty("java.class.path")));
        command.add(MemoryMain.class.getName());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int space = line.indexOf(' ');
                results.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
            }
        }
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " ended with status " + process.exitValue());
        }
    }
}
