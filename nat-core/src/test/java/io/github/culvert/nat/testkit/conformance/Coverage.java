package io.github.culvert.nat.testkit.conformance;

/** How much of a requirement tests are meant to show, as the list declares it. */
enum Coverage {
    /** All of it: nothing is declared. */
    WHOLE(""),
    /** A part; the reason says which part is missing and why. */
    PARTLY("partly:"),
    /** None; the reason says why. */
    NOT_APPLICABLE("not applicable:");

    private final String prefix;

    Coverage(String prefix) {
        this.prefix = prefix;
    }

    /** How a declaration in the list begins. */
    String prefix() {
        return prefix;
    }
}
