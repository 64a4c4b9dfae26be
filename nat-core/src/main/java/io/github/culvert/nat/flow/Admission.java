package io.github.culvert.nat.flow;

import io.github.culvert.nat.answer.TokenBucket;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.table.ConnectionState;
import io.github.culvert.nat.table.FlowTable;
import io.github.culvert.nat.table.Record;
import io.github.culvert.nat.table.TimeoutClass;
import io.github.culvert.nat.verdict.Verdict;
import io.github.culvert.nat.wire.IcmpLayout;
import io.github.culvert.nat.wire.TcpLayout;
import io.github.culvert.nat.wire.TransportSum;
import io.github.culvert.nat.wire.UdpLayout;
import java.nio.ByteBuffer;

/**
 * The slow path: decides about the first packet of a flow. Gives the session that was opened, or the complement of a
 * refusal, or another verdict below 0. Not safe for use by several threads.
 */
final class Admission {
    private static final int SYN_OF_A_KIND = TcpLayout.SYN | TcpLayout.ACK | TcpLayout.RST | TcpLayout.FIN;
    /** A connection that is up: every segment of one has an acknowledgment (RFC 9293 section 3.1). */
    private static final int GOING_ON = TcpLayout.SYN | TcpLayout.ACK | TcpLayout.RST;

    private final FlowTable table;
    private final Addresses addresses;
    private final boolean midStream;
    private final TokenBucket midStreamRate;

    Admission(FlowTable table, Addresses addresses, NatConfig config) {
        this.table = table;
        this.addresses = addresses;
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
        int verdict = opens(header, checksum, IcmpLayout.ECHO_REQUEST);
        return verdict < 0 ? verdict : open(header, ConnectionState.INIT_INSIDE);
    }

    /** Opens a session in the middle of its connection. No ALG could follow streams whose start it has not seen. */
    private int pickUp(Header header, ChecksumStatus checksum, long tick) {
        if (!HighWater.isRight(header, checksum)) {
            return Verdict.refused(Refusal.BAD_TRANSPORT_CHECKSUM);
        }
        if (!midStreamRate.take(tick)) {
            return Verdict.refused(Refusal.MID_STREAM_RATE);
        }
        int session = open(header, ConnectionState.PICKED_UP);
        if (session > 0) {
            ByteBuffer chunk = table.chunk(session);
            int at = FlowTable.at(session);
            Record.place(chunk, at, Record.place(chunk, at) | Record.NO_ALG);
        }
        return session;
    }

    /** The verdict for a packet that is the host's by its addresses alone, else {@link Addresses#FINE}. */
    int host(Header header, int direction) {
        int destination = Addresses.host(header.destination());
        if (destination != Addresses.FINE || direction == Verdict.OUTBOUND) {
            return destination == Addresses.FINE ? Addresses.hostBySource(header.source()) : destination;
        }
        boolean notOurs = header.publicIndex < 0 && !Addresses.isMartian(header.destination());
        return notOurs ? Verdict.host(HostTraffic.NOT_OURS) : Addresses.hostBySource(header.source());
    }

    private int judgeOutbound(Header header) {
        int source = header.source();
        if (Addresses.isMartian(source) || !addresses.isInside(source)) {
            return Verdict.refused(Addresses.isMartian(source) ? Refusal.MARTIAN_SOURCE : Refusal.SPOOFED_INSIDE);
        }
        if (Addresses.isMartian(header.destination())) {
            return Verdict.refused(Refusal.MARTIAN_DESTINATION);
        }
        if (table.publicIndex(header.destination()) >= 0) {
            return Verdict.refused(Refusal.HAIRPIN);
        }
        boolean stays = addresses.isInside(header.destination());
        return stays ? Verdict.refused(Refusal.MARTIAN_DESTINATION) : Addresses.FINE;
    }

    private int owner(Header header) {
        return table.owner(header.publicIndex, header.protocol, header.destinationId());
    }

    private int openInbound(Header header, ChecksumStatus checksum) {
        if (header.protocol == IcmpLayout.PROTOCOL && header.flags != IcmpLayout.ECHO_REPLY) {
            return Verdict.refused(Refusal.ICMP_TYPE);
        }
        int owner = owner(header);
        if (owner != 0 && table.isExpired(owner)) {
            table.close(owner);
            owner = 0;
        }
        return owner == 0 ? Verdict.refused(Refusal.NO_MAPPING) : inboundTo(owner, header, checksum);
    }

    private int inboundTo(int owner, Header header, ChecksumStatus checksum) {
        ByteBuffer chunk = table.chunk(owner);
        int at = FlowTable.at(owner);
        header.keyInbound(Record.parties(chunk, at), Record.ids(chunk, at));
        if (!isAdmitted(owner, header, chunk, at)) {
            return Verdict.refused(Refusal.FILTERED);
        }
        int verdict = opens(header, checksum, IcmpLayout.ECHO_REPLY);
        return verdict < 0 ? verdict : open(header, ConnectionState.INIT_OUTSIDE);
    }

    /** Address-dependent filtering (RFC 4787 section 5): the mapping has sent to this remote address. */
    private boolean isAdmitted(int owner, Header header, ByteBuffer chunk, int at) {
        if ((Record.ids(chunk, at) & Record.KIND_MASK) == Record.SESSION) {
            return Record.parties(chunk, at) == header.parties;
        }
        return table.isPermanent(owner) || table.knows(header.parties, header.ids);
    }

    /** The number of the public address that a packet is for, or -1. */
    int publicIndex(Header header) {
        return table.publicIndex(header.destination());
    }

    private int judgeInbound(Header header) {
        if (header.publicIndex < 0) {
            return Verdict.refused(Refusal.MARTIAN_DESTINATION);
        }
        int source = header.source();
        boolean martian = Addresses.isMartian(source) || table.publicIndex(source) >= 0 || addresses.isInside(source);
        if (martian) {
            return Verdict.refused(Refusal.MARTIAN_SOURCE);
        }
        boolean reserved = header.kind == Header.FLOW && FlowTable.isReserved(owner(header));
        return reserved ? Verdict.host(HostTraffic.RESERVED) : Addresses.FINE;
    }

    /** Whether a packet is one that may open a session; below 0 if not. State comes from right checksums only. */
    private static int opens(Header header, ChecksumStatus checksum, int echo) {
        if (header.protocol == TcpLayout.PROTOCOL && (header.flags & SYN_OF_A_KIND) != TcpLayout.SYN) {
            return Verdict.refused(Refusal.TCP_WITHOUT_SYN);
        }
        boolean icmp = header.protocol == IcmpLayout.PROTOCOL;
        if (icmp && header.flags != echo) {
            return Verdict.refused(Refusal.ICMP_TYPE);
        }
        if (checksum == ChecksumStatus.VERIFY && TransportSum.isWrong(header.window)) {
            return Verdict.refused(icmp ? Refusal.BAD_ICMP_CHECKSUM : Refusal.BAD_TRANSPORT_CHECKSUM);
        }
        return 0;
    }

    private int open(Header header, ConnectionState tcp) {
        return switch (header.protocol) {
            case TcpLayout.PROTOCOL -> table.open(header.parties, header.ids, tcp.timeout(), tcp.ordinal());
            case UdpLayout.PROTOCOL -> table.open(header.parties, header.ids, TimeoutClass.UDP, 0);
            default -> table.open(header.parties, header.ids, TimeoutClass.ICMP_QUERY, 0);
        };
    }
}
