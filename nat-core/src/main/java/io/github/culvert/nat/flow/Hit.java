package io.github.culvert.nat.flow;

import io.github.culvert.nat.config.PathPolicy;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Rewrite;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.table.ConnectionState;
import io.github.culvert.nat.table.FlowTable;
import io.github.culvert.nat.table.Record;
import io.github.culvert.nat.verdict.Verdict;
import io.github.culvert.nat.wire.Ipv4Layout;
import io.github.culvert.nat.wire.TcpLayout;
import io.github.culvert.nat.wire.TransportSum;
import java.nio.ByteBuffer;

/**
 * A packet meets its session: it is judged by the path, followed by the session's state, counted and rewritten. Direction
 * is 0 outbound, 1 inbound, and selects data. Not safe for use by several threads.
 */
final class Hit {
    /** The session's time is up: nothing was done. */
    static final int EXPIRED = Integer.MIN_VALUE;

    private static final int TTL_EXPIRED = Verdict.refused(Refusal.TTL_EXPIRED);
    private static final int TOO_BIG = Verdict.refused(Refusal.TOO_BIG);
    private static final int ESTABLISHED = ConnectionState.ESTABLISHED.ordinal();
    private static final int CONNECTION_FLAGS = TcpLayout.SYN | TcpLayout.FIN | TcpLayout.RST;

    private final FlowTable table;
    private final int leastTtl;
    private final int hop;
    private final int outsideMtu;
    private final int insideMtu;
    private final int leastMtu;

    Hit(FlowTable table, PathPolicy path) {
        this.table = table;
        this.leastTtl = path.hop() ? 2 : 0;
        this.hop = path.hop() ? 1 : 0;
        this.outsideMtu = path.outsideMtu();
        this.insideMtu = path.insideMtu();
        this.leastMtu = Math.min(outsideMtu, insideMtu);
    }

    /**
     * 0, or the verdict for a packet that has no hop left, or is too large for the side it leaves on and must not be cut.
     */
    int fits(Header header, int direction) {
        if (Ipv4Layout.ttl(header.word1) < leastTtl) {
            return TTL_EXPIRED;
        }
        return header.total > leastMtu && isTooBig(header, direction) ? TOO_BIG : 0;
    }

    /** Whether a translated packet has to be cut before it leaves; one that came in fragments leaves in them. */
    boolean mustBeCut(Header header, int verdict) {
        return header.total > leastMtu
                && Verdict.isForwarded(verdict)
                && header.total > mtu(verdict)
                && !header.assembled;
    }

    int mtu(int direction) {
        return direction == Verdict.OUTBOUND ? outsideMtu : insideMtu;
    }

    private boolean isTooBig(Header header, int direction) {
        boolean hairpins = direction == Verdict.OUTBOUND && table.publicIndex(header.destination()) >= 0;
        int leaves = hairpins ? Verdict.INBOUND : direction;
        boolean whole = (header.window.u16(Ipv4Layout.FRAGMENT) & Ipv4Layout.DONT_FRAGMENT) != 0;
        return whole && !header.assembled && header.total > mtu(leaves);
    }

    /** Translates a packet by its session; gives a verdict, or {@link #EXPIRED}. */
    int apply(Header header, int session, int direction, ChecksumStatus checksum, long tick) {
        ByteBuffer chunk = table.chunk(session);
        int at = FlowTable.at(session);
        int place = Record.place(chunk, at);
        if (table.isExpired(chunk, at, place, (int) tick)) {
            return EXPIRED;
        }
        int oversize = fits(header, direction);
        if (oversize != 0) {
            return oversize;
        }
        long ids = Record.ids(chunk, at);
        int refresh = direction - 1;
        if (header.protocol == TcpLayout.PROTOCOL) {
            refresh = -1;
            if ((header.flags & CONNECTION_FLAGS) != 0 || Record.state(ids) != ESTABLISHED) {
                refresh = track(header, direction, checksum, chunk, at);
            }
        }
        int stamp = Record.stamp(chunk, at);
        // inbound UDP and ICMP do not refresh (RFC 4787 REQ-6): the old stamp is written again, without a branch
        Record.stamp(chunk, at, stamp + ((int) tick - stamp & refresh));
        Record.count(chunk, at, direction, header.total);
        rewrite(header, direction, checksum, chunk, at, ids, place);
        return direction;
    }

    /** Follows the connection; gives -1 if the segment restarts the timeout, else 0. */
    private static int track(Header header, int direction, ChecksumStatus checksum, ByteBuffer chunk, int at) {
        long ids = Record.ids(chunk, at);
        int state = Record.state(ids);
        int next = TcpStates.next(state, header.flags, direction);
        if (next != state) {
            if (checksum == ChecksumStatus.VERIFY && TransportSum.isWrong(header.window)) {
                return 0;
            }
            Record.ids(chunk, at, Record.withState(ids, next));
            int timeout = ConnectionState.of(next).timeout().ordinal();
            Record.place(chunk, at, Record.withTimeoutClass(Record.place(chunk, at), timeout));
        }
        return TcpStates.refreshes(state, header.flags, direction) ? -1 : 0;
    }

    private void rewrite(
            Header header, int direction, ChecksumStatus checksum, ByteBuffer chunk, int at, long ids, int place) {
        int publicAddress = table.publicAddress(Record.publicIndex(place));
        int addressChange = Record.insideAddress(Record.parties(chunk, at)) ^ publicAddress;
        int idChange = Record.insideId(ids) ^ Record.outsideId(ids);
        int deltas = Record.deltas(chunk, at);
        Rewrite.write(header, direction, checksum, addressChange, idChange, deltas, hop);
    }
}
