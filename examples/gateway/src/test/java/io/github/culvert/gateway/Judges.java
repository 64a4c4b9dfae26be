package io.github.culvert.gateway;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Independent programs that judge our files, and the captures that are judged, where they are there. */
public final class Judges {
    private static final String CAPTURES = "culvert.captures";

    private Judges() {}

    /** Whether all these programs are on the path. */
    public static boolean present(String... programs) {
        String[] folders = System.getenv().getOrDefault("PATH", "").split(":");
        return Arrays.stream(programs)
                .allMatch(program -> Arrays.stream(folders).anyMatch(f -> Files.isExecutable(Path.of(f, program))));
    }

    /**
     * The captures that lie beside the project, in ../shared/captures or where the system property culvert.captures
     * says; the folder alone where there are none, for {@link #assumeCapture} to skip.
     */
    public static Stream<Path> sharedCaptures() {
        Path folder = captureFolder();
        if (!Files.isDirectory(folder)) {
            return Stream.of(folder);
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.pcap(ng)?")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Skips the test where there are no captures. */
    public static void assumeCapture(Path capture) {
        assumeTrue(
                Files.isRegularFile(capture),
                "left out: no captures in " + capture + " (-D" + CAPTURES + "=FOLDER names another folder)");
    }

    /** Where captures are looked for. */
    public static Path captureFolder() {
        String named = System.getProperty(CAPTURES);
        if (named != null) {
            return Path.of(named);
        }
        Path root = Path.of("").toAbsolutePath();
        while (root.getParent() != null && !Files.isDirectory(root.resolve("nat-core"))) {
            root = root.getParent();
        }
        return root.resolveSibling("shared").resolve("captures");
    }

    /** One line for each packet, with the first value of each field, separated by tabs; all checksums are checked. */
    public static List<String> tshark(Path capture, String... fields) {
        List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", capture.toString(), "-T", "fields"));
        command.addAll(List.of("-E", "occurrence=f"));
        for (String protocol : List.of("ip", "tcp", "udp")) {
            command.addAll(List.of("-o", protocol + ".check_checksum:TRUE"));
        }
        for (String field : fields) {
            command.addAll(List.of("-e", field));
        }
        return run(command.toArray(String[]::new));
    }

    /** The lines that a program prints; fails unless it ends well. */
    public static List<String> run(String... command) {
        try {
            Path errors = Files.createTempFile("judge", ".err");
            Process process =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = process.waitFor();
            String complaint = Files.readString(errors);
            Files.delete(errors);
            if (exit != 0) {
                throw new AssertionError(String.join(" ", command) + " ended with " + exit + ": " + complaint);
            }
            return printed.isEmpty() ? List.of() : List.of(printed.split("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
