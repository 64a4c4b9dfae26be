package io.github.culvert.nat.testkit.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The requirements, in the order of the list. */
final class RequirementList {
    private static final String RESOURCE = "/conformance/requirements.txt";

    private RequirementList() {}

    /** The list of this project. */
    static List<Requirement> ofProject() {
        var stream = Objects.requireNonNull(RequirementList.class.getResourceAsStream(RESOURCE), RESOURCE);
        try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return parse(lines.lines());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a list: a requirement a line, between them empty lines and comments that begin with {@code #}.
     *
     * @throws IllegalArgumentException if a line is no requirement, or an id stands twice
     */
    static List<Requirement> parse(Stream<String> lines) {
        Map<String, Requirement> found = new LinkedHashMap<>();
        lines.map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(Requirement::parse)
                .forEach(requirement -> addOnce(found, requirement));
        return List.copyOf(found.values());
    }

    private static void addOnce(Map<String, Requirement> found, Requirement requirement) {
        if (found.put(requirement.id(), requirement) != null) {
            throw new IllegalArgumentException(requirement.id() + " stands twice in the list");
        }
    }
}
