package io.github.culvert.nat.testkit.conformance;

import io.github.culvert.nat.testkit.conformance.Evidence.Result;
import java.util.List;

/**
 * A requirement and what the tests said about it.
 *
 * @param requirement the requirement
 * @param evidence what tests said, one entry for each test and run
 */
record Row(Requirement requirement, List<Evidence> evidence) {
    /** Where a requirement stands. */
    enum State {
        SHOWN("shown"),
        PARTLY("partly"),
        OPEN("open"),
        NOT_APPLICABLE("not applicable"),
        FAILED("failed");

        private final String words;

        State(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    State state() {
        if (any(Result.FAILED)) {
            return State.FAILED;
        }
        return switch (requirement.coverage()) {
            case NOT_APPLICABLE -> State.NOT_APPLICABLE;
            case PARTLY -> any(Result.PASSED) ? State.PARTLY : State.OPEN;
            case WHOLE -> any(Result.PASSED) ? State.SHOWN : State.OPEN;
        };
    }

    /** The tests that passed, without repetition, in alphabetical order. */
    List<String> tests() {
        return evidence.stream()
                .filter(entry -> entry.result() == Result.PASSED)
                .map(Evidence::test)
                .distinct()
                .sorted()
                .toList();
    }

    private boolean any(Result result) {
        return evidence.stream().anyMatch(entry -> entry.result() == result);
    }
}
