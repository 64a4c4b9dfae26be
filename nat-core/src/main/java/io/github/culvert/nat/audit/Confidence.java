package io.github.culvert.nat.audit;

/** How sure a finding is. */
public enum Confidence {
    /** A port or an address pattern alone. */
    HINT,
    /** Bytes that fit. */
    LIKELY,
    /** A dialogue of both sides that fits. */
    CERTAIN
}
