package io.github.culvert.nat.flow;

import io.github.culvert.nat.answer.TokenBucket;
import io.github.culvert.nat.channel.Channels;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.table.ConnectionState;
import io.github.culvert.nat.table.FlowTable;
import io.github.culvert.nat.table.Record;
import io.github.culvert.nat.table.TimeoutClass;
import io.github.culvert.nat.verdict.Verdict;
import io.github.culvert.nat.wire.AddressBlocks;
import io.github.culvert.nat.wire.IcmpLayout;
import io.github.culvert.nat.wire.TcpLayout;
import io.github.culvert.nat.wire.TransportSum;
import io.github.culvert.nat.wire.UdpLayout;

/**
 * The slow path: decides about the first packet of a flow. Gives the session that was opened, or the complement of a
 * refusal, or another verdict below 0. Not safe for use by several threads.
 */
final class Admission {
    /** A connection that is up: every segment of one has an acknowledgment (RFC 9293 section 3.1). */
    private static final int GOING_ON = TcpLayout.SYN | TcpLayout.ACK | TcpLayout.RST;

    private final FlowTable table;
    private final Channels channels;
    private final Addresses addresses;
    private final Exemptions exemptions;
    private final Filter filter;
    private final IcmpTypes types;
    private final boolean midStream;
    private final TokenBucket midStreamRate;

    Admission(
            FlowTable table,
            Channels channels,
            Addresses addresses,
            Exemptions exemptions,
            Filter filter,
            IcmpTypes types,
            NatConfig config) {
        this.exemptions = exemptions;
        this.table = table;
        this.channels = channels;
        this.filter = filter;
        this.addresses = addresses;
        this.types = types;
        this.midStream = config.tcp().midStream();
        this.midStreamRate = new TokenBucket(config.rates().midStream());
    }

    /** Whether a protocol has identifiers that are translated. */
    static boolean isTranslated(int protocol) {
        return protocol == UdpLayout.PROTOCOL || protocol == TcpLayout.PROTOCOL || protocol == IcmpLayout.PROTOCOL;
    }

    /** What the addresses of a packet without a session say: {@link Addresses#FINE}, or a verdict that is final. */
    int judge(Header header, int direction) {
        int host = host(header, direction);
        if (host != Addresses.FINE) {
            return host;
        }
        return direction == Verdict.OUTBOUND ? judgeOutbound(header) : judgeInbound(header);
    }

    /** Opens a session for a packet whose addresses are fine. */
    int open(Header header, int direction, ChecksumStatus checksum, long tick) {
        return direction == Verdict.OUTBOUND ? openOutbound(header, checksum, tick) : openInbound(header, checksum);
    }

    private int openOutbound(Header header, ChecksumStatus checksum, long tick) {
        header.keyOutbound();
        if (midStream && header.protocol == TcpLayout.PROTOCOL && (header.flags & GOING_ON) == TcpLayout.ACK) {
            return pickUp(header, checksum, tick);
        }
        int verdict = opens(header, checksum, Verdict.OUTBOUND);
        if (verdict < 0) {
            return verdict;
        }
        int shared = shares(header) ? table.openShared(header.parties, header.ids, TimeoutClass.UDP) : 0;
        int session = shared == 0 ? openOwn(header) : shared;
        return followed(session, Verdict.OUTBOUND);
    }

    private int openOwn(Header header) {
        boolean tcp = header.protocol == TcpLayout.PROTOCOL;
        int publicIndex = tcp ? channels.publicIndexFor(header.parties, header.ids) : -1;
        if (publicIndex < 0) {
            return open(header, 0, ConnectionState.INIT_INSIDE);
        }
        ConnectionState state = ConnectionState.INIT_INSIDE;
        return table.openAt(publicIndex, header.parties, header.ids, state.timeout(), state.ordinal());
    }

    /** Whether a packet is from and to a port that an ALG has its inside hosts share. */
    private boolean shares(Header header) {
        return header.protocol == UdpLayout.PROTOCOL
                && channels.shared().cover(Record.insideId(header.ids), Record.remoteId(header.ids))
                && table.publicIndex(header.destination()) < 0
                && table.publicIndex(header.source()) < 0;
    }

    /** What an ALG reads, it reads from the first packet on. */
    private int followed(int session, int direction) {
        if (session > 0) {
            channels.opened(session, direction);
        }
        return session;
    }

    /** Opens a session in the middle of its connection. No ALG could follow streams whose start it has not seen. */
    private int pickUp(Header header, ChecksumStatus checksum, long tick) {
        if (!HighWater.isRight(header, checksum)) {
            return Verdict.refused(Refusal.BAD_TRANSPORT_CHECKSUM);
        }
        if (!midStreamRate.take(tick)) {
            return Verdict.refused(Refusal.MID_STREAM_RATE);
        }
        int session = open(header, 0, ConnectionState.PICKED_UP);
        if (session > 0) {
            channels.pickedUp(session);
        }
        return session;
    }

    /** The verdict for a packet that is the host's by its addresses alone, else {@link Addresses#FINE}. */
    int host(Header header, int direction) {
        int destination = Addresses.host(header.destination());
        if (destination != Addresses.FINE || direction == Verdict.OUTBOUND) {
            return destination == Addresses.FINE ? Addresses.hostBySource(header.source()) : destination;
        }
        boolean notOurs = header.publicIndex < 0
                && !AddressBlocks.isMartian(header.destination())
                && !exemptions.mayReach(header.destination());
        return notOurs ? Verdict.host(HostTraffic.NOT_OURS) : Addresses.hostBySource(header.source());
    }

