package io.github.culvert.nat.flow;

import io.github.culvert.nat.channel.Channels;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.PathPolicy;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Rewrite;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.table.FlowTable;
import io.github.culvert.nat.table.Record;
import io.github.culvert.nat.verdict.Verdict;
import io.github.culvert.nat.wire.Checksum;
import io.github.culvert.nat.wire.IcmpLayout;
import io.github.culvert.nat.wire.Ipv4Layout;
import io.github.culvert.nat.wire.TcpLayout;
import io.github.culvert.nat.wire.UdpLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A packet meets its session: it is judged by the path, followed by the session's state, counted and rewritten. Direction
 * is 0 outbound, 1 inbound, and selects data. Not safe for use by several threads.
 */
final class Hit {
    /** There is more to this packet than to nearly all others: nothing was done. */
    static final int RARE = Integer.MIN_VALUE;

    private static final int TTL_EXPIRED = Verdict.refused(Refusal.TTL_EXPIRED);
    private static final int TOO_BIG = Verdict.refused(Refusal.TOO_BIG);

    private final FlowTable table;
    private final TcpHit tcp;
    private final Channels channels;
    private final int leastTtl;
    private final int hop;
    /** The largest packet in each direction. */
    private final int[] mtu;

    /** What fits everywhere: mostly one comparison is enough. */
    private final int leastMtu;

    /** By protocol number: -1 if packets from the outside restart the timeout too (RFC 4787 REQ-6), else 0. */
    private final byte[] inboundRefresh = new byte[256];

    Hit(FlowTable table, Channels channels, NatConfig config) {
        this.table = table;
        this.channels = channels;
        this.tcp = new TcpHit(config);
        PathPolicy path = config.path();
        this.leastTtl = path.hop() ? 2 : 0;
        this.hop = path.hop() ? 1 : 0;
        this.mtu = new int[] {path.outsideMtu(), path.insideMtu()};
        this.leastMtu = Math.min(path.outsideMtu(), path.insideMtu());
        // without identifiers it is the first packet from the outside that confirms a session
        Arrays.fill(inboundRefresh, (byte) -1);
        inboundRefresh[UdpLayout.PROTOCOL] = (byte) (config.udp().inboundRefresh() ? -1 : 0);
        inboundRefresh[IcmpLayout.PROTOCOL] = 0;
    }

    /**
     * 0, or the verdict for a packet that has no hop left, or is too large for the side it leaves on and must not be cut.
     */
    int fits(Header header, int direction) {
        if (Ipv4Layout.ttl(header.word1) < leastTtl) {
            return TTL_EXPIRED;
        }
        return header.total > leastMtu && header.total > mtu[direction] && mustStayWhole(header) ? TOO_BIG : 0;
    }

    /**
     * Whether a translated packet has to be cut before it leaves in a direction; one that came in fragments leaves in
     * them.
     */
    boolean mustBeCut(Header header, int direction) {
        return header.total > leastMtu && header.total > mtu[direction] && !header.assembled;
    }

    private static boolean mustStayWhole(Header header) {
        boolean forbidden = (header.window.u16(Ipv4Layout.FRAGMENT) & Ipv4Layout.DONT_FRAGMENT) != 0;
        return forbidden && !header.assembled;
    }

    /**
     * Translates a packet by its session if that is all there is to do, as it is for nearly all: gives its direction, or
     * {@link #RARE}. What is rare has a way of its own, which this one need not wait for; the compiler has room for one.
     */
    int apply(Header header, int session, int direction, ChecksumStatus checksum, long tick) {
        ByteBuffer chunk = table.chunk(session);
        int at = FlowTable.at(session);
        int place = Record.place(chunk, at);
        if ((place & (Record.HAIRPIN | Record.OWN | Record.FOLLOWED)) != 0
                || table.isExpired(chunk, at, place, (int) tick)
                || Ipv4Layout.ttl(header.word1) < leastTtl
                || header.total > leastMtu
                || header.protocol == TcpLayout.PROTOCOL && !TcpHit.isPlain(header, direction, chunk, at)) {
            return RARE;
        }
        note(header, direction, tick, chunk, at, direction - 1 | inboundRefresh[header.protocol]);
        rewrite(header, direction, checksum, chunk, at, Record.ids(chunk, at), place, hop);
        return direction;
    }

    /** Translates any packet of a session that is live and leads to the other side; gives a verdict. */
    int applyRare(Header header, int session, int direction, ChecksumStatus checksum, long tick) {
        int oversize = fits(header, direction);
        int hindrance = oversize == 0 ? inspect(header, session, direction, checksum, tick) : oversize;
        if (hindrance != 0) {
            return hindrance;
        }
        int effect = follow(header, session, direction, checksum, tick);
        rewrite(header, session, direction, checksum, hop);
        end(session, effect);
        return direction;
    }

