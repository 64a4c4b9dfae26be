package io.github.culvert.nat.testkit.conformance;

/**
 * What one test said about one requirement in one run.
 *
 * @param id the requirement
 * @param test class and method
 * @param run which of the runs of a module it was, such as {@code unit}
 * @param result what came of it
 */
record Evidence(String id, String test, String run, Result result) {
    /** What came of a test; of several invocations, the one named last here counts. */
    enum Result {
        SKIPPED,
        PASSED,
        FAILED;

        Result and(Result other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    String line() {
        return String.join("\t", id, test, run, result.name());
    }

    static Evidence parse(String line) {
        String[] fields = line.split("\t", -1);
        return new Evidence(fields[0], fields[1], fields[2], Result.valueOf(fields[3]));
    }
}
