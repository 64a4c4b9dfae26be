package io.github.culvert.nat.table;

import io.github.culvert.nat.mapping.SessionState;

/** The state of a session as its record holds it: three bits. */
public enum ConnectionState {
    /** No connection state. */
    OPEN(SessionState.OPEN, TimeoutClass.UDP),
    /** The inside host has sent a SYN. */
    INIT_INSIDE(SessionState.INIT, TimeoutClass.TCP_OPENING),
    /** The remote host has sent a SYN. */
    INIT_OUTSIDE(SessionState.INIT, TimeoutClass.TCP_OPENING),
    /** Both have sent a SYN. */
    ESTABLISHED(SessionState.ESTABLISHED, TimeoutClass.TCP_ESTABLISHED),
    /** The inside host has sent a FIN. */
    INSIDE_FIN(SessionState.INSIDE_FIN, TimeoutClass.TCP_ESTABLISHED),
    /** The remote host has sent a FIN. */
    OUTSIDE_FIN(SessionState.OUTSIDE_FIN, TimeoutClass.TCP_ESTABLISHED),
    /** Both have sent a FIN. */
    BOTH_FIN(SessionState.BOTH_FIN, TimeoutClass.TCP_CLOSING),
    /** One has sent a RST. */
    TRANSITORY(SessionState.TRANSITORY, TimeoutClass.TCP_RESET);

    private static final ConnectionState[] ALL = values();

    private final SessionState shown;
    private final TimeoutClass timeout;

    ConnectionState(SessionState shown, TimeoutClass timeout) {
        this.shown = shown;
        this.timeout = timeout;
    }

    /** The state of a number. */
    public static ConnectionState of(int ordinal) {
        return ALL[ordinal];
    }

    /** What users see of it. */
    public SessionState shown() {
        return shown;
    }

    /** Whether the connection is up, at least one way. */
    public boolean isLong() {
        return timeout == TimeoutClass.TCP_ESTABLISHED;
    }

    /** Whether the connection was seen to close: what has none never is. */
    public boolean isClosed() {
        return timeout == TimeoutClass.TCP_CLOSING || timeout == TimeoutClass.TCP_RESET;
    }

    /** The timeout of a TCP session in this state. */
    public TimeoutClass timeout() {
        return timeout;
    }
}
