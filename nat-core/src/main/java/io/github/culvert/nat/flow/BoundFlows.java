package io.github.culvert.nat.flow;

import io.github.culvert.nat.alg.Demux;
import io.github.culvert.nat.channel.Channels;
import io.github.culvert.nat.channel.Pairs;
import io.github.culvert.nat.channel.Told;
import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.table.BoundSessions;
import io.github.culvert.nat.table.FlowTable;
import io.github.culvert.nat.table.Record;
import io.github.culvert.nat.table.Role;
import io.github.culvert.nat.verdict.Outbox;
import io.github.culvert.nat.verdict.Verdict;

/**
 * Packets of protocols without ports that are told apart by identifiers. A session is bound by an ALG before the first of
 * its packets comes, or by one that is told of those that are bound to nothing. Not safe for use by several threads.
 */
final class BoundFlows {
    static final int NO_BINDING = Verdict.refused(Refusal.NO_BINDING);
    private static final int OWN = Verdict.host(HostTraffic.OWN);

    private final FlowTable table;
    private final BoundSessions sessions;
    private final Demuxes demuxes;
    private final Hit hit;
    private final Pairs pairs;
    private final Copies copies;

    BoundFlows(FlowTable table, Channels channels, Demuxes demuxes, Hit hit, Outbox outbox) {
        this.table = table;
        this.sessions = table.bound();
        this.demuxes = demuxes;
        this.hit = hit;
        this.pairs = channels.pairs();
        this.copies = new Copies(hit, outbox);
    }

    /** Reads the identifier of a packet whose network header was read; false if it has none that is known. */
    boolean read(Header header) {
        int length = header.total - header.transport;
        long identifier = demuxes.identifier(header.protocol, header.window, header.transport, length);
        if (identifier == Demux.NONE) {
            return false;
        }
        header.kind = Header.BOUND;
        header.identifier = (int) identifier;
        header.ports = 0;
        header.flags = 0;
        return true;
    }

    /** Starts the memory accesses that {@link #findTouched} will need. */
    int touch(Header header, int direction) {
        key(header, direction);
        header.lead = sessions.hash(header.parties, header.ids);
        return sessions.touch(header.lead);
    }

    private static void key(Header header, int direction) {
        boolean out = direction == Verdict.OUTBOUND;
        header.parties = out ? header.outboundParties() : header.inboundParties();
        header.ids = BoundSessions.ids(out ? Role.OUT : Role.IN, header.protocol, header.identifier);
    }

    /** The session of a packet, or 0. */
    int find(Header header, int direction) {
        key(header, direction);
        return sessions.find(sessions.hash(header.parties, header.ids), header.parties, header.ids);
    }

    /** The same for a packet that was touched, as long as the table has not changed since. */
    int findTouched(Header header) {
        return sessions.find(header.lead, header.parties, header.ids);
    }

    /** The session of a packet that is quoted with its identifier, or 0. */
    int find(Quote quote) {
        Role role = quote.direction() == Verdict.INBOUND ? Role.NEAR : Role.FAR;
        return sessions.find(role, quote.near(), quote.far(), quote.number(), (int) quote.identifier());
    }

    /**
     * A packet that is bound to nothing: an ALG may know whose it is. What comes in changes nothing unless an inside host
     * has begun.
     */
    int miss(Header header, int direction, ChecksumStatus checksum, long tick) {
        boolean out = direction == Verdict.OUTBOUND;
        boolean told = out
                ? header.publicIndex < 0 && pairs.follow(header.protocol)
                : pairs.know(header.protocol, header.publicIndex, header.source());
        if (!told) {
            return NO_BINDING;
        }
        int unfit = hit.fits(header, direction);
        return unfit == 0 ? bound(header, direction, checksum, tick) : unfit;
    }

    private int bound(Header header, int direction, ChecksumStatus checksum, long tick) {
        Told told = direction == Verdict.OUTBOUND
                ? pairs.out(header.window, header.transport, header.total, header.identifier, tick)
                : pairs.in(header.window, header.transport, header.total, header.identifier, header.publicIndex, tick);
        boolean copied = copies.send(header, told.candidates(), checksum);
        int session = told.passes() ? find(header, direction) : 0;
        if (session != 0) {
            return hit.applyRare(header, session, direction, checksum, tick);
        }
        return copied ? Verdict.HELD : NO_BINDING;
    }

    /**
     * A packet to a public address turns round: out by its session, and in by that of the inside host that it is for.
     * Nothing is written or counted before both are sure.
     */
    int turn(Header header, int first, ChecksumStatus checksum, long tick) {
        table.at(tick);
        int second = second(header, first, tick);
        if (second == 0) {
            return NO_BINDING;
        }
        boolean own = (place(second) & Record.OWN) != 0;
        int unfit = own ? 0 : hit.fits(header, Verdict.INBOUND);
        if (unfit != 0) {
            return unfit;
        }
        hit.follow(header, first, Verdict.OUTBOUND, checksum, tick);
        hit.follow(header, second, Verdict.INBOUND, checksum, tick);
        long word1 = header.word1;
        hit.rewrite(header, first, Verdict.OUTBOUND, checksum, own ? 0 : hit.hop());
        header.readAgain();
        hit.rewrite(header, second, Verdict.INBOUND, checksum, 0);
        // whoever cuts the packet asks whether its source was translated
        header.word1 = word1;
        return own ? OWN : Verdict.INBOUND;
    }

    private int second(Header header, int first, long tick) {
        int sender = table.publicAddress(Record.publicIndex(place(first)));
        int session = sessions.find(Role.IN, header.destination(), sender, header.protocol, header.identifier);
        if (session != 0 && !table.age(session, tick)) {
            table.close(session);
            return 0;
        }
        return session;
    }

    private int place(int session) {
        return Record.place(table.chunk(session), FlowTable.at(session));
    }
}
