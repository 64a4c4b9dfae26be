package io.github.culvert.nat.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.testkit.conformance.Evidence.Result;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConformanceTableTest {
    private static Evidence evidence(String id, String method, Result result) {
        return new Evidence(id, "org.example.SomeTest." + method, "unit", result);
    }

    private static ConformanceTable table(String line, Evidence... evidence) {
        return ConformanceTable.of(RequirementList.parse(Stream.of(line)), List.of(evidence));
    }

    @ParameterizedTest
    @CsvSource({
        "'', PASSED, SHOWN",
        "'', SKIPPED, OPEN",
        "'', FAILED, FAILED",
        "| partly: why, PASSED, PARTLY",
        "| partly: why, SKIPPED, OPEN",
        "| not applicable: why, SKIPPED, NOT_APPLICABLE"
    })
    void theStateFollowsTheTests(String declared, Result result, Row.State state) {
        var table = table("SEC-01 | own | MUST | words " + declared, evidence("SEC-01", "shows", result));

        assertThat(table.rows()).extracting(Row::state).containsExactly(state);
    }

    @Test
    void withoutATestARequirementIsOpen() {
        assertThat(table("SEC-01 | own | MUST | words").rows())
                .extracting(Row::state)
                .containsExactly(Row.State.OPEN);
    }

    @Test
    void anUnknownIdIsAProblem() {
        assertThat(table("SEC-01 | own | MUST | words", evidence("SEC-99", "typo", Result.PASSED))
                        .problems())
                .containsExactly("org.example.SomeTest.typo names SEC-99, which is not in the list of requirements");
    }

    @Test
    void aFailedTestIsAProblemEvenIfAnotherPassed() {
        var table = table(
                "SEC-01 | own | MUST | words",
                evidence("SEC-01", "good", Result.PASSED),
                evidence("SEC-01", "bad", Result.FAILED));

        assertThat(table.problems()).containsExactly("org.example.SomeTest.bad failed (unit), so SEC-01 does not hold");
    }

    @Test
    void aTestOfWhatIsNotApplicableIsAProblem() {
        assertThat(table("SEC-01 | own | MUST | words | not applicable: why", evidence("SEC-01", "a", Result.PASSED))
                        .problems())
                .hasSize(1);
    }

    @Test
    void theReportNamesStateReasonAndTests() {
        var table = table(
                "SEC-01 | RFC 1 §2 | MUST | some \"words\" | partly: why",
                evidence("SEC-01", "b", Result.PASSED),
                evidence("SEC-01", "a", Result.PASSED),
                evidence("SEC-01", "a", Result.PASSED));

        assertThat(ConformanceReport.markdown(table))
                .contains("1 requirements: 0 shown, 1 partly, 0 open, 0 not applicable, 0 failed.")
                .contains("| SEC-01 | RFC 1 §2 | MUST | some \"words\" | partly: why | `SomeTest.a`, `SomeTest.b` |");
        assertThat(ConformanceReport.json(table)).isEqualTo("""
                [
                {"id": "SEC-01", "source": "RFC 1 §2", "priority": "MUST", "requirement": "some \\"words\\"", \
                "state": "partly", "reason": "why", \
                "tests": ["org.example.SomeTest.a", "org.example.SomeTest.b"]}
                ]
                """);
    }
}
