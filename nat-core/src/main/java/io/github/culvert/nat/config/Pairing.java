package io.github.culvert.nat.config;

/** What happens when the public address of an inside host has no identifier left (RFC 7857 section 4). */
public enum Pairing {
    /** New flows are refused: all flows of a host use one public address (RFC 4787 REQ-2). */
    STRICT,
    /** New flows use another public address; an event says that the pairing broke. */
    FALL_OVER
}
