package io.github.culvert.nat.flow;

import static io.github.culvert.nat.table.ConnectionState.BOTH_FIN;
import static io.github.culvert.nat.table.ConnectionState.ESTABLISHED;
import static io.github.culvert.nat.table.ConnectionState.INIT_INSIDE;
import static io.github.culvert.nat.table.ConnectionState.INIT_OUTSIDE;
import static io.github.culvert.nat.table.ConnectionState.INSIDE_FIN;
import static io.github.culvert.nat.table.ConnectionState.OUTSIDE_FIN;
import static io.github.culvert.nat.table.ConnectionState.TRANSITORY;

import io.github.culvert.nat.table.ConnectionState;

/**
 * The states of a TCP session (RFC 7857 section 2, figure 1): one row a state, one column an event and its direction.
 *
 * <p>Beyond the figure, a SYN of the inside host after both FINs or a RST starts the session anew, since hosts reuse
 * their ports; and so does one of the remote host, where a mapping lets it in.
 */
final class TcpStates {
    private static final int EVENTS = 4;
    private static final int REFRESHES = 8;

    /** No SYN, FIN or RST; a SYN; a FIN; a RST: each by the inside host, then by the remote host. */
    private static final ConnectionState[][] TABLE = {
        //                 data out      data in       SYN out       SYN in        FIN out      FIN in       RST out
        //   RST in
        row(
                ConnectionState.OPEN,
                ConnectionState.OPEN,
                INIT_INSIDE,
                INIT_OUTSIDE,
                ConnectionState.OPEN,
                ConnectionState.OPEN,
                ConnectionState.OPEN,
                ConnectionState.OPEN),
        row(INIT_INSIDE, INIT_INSIDE, INIT_INSIDE, ESTABLISHED, INIT_INSIDE, INIT_INSIDE, INIT_INSIDE, INIT_INSIDE),
        row(
                INIT_OUTSIDE,
                INIT_OUTSIDE,
                ESTABLISHED,
                INIT_OUTSIDE,
                INIT_OUTSIDE,
                INIT_OUTSIDE,
                INIT_OUTSIDE,
                INIT_OUTSIDE),
        row(ESTABLISHED, ESTABLISHED, ESTABLISHED, ESTABLISHED, INSIDE_FIN, OUTSIDE_FIN, TRANSITORY, TRANSITORY),
        row(INSIDE_FIN, INSIDE_FIN, INSIDE_FIN, INSIDE_FIN, INSIDE_FIN, BOTH_FIN, TRANSITORY, TRANSITORY),
        row(OUTSIDE_FIN, OUTSIDE_FIN, OUTSIDE_FIN, OUTSIDE_FIN, BOTH_FIN, OUTSIDE_FIN, TRANSITORY, TRANSITORY),
        row(BOTH_FIN, BOTH_FIN, INIT_INSIDE, INIT_OUTSIDE, BOTH_FIN, BOTH_FIN, BOTH_FIN, BOTH_FIN),
        row(ESTABLISHED, ESTABLISHED, INIT_INSIDE, INIT_OUTSIDE, TRANSITORY, TRANSITORY, TRANSITORY, TRANSITORY),
    };

    /** The event by the three low flag bits: RST before SYN before FIN. */
    private static final int[] EVENT = {0, 2, 1, 1, 3, 3, 3, 3};

    private static final byte[] NEXT = flat();

    private TcpStates() {}

    private static ConnectionState[] row(ConnectionState... states) {
        return states;
    }

    private static byte[] flat() {
        byte[] flat = new byte[TABLE.length * EVENTS * 2];
        for (int i = 0; i < flat.length; i++) {
            ConnectionState state = ConnectionState.of(i >>> 3);
            ConnectionState next = TABLE[i >>> 3][i & 7];
            boolean syn = (i >>> 1 & 3) == 1;
            flat[i] = (byte) (next.ordinal() | (syn || next != state || next.isLong() ? REFRESHES : 0));
        }
        return flat;
    }

    private static int entry(int state, int flags, int direction) {
        return NEXT[state << 3 | EVENT[flags & 7] << 1 | direction];
    }

    /** The state after a segment: the ordinal of a {@link ConnectionState}. */
    static int next(int state, int flags, int direction) {
        return entry(state, flags, direction) & REFRESHES - 1;
    }

    /**
     * Whether a segment restarts the timeout: not one that leaves a session where it waits for its end, or where only
     * one side has spoken (RFC 6146 section 3.5.2.2).
     */
    static boolean refreshes(int state, int flags, int direction) {
        return (entry(state, flags, direction) & REFRESHES) != 0;
    }
}
