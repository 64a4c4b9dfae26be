package io.github.culvert.nat.flow;

import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Rewrite;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.table.FlowTable;
import io.github.culvert.nat.table.Record;
import io.github.culvert.nat.verdict.Verdict;
import io.github.culvert.nat.wire.Ipv4Layout;
import io.github.culvert.nat.wire.TcpLayout;
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

    private final FlowTable table;
    private final TcpHit tcp;
    private final int leastTtl;
    private final int hop;
    private final int outsideMtu;

    Hit(FlowTable table, NatConfig config) {
        this.table = table;
        this.tcp = new TcpHit(config);
        this.leastTtl = config.path().hop() ? 2 : 0;
        this.hop = config.path().hop() ? 1 : 0;
        this.outsideMtu = config.path().outsideMtu();
    }

    /** 0, or the verdict for a packet that has no hop left or is too large for the side it leaves on. */
    int fits(Header header, int direction) {
        if (Ipv4Layout.ttl(header.word1) < leastTtl) {
            return TTL_EXPIRED;
        }
        return header.total > outsideMtu && direction == Verdict.OUTBOUND ? TOO_BIG : 0;
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
            refresh = tcp.meet(header, direction, checksum, chunk, at);
        }
        int stamp = Record.stamp(chunk, at);
        // inbound UDP and ICMP do not refresh (RFC 4787 REQ-6): the old stamp is written again, without a branch
        Record.stamp(chunk, at, stamp + ((int) tick - stamp & refresh));
        Record.count(chunk, at, direction, header.total);
        rewrite(header, direction, checksum, chunk, at, ids, place);
        if (refresh == TcpHit.CLOSES) {
            table.close(session);
        }
        return direction;
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
