package io.github.culvert.nat.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.testkit.conformance.Evidence.Result;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CompleteGroupsTest {
    private static final List<Requirement> LIST = RequirementList.parse(Stream.of(
            "SEC-01 | own | MUST | one",
            "SEC-02 | own | MUST | two",
            "SEC-03 | own | SHOULD | three",
            "VPN-01 | own | MUST | four"));

    private static List<String> problems(String prefixes) {
        var shown = new Evidence("SEC-01", "org.example.SomeTest.shows", "unit", Result.PASSED);
        return CompleteGroups.parse(prefixes.lines()).problems(ConformanceTable.of(LIST, List.of(shown)));
    }

    @Test
    void whatBlocksAReleaseMustBeShown() {
        assertThat(problems("# done\nSEC-\n")).containsExactly("SEC-02 is declared complete, but no test shows it");
        assertThat(problems("SEC-01\nSEC-03")).isEmpty();
    }

    @Test
    void anEntryThatMeansNothingIsAProblem() {
        assertThat(problems("SEK-")).containsExactly("SEK- begins no id of the list of requirements");
    }

    @Test
    void theListOfTheProjectNamesRequirements() {
        var table = ConformanceTable.of(RequirementList.ofProject(), List.of());
        assertThat(CompleteGroups.ofProject().problems(table))
                .allMatch(problem -> problem.contains("no test shows it"));
    }
}
