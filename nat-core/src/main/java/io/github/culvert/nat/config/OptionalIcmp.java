package io.github.culvert.nat.config;

/** ICMP types that a NAT may pass or not (RFC 5508 REQ-10). */
public enum OptionalIcmp {
    /** Redirect, type 5. */
    REDIRECT,
    /** Parameter problem, type 12. */
    PARAMETER_PROBLEM,
    /** Timestamp and its reply, types 13 and 14; a query like echo. */
    TIMESTAMP
}
