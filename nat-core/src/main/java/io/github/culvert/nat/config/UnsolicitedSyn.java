package io.github.culvert.nat.config;

/** What an unsolicited SYN gets when nobody inside has opened the connection in time (RFC 5382 REQ-4a). */
public enum UnsolicitedSyn {
    /** A port unreachable message. */
    ICMP,
    /** Nothing. */
    SILENT
}
