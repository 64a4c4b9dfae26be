package io.github.culvert.nat.testkit.conformance;

import io.github.culvert.nat.testkit.conformance.Evidence.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All requirements, each with what the tests said about it.
 *
 * @param rows in the order of the list
 * @param problems what contradicts the list: such a table must fail the build
 */
record ConformanceTable(List<Row> rows, List<String> problems) {
    static ConformanceTable of(List<Requirement> requirements, List<Evidence> evidence) {
        Map<String, List<Evidence>> byId = evidence.stream().collect(Collectors.groupingBy(Evidence::id));
        List<Row> rows = requirements.stream()
                .map(requirement -> new Row(requirement, byId.getOrDefault(requirement.id(), List.of())))
                .toList();
        return new ConformanceTable(rows, problems(rows, evidence));
    }

    private static List<String> problems(List<Row> rows, List<Evidence> evidence) {
        Set<String> known = rows.stream().map(row -> row.requirement().id()).collect(Collectors.toSet());
        List<String> problems = new ArrayList<>();
        evidence.stream()
                .filter(entry -> !known.contains(entry.id()))
                .map(entry -> entry.test() + " names " + entry.id() + ", which is not in the list of requirements")
                .forEach(problems::add);
        evidence.stream()
                .filter(entry -> entry.result() == Result.FAILED)
                .map(entry -> entry.test() + " failed (" + entry.run() + "), so " + entry.id() + " does not hold")
                .forEach(problems::add);
        rows.stream()
                .filter(row -> row.state() == Row.State.NOT_APPLICABLE
                        && !row.evidence().isEmpty())
                .map(row -> row.requirement().id() + " is declared not applicable, yet tested by "
                        + row.evidence().get(0).test())
                .forEach(problems::add);
        return problems.stream().distinct().sorted().toList();
    }

    long count(Row.State state) {
        return rows.stream().filter(row -> row.state() == state).count();
    }
}
