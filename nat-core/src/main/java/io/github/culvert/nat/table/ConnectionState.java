package io.github.culvert.nat.table;

import io.github.culvert.nat.mapping.SessionState;

/** The state of a TCP session as its record holds it: three bits, which are 0 in sessions of other protocols. */
public enum ConnectionState {
    /** Picked up in its middle: only the inside host has spoken. */
    PICKED_UP(SessionState.TRANSITORY, TimeoutClass.TCP_RESET),
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
    /** One has sent a RST, or nobody has sent anything for the timeout of an established connection. */
    TRANSITORY(SessionState.TRANSITORY, TimeoutClass.TCP_RESET),
    /** Over. No record holds it: the session goes at once. */
    CLOSED(SessionState.TRANSITORY, TimeoutClass.TCP_RESET);

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

    /** Whether the connection was seen to close with a FIN of both sides; what is no connection never is. */
    public boolean isClosed() {
        return switch (this) {
            case BOTH_FIN, CLOSED -> true;
            case PICKED_UP, INIT_INSIDE, INIT_OUTSIDE, ESTABLISHED, INSIDE_FIN, OUTSIDE_FIN, TRANSITORY -> false;
        };
    }

    /** The timeout of a TCP session in this state. */
    public TimeoutClass timeout() {
        return timeout;
    }
}
