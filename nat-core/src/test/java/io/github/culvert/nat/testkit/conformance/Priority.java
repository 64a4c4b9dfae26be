package io.github.culvert.nat.testkit.conformance;

/** How much a requirement matters. */
enum Priority {
    /** Blocks a release. */
    MUST,
    /** Holds by default. */
    SHOULD,
    /** More than is usual. */
    BEYOND
}