    /** Has an ALG read, and edit, a packet of a control channel; gives 0, or the verdict if it must not pass. */
    int inspect(Header header, int session, int direction, ChecksumStatus checksum, long tick) {
        boolean followed = isFollowed(session) || header.isSyn() && channels.beginsAnew(session, direction);
        return followed ? channels.pass(header, header.total, session, direction, checksum, tick) : 0;
    }

    /** Whether a session is a control channel. */
    boolean isFollowed(int session) {
        return (Record.place(table.chunk(session), FlowTable.at(session)) & Record.FOLLOWED) != 0;
    }

    /**
     * What a packet does to its session, which is live: state, time and counts. Changes nothing in the packet. Gives what
     * is for {@link #end}.
     */
    int follow(Header header, int session, int direction, ChecksumStatus checksum, long tick) {
        ByteBuffer chunk = table.chunk(session);
        int at = FlowTable.at(session);
        boolean tcp = header.protocol == TcpLayout.PROTOCOL;
        int before = Record.state(Record.ids(chunk, at));
        int effect = tcp
                ? TcpHit.meet(header, direction, checksum, chunk, at)
                : direction - 1 | inboundRefresh[header.protocol];
        if (tcp && isFollowed(session)) {
            channels.moved(session, before, Record.state(Record.ids(chunk, at)));
        }
        note(header, direction, tick, chunk, at, effect);
        return effect;
    }

    /** What does not refresh writes the old stamp again, without a branch. */
    private static void note(Header header, int direction, long tick, ByteBuffer chunk, int at, int refresh) {
        int stamp = Record.stamp(chunk, at);
        Record.stamp(chunk, at, stamp + ((int) tick - stamp & refresh));
        Record.count(chunk, at, direction, header.total);
    }

    /** Ends a session that a packet has closed; to be called once that is through. */
    void end(int session, int effect) {
        if (effect == TcpHit.CLOSES) {
            table.close(session);
        }
    }

    /** Changes the packet as its session says. */
    void rewrite(Header header, int session, int direction, ChecksumStatus checksum, int hops) {
        if (header.protocol == TcpLayout.PROTOCOL && (header.flags & TcpLayout.SYN) != 0) {
            tcp.clamp(header, direction, checksum);
        }
        ByteBuffer chunk = table.chunk(session);
        int at = FlowTable.at(session);
        rewrite(header, direction, checksum, chunk, at, Record.ids(chunk, at), Record.place(chunk, at), hops);
    }

    /** Lets a packet through that is not translated; gives a verdict. */
    int pass(Header header, int direction) {
        int oversize = fits(header, direction);
        if (oversize == 0 && hop > 0) {
            long word1 = Ipv4Layout.translated(header.word1, header.source(), hop, Ipv4Layout.TTL_DELTA);
            header.window.put64(Ipv4Layout.WORD1, word1);
        }
        return oversize == 0 ? direction : oversize;
    }

    /** Changes the source of a packet to that of its session, but the identifier to a given one. */
    void rewriteSource(Header header, int session, int identifier, ChecksumStatus checksum, int hops) {
        ByteBuffer chunk = table.chunk(session);
        int at = FlowTable.at(session);
        int inside = Record.insideAddress(Record.parties(chunk, at));
        int outside = table.publicAddress(Record.publicIndex(Record.place(chunk, at)));
        int insideId = Record.insideId(Record.ids(chunk, at));
        int idDelta = Checksum.delta16(insideId, identifier);
        int deltas = Rewrite.deltas(Checksum.delta32(inside, outside), idDelta, header.protocol);
        Rewrite.write(header, Verdict.OUTBOUND, checksum, inside ^ outside, insideId ^ identifier, deltas, hops);
    }

    /** What a packet loses of its time to live, 0 or 1. */
    int hop() {
        return hop;
    }

    private void rewrite(
            Header header,
            int direction,
            ChecksumStatus checksum,
            ByteBuffer chunk,
            int at,
            long ids,
            int place,
            int hops) {
        int publicAddress = table.publicAddress(Record.publicIndex(place));
        int addressChange = Record.insideAddress(Record.parties(chunk, at)) ^ publicAddress;
        int idChange = Record.insideId(ids) ^ Record.outsideId(ids);
        int deltas = Record.deltas(chunk, at);
        Rewrite.write(header, direction, checksum, addressChange, idChange, deltas, hops);
    }
}