    private int judgeOutbound(Header header) {
        int source = header.source();
        if (AddressBlocks.isMartian(source) || !addresses.isInside(source)) {
            return Verdict.refused(AddressBlocks.isMartian(source) ? Refusal.MARTIAN_SOURCE : Refusal.SPOOFED_INSIDE);
        }
        if (AddressBlocks.isMartian(header.destination())) {
            return Verdict.refused(Refusal.MARTIAN_DESTINATION);
        }
        boolean stays = addresses.isInside(header.destination());
        return stays ? Verdict.refused(Refusal.MARTIAN_DESTINATION) : Addresses.FINE;
    }

    private int owner(Header header) {
        return table.owner(header.publicIndex, header.protocol, header.destinationId());
    }

    /** Opens a session for an echo request that comes in to the identifier of another inside host. */
    int openForEcho(Header header, ChecksumStatus checksum) {
        return openInbound(header, Verdict.OUTBOUND, checksum);
    }

    private int openInbound(Header header, ChecksumStatus checksum) {
        boolean alone = table.forwardedTo(header.publicIndex) != 0;
        return openInbound(header, alone ? Verdict.OUTBOUND : Verdict.INBOUND, checksum);
    }

    /** The queries that may open it are those that may travel in a direction: requests out, replies in. */
    private int openInbound(Header header, int queries, ChecksumStatus checksum) {
        int inside = table.forwardedTo(header.publicIndex);
        if (header.protocol == IcmpLayout.PROTOCOL && !types.isQuery(header.flags, queries)) {
            return types.judgeQuery(header.flags, queries);
        }
        int owner = owner(header);
        if (FlowTable.isShared(owner)) {
            // a packet that turns round: it would have to be one of a remote host that a channel leads to
            return BoundFlows.NO_BINDING;
        }
        if (owner != 0 && table.isExpired(owner)) {
            table.close(owner);
            owner = 0;
        }
        if (owner == 0 && inside == 0) {
            return Verdict.refused(Refusal.NO_MAPPING);
        }
        keyInbound(header, owner, inside);
        if (owner != 0 && !filter.admits(owner, header)) {
            return Verdict.refused(Refusal.FILTERED);
        }
        int verdict = opens(header, checksum, queries);
        return verdict < 0 ? verdict : followed(open(header, owner, ConnectionState.INIT_OUTSIDE), Verdict.INBOUND);
    }

    /** The inside endpoint is that of the mapping, or keeps its identifier at the one host that has the address. */
    private void keyInbound(Header header, int owner, int inside) {
        if (owner == 0) {
            long id = (long) header.destinationId() << Record.INSIDE_ID_SHIFT;
            header.keyInbound((long) inside << 32, id | (long) header.protocol << Record.PROTOCOL_SHIFT);
        } else {
            header.keyInbound(
                    Record.parties(table.chunk(owner), FlowTable.at(owner)),
                    Record.ids(table.chunk(owner), FlowTable.at(owner)));
        }
    }

    /** The number of the public address that a packet is for, or -1. */
    int publicIndex(Header header) {
        return table.publicIndex(header.destination());
    }

    private int judgeInbound(Header header) {
        if (header.publicIndex < 0) {
            boolean martian = AddressBlocks.isMartian(header.destination());
            return martian ? Verdict.refused(Refusal.MARTIAN_DESTINATION) : Verdict.host(HostTraffic.NOT_OURS);
        }
        int source = header.source();
        boolean martian =
                AddressBlocks.isMartian(source) || table.publicIndex(source) >= 0 || addresses.isInside(source);
        if (martian) {
            return Verdict.refused(Refusal.MARTIAN_SOURCE);
        }
        boolean reserved = header.kind == Header.FLOW && FlowTable.isReserved(owner(header));
        return reserved ? Verdict.host(HostTraffic.RESERVED) : Addresses.FINE;
    }

    /** Whether a packet is one that may open a session; below 0 if not. State comes from right checksums only. */
    private int opens(Header header, ChecksumStatus checksum, int direction) {
        if (header.protocol == TcpLayout.PROTOCOL && !header.isSyn()) {
            return Verdict.refused(Refusal.TCP_WITHOUT_SYN);
        }
        boolean icmp = header.protocol == IcmpLayout.PROTOCOL;
        if (icmp && !types.isQuery(header.flags, direction)) {
            return types.judgeQuery(header.flags, direction);
        }
        if (checksum == ChecksumStatus.VERIFY && TransportSum.isWrong(header.window)) {
            return Verdict.refused(icmp ? Refusal.BAD_ICMP_CHECKSUM : Refusal.BAD_TRANSPORT_CHECKSUM);
        }
        return 0;
    }

    private int open(Header header, int owner, ConnectionState tcp) {
        return switch (header.protocol) {
            case TcpLayout.PROTOCOL -> open(header, owner, tcp.timeout(), tcp.ordinal());
            case UdpLayout.PROTOCOL -> open(header, owner, TimeoutClass.UDP, 0);
            default -> open(header, owner, TimeoutClass.ICMP_QUERY, 0);
        };
    }

    private int open(Header header, int owner, TimeoutClass timeout, int state) {
        return owner == 0
                ? table.open(header.parties, header.ids, timeout, state)
                : table.openUnder(owner, header.parties, header.ids, timeout, state);
    }
}
