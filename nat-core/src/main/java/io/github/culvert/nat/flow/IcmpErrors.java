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
import io.github.culvert.nat.wire.TcpLayout;
import io.github.culvert.nat.wire.TransportSum;
import io.github.culvert.nat.wire.UdpLayout;
import java.nio.ByteBuffer;

/**
 * ICMP errors on their way through the NAT (RFC 5508 section 4): the packet that one quotes names the session, which
 * undoes in the quoted packet what it did to the packet on its way. Written once for both directions. An error neither
 * refreshes nor ends anything (RFC 4787 REQ-12, RFC 5382 REQ-10), and allocates nothing. Not safe for use by several
 * threads.
 */
final class IcmpErrors {
    /** Below this no MTU can be (RFC 791 section 3.2); routers that know of no MTU in the message send 0. */
    private static final int LEAST_MTU = 68;

    /** How far behind the high-water mark of its sender a segment in flight may lie. */
    private static final int BEHIND = 1 << 28;
    /** How far ahead of it, since the mark follows in steps. */
    private static final int AHEAD = 1 << 18;

    private static final int NO_QUOTED_SESSION = Verdict.refused(Refusal.NO_QUOTED_SESSION);
    private static final int SEQUENCE_OUT_OF_WINDOW = Verdict.refused(Refusal.SEQUENCE_OUT_OF_WINDOW);

    private final FlowTable table;
    private final IcmpTypes types;
    private final boolean checkSequence;
    private final int hop;
    private final Quote quote = new Quote();

    IcmpErrors(FlowTable table, IcmpTypes types, NatConfig config) {
        this.table = table;
        this.types = types;
        this.checkSequence = config.icmp().checkSequence();
        this.hop = config.path().hop() ? 1 : 0;
    }

    /** Translates an ICMP message that is no query and whose addresses are fine; gives a verdict. */
    int translate(Header error, int direction, ChecksumStatus checksum) {
        int verdict = judge(error, checksum);
        if (verdict == IcmpTypes.FINE) {
            verdict = quote.read(error, direction);
        }
        if (verdict != 0) {
            return verdict;
        }
        // whoever reports an error reports it to the sender of the packet
        int session = error.destination() == quote.source() ? session() : 0;
        return session <= 0 ? without(session) : with(session, error, direction, checksum);
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

    /** The live session of the quoted packet; or 0; or below 0 if the packet is one that the host itself sent. */
    private int session() {
        int found = switch (quote.number()) {
            case UdpLayout.PROTOCOL, TcpLayout.PROTOCOL -> withIdentifiers();
            case IcmpLayout.PROTOCOL -> types.isQuery(quote.type(), quote.direction()) ? withIdentifiers() : 0;
            default -> withoutPorts();
        };
        return found > 0 && table.isExpired(found) ? 0 : found;
    }

    /** A packet that came in is quoted with its inside endpoint; one that went out with its public one. */
    private int withIdentifiers() {
        if (quote.direction() == Verdict.INBOUND) {
            return table.find(quote.parties(quote.near()), quote.ids(quote.nearId()));
        }
        int publicIndex = table.publicIndex(quote.near());
        int owner = publicIndex < 0 ? 0 : table.owner(publicIndex, quote.number(), quote.nearId());
        if (owner <= 0) {
            return FlowTable.isReserved(owner) ? owner : 0;
        }
        ByteBuffer chunk = table.chunk(owner);
        int at = FlowTable.at(owner);
        int insideAddress = Record.insideAddress(Record.parties(chunk, at));
        int insideId = Record.insideId(Record.ids(chunk, at));
        return table.find(quote.parties(insideAddress), quote.ids(insideId));
    }

    /**
     * The session of a quoted packet that has no ports: 0 so far. Protocols that are translated by address only will be
     * found here by their two addresses; GRE, ESP and L2TPv3 by the identifiers that their ALGs keep.
     */
    private static int withoutPorts() {
        return 0;
    }

    private static int without(int session) {
        return FlowTable.isReserved(session) ? Verdict.host(HostTraffic.RESERVED) : NO_QUOTED_SESSION;
    }

    private int with(int session, Header error, int direction, ChecksumStatus checksum) {
        ByteBuffer chunk = table.chunk(session);
        int at = FlowTable.at(session);
        if (quote.number() == TcpLayout.PROTOCOL && checkSequence && !isInFlight(chunk, at)) {
            return SEQUENCE_OUT_OF_WINDOW;
        }
        int publicAddress = table.publicAddress(Record.publicIndex(Record.place(chunk, at)));
        int insideAddress = Record.insideAddress(Record.parties(chunk, at));
        long ids = Record.ids(chunk, at);
        int idChange = Record.insideId(ids) ^ Record.outsideId(ids);
        int change = insideAddress ^ publicAddress;
        Rewrite.writeQuoted(error, quote, direction, checksum, change, idChange, Record.deltas(chunk, at));
        // towards the outside a router behind the NAT has the public address of the flow too (RFC 5508 REQ-5)
        int inner = direction == Verdict.OUTBOUND ? Ipv4Layout.source(error.word1) : insideAddress;
        writeAddress(error, direction, inner, publicAddress);
        return direction;
    }

    private void writeAddress(Header error, int direction, int inner, int outer) {
        error.protocol = HeaderWords.NO_IDENTIFIERS;
        int deltas = Checksum.delta32(inner, outer) << 16;
        Rewrite.write(error, direction, ChecksumStatus.TRUSTED, inner ^ outer, 0, deltas, hop);
    }

    /** Whether the quoted segment may be in flight, as far as is known what its sender has sent. */
    private boolean isInFlight(ByteBuffer chunk, int at) {
        int mark = Record.mark(chunk, at, quote.direction());
        return mark == 0 || Integer.compareUnsigned(quote.sequence() - mark + BEHIND, BEHIND + AHEAD) <= 0;
    }
}
