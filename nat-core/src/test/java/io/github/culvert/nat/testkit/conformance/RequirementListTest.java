package io.github.culvert.nat.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequirementListTest {
    private static final String LINE = "NAT-CKS-04 | RFC 768 | MUST | Zero stays zero";

    @Test
    void theListOfTheProjectIsWhole() {
        assertThat(RequirementList.ofProject())
                .hasSize(235)
                .filteredOn(requirement -> requirement.priority() == Priority.MUST)
                .hasSize(166);
    }

    @Test
    void aLineIsARequirement() {
        assertThat(RequirementList.parse(Stream.of("# comment", "", LINE)))
                .containsExactly(
                        new Requirement("NAT-CKS-04", "RFC 768", Priority.MUST, "Zero stays zero", Coverage.WHOLE, ""));
    }

    @Test
    void aLineMayDeclareWhatTestsCannotShow() {
        assertThat(RequirementList.parse(Stream.of(LINE + " | partly: not for TCP")))
                .first()
                .satisfies(requirement -> {
                    assertThat(requirement.coverage()).isEqualTo(Coverage.PARTLY);
                    assertThat(requirement.reason()).isEqualTo("not for TCP");
                });
        assertThat(RequirementList.parse(Stream.of(LINE + " | not applicable: no UDP")))
                .extracting(Requirement::coverage)
                .containsExactly(Coverage.NOT_APPLICABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NAT-CKS-04 | RFC 768 | MUST",
                "NAT-CKS-4 | RFC 768 | MUST | words",
                "NAT-CKS-04 | RFC 768 | PERHAPS | words",
                "NAT-CKS-04 |  | MUST | words",
                "NAT-CKS-04 | RFC 768 | MUST | words | done",
                "NAT-CKS-04 | RFC 768 | MUST | words | partly:",
                "NAT-CKS-04 | RFC 768 | MUST | words | partly: why | more"
            })
    void whatIsNoRequirementIsAnError(String line) {
        assertThatIllegalArgumentException().isThrownBy(() -> RequirementList.parse(Stream.of(line)));
    }

    @Test
    void anIdStandsOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RequirementList.parse(Stream.of(LINE, LINE)))
                .withMessageContaining("NAT-CKS-04");
    }
}
