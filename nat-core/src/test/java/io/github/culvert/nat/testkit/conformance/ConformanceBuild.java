package io.github.culvert.nat.testkit.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The step of the build, after the tests of all modules, that makes the conformance table. */
public final class ConformanceBuild {
    /** Deep enough for {@code examples/gateway/target/evidence}. */
    private static final int DEPTH = 4;

    private ConformanceBuild() {}

    /**
     * Gathers the evidence of all modules, writes {@code conformance.md} and {@code conformance.json} and fails if the
     * evidence contradicts the list, or what is complete is not shown.
     *
     * @param args the root of the project, and the directory to write to
     * @throws IOException if a file cannot be read or written
     * @throws IllegalStateException if a tag names an unknown requirement, or a test with such a tag failed, or a
     *     requirement that is complete has no test
     */
    public static void main(String[] args) throws IOException {
        Path output = Path.of(args[1]);
        ConformanceTable table = write(Path.of(args[0]), output);
        System.out.println(ConformanceReport.summary(table) + " See " + output.resolve("conformance.md"));
        requireNoProblems(table);
        requireComplete(table);
    }

    private static void requireComplete(ConformanceTable table) {
        List<String> problems = CompleteGroups.ofProject().problems(table);
        if (!problems.isEmpty()) {
            throw new IllegalStateException("what was complete is not any more:\n" + String.join("\n", problems));
        }
    }

    static ConformanceTable write(Path root, Path output) throws IOException {
        ConformanceTable table = ConformanceTable.of(RequirementList.ofProject(), evidenceUnder(root));
        Files.createDirectories(output);
        Files.writeString(output.resolve("conformance.md"), ConformanceReport.markdown(table));
        Files.writeString(output.resolve("conformance.json"), ConformanceReport.json(table));
        return table;
    }

    static void requireNoProblems(ConformanceTable table) {
        if (!table.problems().isEmpty()) {
            throw new IllegalStateException(
                    "the tests contradict the list of requirements:\n" + String.join("\n", table.problems()));
        }
    }

    static List<Evidence> evidenceUnder(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root, DEPTH + 1)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".tsv"))
                    .filter(file -> file.getParent().endsWith("target/evidence"))
                    .sorted()
                    .filter(ConformanceBuild::isOfAnExistingClass)
                    .flatMap(ConformanceBuild::linesOf)
                    .map(Evidence::parse)
                    .toList();
        }
    }

    /** Evidence of a test class that was removed since does not count: the build keeps old files until it is cleaned. */
    private static boolean isOfAnExistingClass(Path file) {
        String name = file.getFileName().toString().replaceFirst("\\.[^.]*\\.tsv$", "");
        Path classes = file.resolveSibling("../test-classes").normalize();
        return Files.exists(classes.resolve(name.replace('.', '/') + ".class"));
    }

    private static Stream<String> linesOf(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
