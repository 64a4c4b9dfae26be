package io.github.culvert.nat.config;

/** What happens when the public address of an inside host has no identifier left (RFC 7857 section 4). */
public enum Pairing {
    /** New flows are refused: all flows of a host use one public address (RFC 4787 REQ-2). */
    STRICT,
    /**
     * The host goes over to another public address with all its new flows, and an event says that the pairing broke; what
     * it has at the old one stays. Up to 16 other addresses are tried for one flow.
     */
    FALL_OVER
}
