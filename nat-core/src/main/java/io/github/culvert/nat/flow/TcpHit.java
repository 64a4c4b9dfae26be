package io.github.culvert.nat.flow;

import io.github.culvert.nat.config.MssClamp;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.PathPolicy;
import io.github.culvert.nat.config.TcpPolicy;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.MssOption;
import io.github.culvert.nat.table.ConnectionState;
import io.github.culvert.nat.table.Record;
import io.github.culvert.nat.wire.Ipv4Layout;
import io.github.culvert.nat.wire.TcpLayout;
import java.nio.ByteBuffer;

/**
 * What a TCP segment and its session do to each other: the connection moves on, and a SYN has its MSS option lowered.
 * Direction is 0 outbound, 1 inbound, and selects data. Not safe for use by several threads.
 */
final class TcpHit {
    /** The segment does not restart the timeout. */
    static final int KEEPS = 0;
    /** The segment restarts the timeout. */
    static final int REFRESHES = -1;
    /** The session is over once the segment is through. */
    static final int CLOSES = 1;

    private static final int ESTABLISHED = ConnectionState.ESTABLISHED.ordinal();
    private static final int CLOSED = ConnectionState.CLOSED.ordinal();
    private static final int CONNECTION_FLAGS = TcpLayout.SYN | TcpLayout.FIN | TcpLayout.RST;
    private static final int HEADERS = Ipv4Layout.OPTIONS + TcpLayout.OPTIONS;
    private static final int ANY = 0xffff;

    /** The largest MSS of a SYN in a direction. */
    private final int[] most;

    TcpHit(NatConfig config) {
        TcpPolicy tcp = config.tcp();
        PathPolicy path = config.path();
        most = new int[] {most(tcp.mssFromInside(), path.outsideMtu()), most(tcp.mssFromOutside(), path.insideMtu())};
    }

    private static int most(MssClamp clamp, int mtu) {
        if (clamp instanceof MssClamp.To to) {
            return to.bytes();
        }
        return clamp instanceof MssClamp.ToMtu ? mtu - HEADERS : ANY;
    }

    /** Whether a segment leaves its connection as it is, and only restarts the timeout; nearly all do. */
    static boolean isPlain(Header header, int direction, ByteBuffer chunk, int at) {
        return goesOn(header, chunk, at) && HighWater.isKept(header, direction, chunk, at);
    }

    private static boolean goesOn(Header header, ByteBuffer chunk, int at) {
        return (header.flags & CONNECTION_FLAGS) == 0 && Record.state(Record.ids(chunk, at)) == ESTABLISHED;
    }

    /** Takes a segment into account, and gives what that means for the session. */
    static int meet(Header header, int direction, ChecksumStatus checksum, ByteBuffer chunk, int at) {
        HighWater.follow(header, direction, checksum, chunk, at);
        return goesOn(header, chunk, at) ? REFRESHES : move(header, direction, checksum, chunk, at);
    }

    /** Lowers the MSS option of a SYN that passes. */
    void clamp(Header header, int direction, ChecksumStatus checksum) {
        if (most[direction] != ANY) {
            MssOption.lower(header, most[direction], checksum);
        }
    }

    private static int move(Header header, int direction, ChecksumStatus checksum, ByteBuffer chunk, int at) {
        long ids = Record.ids(chunk, at);
        int state = Record.state(ids);
        int next = TcpStates.next(state, header.flags, direction);
        if (next != state) {
            if (!HighWater.isRight(header, checksum)) {
                return KEEPS;
            }
            if (next == CLOSED) {
                return CLOSES;
            }
            Record.ids(chunk, at, Record.withState(ids, next));
            int timeout = ConnectionState.of(next).timeout().ordinal();
            Record.place(chunk, at, Record.withTimeoutClass(Record.place(chunk, at), timeout));
        }
        return TcpStates.refreshes(state, header.flags, direction) ? REFRESHES : KEEPS;
    }
}
