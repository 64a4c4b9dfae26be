package io.github.culvert.nat.flow;

import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.table.FlowTable;
import io.github.culvert.nat.table.Record;
import io.github.culvert.nat.verdict.Verdict;
import io.github.culvert.nat.wire.IcmpLayout;
import io.github.culvert.nat.wire.TcpLayout;
import io.github.culvert.nat.wire.UdpLayout;
import java.nio.ByteBuffer;

/**
 * Finds the session of a packet that an ICMP error quotes, and whether the packet may be one that was really sent (RFC
 * 5927). Changes nothing. Not safe for use by several threads.
 */
final class QuotedSession {
    private static final int NO_QUOTED_SESSION = Verdict.refused(Refusal.NO_QUOTED_SESSION);
    private static final int SEQUENCE_OUT_OF_WINDOW = Verdict.refused(Refusal.SEQUENCE_OUT_OF_WINDOW);

    private final FlowTable table;
    private final IcmpTypes types;
    private final BoundFlows bound;
    private final boolean checkSequence;

    QuotedSession(FlowTable table, IcmpTypes types, BoundFlows bound, boolean checkSequence) {
        this.bound = bound;
        this.table = table;
        this.types = types;
        this.checkSequence = checkSequence;
    }

    /** The live session of a quoted packet; or the mark of reserved identifiers; or a refusal. */
    int find(Quote quote) {
        int found = switch (quote.number()) {
            case UdpLayout.PROTOCOL, TcpLayout.PROTOCOL, IcmpLayout.PROTOCOL -> byIdentifiers(quote);
            default -> quote.isBound() ? bound.find(quote) : byAddresses(quote);
        };
        if (found <= 0) {
            return FlowTable.isReserved(found) ? found : NO_QUOTED_SESSION;
        }
        return table.isExpired(found) ? NO_QUOTED_SESSION : judge(found, quote);
    }

    /** A packet that came in is quoted with its inside endpoint; one that went out with its public one. */
    private int byIdentifiers(Quote quote) {
        if (quote.direction() == Verdict.INBOUND) {
            return table.find(quote.parties(quote.near()), quote.ids(quote.nearId()));
        }
        int publicIndex = table.publicIndex(quote.near());
        int owner = publicIndex < 0 ? 0 : table.owner(publicIndex, quote.number(), quote.nearId());
        if (owner <= 0) {
            return owner;
        }
        ByteBuffer chunk = table.chunk(owner);
        int at = FlowTable.at(owner);
        int insideAddress = Record.insideAddress(Record.parties(chunk, at));
        int session = table.find(quote.parties(insideAddress), quote.ids(Record.insideId(Record.ids(chunk, at))));
        return session != 0 && isAt(session, publicIndex, quote.nearId()) ? session : 0;
    }

    /** Whether a session has this public endpoint: an inside endpoint may have another one for each remote. */
    private boolean isAt(int session, int publicIndex, int outsideId) {
        ByteBuffer chunk = table.chunk(session);
        int at = FlowTable.at(session);
        return Record.publicIndex(Record.place(chunk, at)) == publicIndex
                && Record.outsideId(Record.ids(chunk, at)) == outsideId;
    }

    /** The session of a quoted packet without identifiers: one of those that are translated by address only. */
    private int byAddresses(Quote quote) {
        return quote.direction() == Verdict.INBOUND
                ? table.find(quote.parties(quote.near()), quote.ids(quote.nearId()))
                : table.findBound(quote.near(), quote.far(), quote.number());
    }

    /** The session, if the packet may be one of it. */
    private int judge(int session, Quote quote) {
        boolean believed = switch (quote.number()) {
            case TcpLayout.PROTOCOL -> !checkSequence || isInFlight(session, quote);
            case IcmpLayout.PROTOCOL -> isAsked(session, quote);
            default -> true;
        };
        if (believed) {
            return session;
        }
        return quote.number() == TcpLayout.PROTOCOL ? SEQUENCE_OUT_OF_WINDOW : NO_QUOTED_SESSION;
    }

    /** Whether a quoted message is a query that travels in its direction. */
    private boolean isAsked(int session, Quote quote) {
        boolean bothAsk = (Record.place(table.chunk(session), FlowTable.at(session)) & Record.BOTH_ASK) != 0;
        return types.isQuery(quote.type(), quote.direction())
                || bothAsk && types.isQuery(quote.type(), 1 - quote.direction());
    }

    /** Whether a quoted segment may be in flight, as far as is known what its sender has sent. */
    private boolean isInFlight(int session, Quote quote) {
        return HighWater.mayBeInFlight(
                table.chunk(session), FlowTable.at(session), quote.direction(), quote.sequence());
    }
}
