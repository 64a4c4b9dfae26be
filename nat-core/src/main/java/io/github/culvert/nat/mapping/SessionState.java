package io.github.culvert.nat.mapping;

/** What a session is in; all but {@link #OPEN} are the TCP states of RFC 7857 section 2, figure 1. */
public enum SessionState {
    /** A session without connection state: UDP, ICMP. */
    OPEN,
    /** A SYN of one side was seen. */
    INIT,
    /** A SYN of both sides was seen. */
    ESTABLISHED,
    /** The inside host has sent its FIN. */
    INSIDE_FIN,
    /** The remote host has sent its FIN. */
    OUTSIDE_FIN,
    /** Both have sent a FIN; the session goes after the closing timeout. */
    BOTH_FIN,
    /** A RST was seen; traffic revives the session, silence ends it. */
    TRANSITORY
}
