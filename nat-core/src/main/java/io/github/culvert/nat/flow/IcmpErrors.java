package io.github.culvert.nat.flow;

import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Rewrite;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.table.FlowTable;
import io.github.culvert.nat.table.Record;
import io.github.culvert.nat.verdict.Verdict;
import io.github.culvert.nat.wire.Checksum;
import io.github.culvert.nat.wire.HeaderWords;
import io.github.culvert.nat.wire.IcmpLayout;
import io.github.culvert.nat.wire.Ipv4Layout;
import io.github.culvert.nat.wire.TransportSum;
import java.nio.ByteBuffer;

/**
 * ICMP errors on their way through the NAT (RFC 5508 section 4): the packet that one quotes names the session, which
 * undoes in the quoted packet what it did to the packet on its way. Written once for both directions; an error about a
 * packet that turned round at a public address takes both, one after the other. It neither refreshes nor ends anything
 * (RFC 4787 REQ-12, RFC 5382 REQ-10), and allocates nothing. Not safe for use by several threads.
 */
final class IcmpErrors {
    /** Below this no MTU can be (RFC 791 section 3.2); routers that know of no MTU in the message send 0. */
    private static final int LEAST_MTU = 68;

    private static final int NO_QUOTED_SESSION = Verdict.refused(Refusal.NO_QUOTED_SESSION);
    private static final int RESERVED = Verdict.host(HostTraffic.RESERVED);
    private static final int OWN = Verdict.host(HostTraffic.OWN);

    private final FlowTable table;
    private final IcmpTypes types;
    private final QuotedSession sessions;
    private final Quote quote;
    private final int hop;

    IcmpErrors(FlowTable table, IcmpTypes types, BoundFlows bound, Demuxes demuxes, NatConfig config) {
        this.table = table;
        this.types = types;
        this.sessions = new QuotedSession(table, types, bound, config.icmp().checkSequence());
        this.quote = new Quote(demuxes);
        this.hop = config.path().hop() ? 1 : 0;
    }

    /**
     * Translates an ICMP message that is no query and whose addresses are fine; gives a verdict.
     *
     * @param unfit the verdict if the message would have to leave again, or 0 if it may
     */
    int translate(Header error, int direction, ChecksumStatus checksum, int unfit) {
        int verdict = judge(error, checksum);
        if (verdict == IcmpTypes.FINE) {
            verdict = about(error, direction, checksum, unfit);
            quote.close();
        }
        return verdict;
    }

    private int about(Header error, int direction, ChecksumStatus checksum, int unfit) {
        int verdict = quote.read(error, direction);
        if (verdict != 0) {
            return verdict;
        }
        // whoever reports an error reports it to the sender of the packet
        int session = error.destination() == quote.source() ? sessions.find(quote) : NO_QUOTED_SESSION;
        if (session > 0 && isElsewhere(session, direction)) {
            return NO_QUOTED_SESSION;
        }
        if (session > 0 && isOwn(session)) {
            write(error, session, outsideId(session), direction, checksum, 0);
            return OWN;
        }
        if (session <= 0 || unfit != 0) {
            return FlowTable.isReserved(session) ? RESERVED : unfit != 0 ? unfit : session;
        }
        boolean turns = direction == Verdict.OUTBOUND && table.publicIndex(error.destination()) >= 0;
        return turns
                ? turn(error, session, checksum)
                : write(error, session, outsideId(session), direction, checksum, hop);
    }

    /** The host's packets do not come by the inside, nor those that turn round by the outside: nobody there saw one. */
    private boolean isElsewhere(int session, int direction) {
        int mark = direction == Verdict.OUTBOUND ? Record.OWN : Record.HAIRPIN;
        return (Record.place(table.chunk(session), FlowTable.at(session)) & mark) != 0;
    }

