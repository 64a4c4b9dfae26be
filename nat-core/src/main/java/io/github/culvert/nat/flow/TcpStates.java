package io.github.culvert.nat.flow;

import io.github.culvert.nat.table.ConnectionState;
import io.github.culvert.nat.wire.TcpLayout;

/**
 * The states of a TCP session (RFC 7857 section 2, figure 1): one row a state, one column an event and its direction.
 *
 * <p>Beyond the figure, a SYN of the inside host after both FINs or a RST starts the session anew, since hosts reuse
 * their ports; a FIN state ends by RST too; and a connection may be picked up in its middle.
 *
 * <p>Deviation: in the figure any packet but a RST revives a session after a RST. Here only the inside host does that,
 * and the remote host alone brings no finished session back: else one who sends now and then what the inside host
 * answers by a RST would keep a mapping for as long as he likes (RFC 7857 section 7.1). For the same reason a session
 * that the remote host has opened, and the inside host answers by a RST, goes at once.
 */
final class TcpStates {
    private static final ConnectionState PU = ConnectionState.PICKED_UP;
    private static final ConnectionState II = ConnectionState.INIT_INSIDE;
    private static final ConnectionState IO = ConnectionState.INIT_OUTSIDE;
    private static final ConnectionState ES = ConnectionState.ESTABLISHED;
    private static final ConnectionState IF = ConnectionState.INSIDE_FIN;
    private static final ConnectionState OF = ConnectionState.OUTSIDE_FIN;
    private static final ConnectionState BF = ConnectionState.BOTH_FIN;
    private static final ConnectionState TR = ConnectionState.TRANSITORY;
    private static final ConnectionState CL = ConnectionState.CLOSED;

    private static final ConnectionState[][] TABLE = {
        //  data    SYN     SYN+ACK FIN     RST
        //  out in  out in  out in  out in  out in
        row(PU, ES, II, PU, PU, ES, BF, OF, TR, TR), // PICKED_UP
        row(II, II, II, ES, II, ES, II, II, II, II), // INIT_INSIDE
        row(IO, IO, ES, IO, ES, IO, IO, IO, CL, IO), // INIT_OUTSIDE
        row(ES, ES, ES, ES, ES, ES, IF, OF, TR, TR), // ESTABLISHED
        row(IF, IF, IF, IF, IF, IF, IF, BF, TR, TR), // INSIDE_FIN
        row(OF, OF, OF, OF, OF, OF, BF, OF, TR, TR), // OUTSIDE_FIN
        row(BF, BF, II, BF, ES, BF, BF, BF, BF, BF), // BOTH_FIN
        row(ES, TR, II, TR, ES, TR, TR, TR, TR, TR), // TRANSITORY
    };

    private static final int DATA = 0;
    private static final int SYN = 1;
    private static final int SYN_ACK = 2;
    private static final int FIN = 3;
    private static final int RST = 4;

    private static final int NEXT_MASK = 0xf;
    private static final int REFRESHES = 0x10;
    private static final int EVENT_FLAGS = 0x1f;

    private static final byte[] EVENT = events();
    private static final byte[] ENTRIES = entries();

    private TcpStates() {}

    private static ConnectionState[] row(ConnectionState... states) {
        return states;
    }

    private static byte[] events() {
        byte[] events = new byte[EVENT_FLAGS + 1];
        for (int flags = 0; flags < events.length; flags++) {
            events[flags] = (byte) event(flags);
        }
        return events;
    }

    private static int event(int flags) {
        if ((flags & TcpLayout.RST) != 0) {
            return RST;
        }
        if ((flags & TcpLayout.SYN) != 0) {
            return (flags & TcpLayout.ACK) == 0 ? SYN : SYN_ACK;
        }
        return (flags & TcpLayout.FIN) == 0 ? DATA : FIN;
    }

    private static byte[] entries() {
        byte[] entries = new byte[TABLE.length << 4];
        for (int state = 0; state < TABLE.length; state++) {
            for (int column = 0; column < TABLE[state].length; column++) {
                ConnectionState next = TABLE[state][column];
                int refreshes = refreshes(ConnectionState.of(state), next, column) ? REFRESHES : 0;
                entries[state << 4 | column] = (byte) (next.ordinal() | refreshes);
            }
        }
        return entries;
    }

    /**
     * What changes the state does, and all that comes while a connection is up. Otherwise only what an inside host does
     * to open a connection, or to go on with one: where a session waits for its end, nothing does (RFC 5382 REQ-5).
     */
    private static boolean refreshes(ConnectionState state, ConnectionState next, int column) {
        int event = column >>> 1;
        boolean outbound = (column & 1) == 0;
        boolean opens = state == II && (event == SYN || event == SYN_ACK);
        boolean goesOn = state == PU && event == DATA;
        return next != state || next.isLong() || outbound && (opens || goesOn);
    }

    private static int entry(int state, int flags, int direction) {
        return ENTRIES[state << 4 | EVENT[flags & EVENT_FLAGS] << 1 | direction];
    }

    /** The state after a segment: the ordinal of a {@link ConnectionState}. */
    static int next(int state, int flags, int direction) {
        return entry(state, flags, direction) & NEXT_MASK;
    }

    /** Whether a segment restarts the timeout. */
    static boolean refreshes(int state, int flags, int direction) {
        return (entry(state, flags, direction) & REFRESHES) != 0;
    }
}
