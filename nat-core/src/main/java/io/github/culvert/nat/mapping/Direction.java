package io.github.culvert.nat.mapping;

/** Which way a packet of a session travels (RFC 3022 section 2). Selects data, never code. */
public enum Direction {
    /** From the inside to the outside. */
    OUTBOUND,
    /** From the outside to the inside. */
    INBOUND
}