    private int judge(Header error, ChecksumStatus checksum) {
        int verdict = types.judgeError(error.flags);
        if (verdict != IcmpTypes.FINE) {
            return verdict;
        }
        if (checksum == ChecksumStatus.VERIFY && TransportSum.isWrong(error.window)) {
            return Verdict.refused(Refusal.BAD_ICMP_CHECKSUM);
        }
        int row0 = (int) error.word2;
        boolean tooBig =
                error.flags == IcmpLayout.UNREACHABLE && IcmpLayout.code(row0) == IcmpLayout.FRAGMENTATION_NEEDED;
        int mtu = IcmpLayout.nextHopMtu(error.row1);
        boolean impossible = tooBig && mtu != 0 && mtu < LEAST_MTU;
        return impossible ? Verdict.refused(Refusal.MTU_TOO_SMALL) : IcmpTypes.FINE;
    }

    /** Out, and in again by the session of the inside host that sent the packet; nothing is written before both are sure. */
    private int turn(Header error, int session, ChecksumStatus checksum) {
        ByteBuffer chunk = table.chunk(session);
        int at = FlowTable.at(session);
        int outsideId = outsideId(session);
        boolean asked = quote.number() == IcmpLayout.PROTOCOL && Record.isAsked(chunk, at);
        int publicAddress = table.publicAddress(Record.publicIndex(Record.place(chunk, at)));
        quote.turn(publicAddress, asked ? Record.asker(chunk, at) : outsideId);
        quote.rename(Record.insideId(Record.ids(chunk, at)) ^ outsideId);
        int sender = sessions.find(quote);
        if (sender <= 0) {
            return FlowTable.isReserved(sender) ? RESERVED : sender;
        }
        write(error, session, outsideId, Verdict.OUTBOUND, checksum, hop);
        error.word1 = error.window.i64(Ipv4Layout.WORD1);
        quote.readAgain();
        // a ping that turned round has the identifier of who was asked, not that of who asks
        int verdict = write(error, sender, asked ? outsideId : outsideId(sender), Verdict.INBOUND, checksum, 0);
        return isOwn(sender) ? OWN : verdict;
    }

    private int outsideId(int session) {
        return Record.outsideId(Record.ids(table.chunk(session), FlowTable.at(session)));
    }

    private boolean isOwn(int session) {
        return (Record.place(table.chunk(session), FlowTable.at(session)) & Record.OWN) != 0;
    }

    private int write(Header error, int session, int outsideId, int direction, ChecksumStatus checksum, int hops) {
        ByteBuffer chunk = table.chunk(session);
        int at = FlowTable.at(session);
        int outer = table.publicAddress(Record.publicIndex(Record.place(chunk, at)));
        int inside = Record.insideAddress(Record.parties(chunk, at));
        int insideId = Record.insideId(Record.ids(chunk, at));
        int idDelta = Checksum.delta16(insideId, outsideId);
        int deltas = Rewrite.deltas(Checksum.delta32(inside, outer), idDelta, quote.number());
        Rewrite.writeQuoted(error, quote, direction, checksum, inside ^ outer, insideId ^ outsideId, deltas);
        if (direction == Verdict.OUTBOUND) {
            writeAddress(error, direction, error.source(), speaker(error.source(), outer), hops);
        } else {
            writeAddress(error, direction, inside, outer, hops);
        }
        return direction;
    }

    /**
     * In whose name an inside host or router reports an error: in its own if it has a public address for itself, else in
     * that of the flow (RFC 5508 REQ-5).
     */
    private int speaker(int source, int ofFlow) {
        int own = table.forwardedFrom(source);
        return own < 0 ? ofFlow : table.publicAddress(own);
    }

    private static void writeAddress(Header error, int direction, int inner, int outer, int hops) {
        error.protocol = HeaderWords.NO_IDENTIFIERS;
        int deltas = Checksum.delta32(inner, outer) << 16;
        Rewrite.write(error, direction, ChecksumStatus.TRUSTED, inner ^ outer, 0, deltas, hops);
    }
}
