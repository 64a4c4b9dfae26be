package io.github.culvert.nat.flow;

import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.table.Record;
import io.github.culvert.nat.verdict.Verdict;
import io.github.culvert.nat.wire.Checksum;
import io.github.culvert.nat.wire.HeaderWords;
import io.github.culvert.nat.wire.IcmpLayout;
import io.github.culvert.nat.wire.Ipv4Layout;
import io.github.culvert.nat.wire.PacketWindow;
import io.github.culvert.nat.wire.TcpLayout;
import io.github.culvert.nat.wire.UdpLayout;

/**
 * What the data path reads of one packet: three words and a row, each read once. Used again for one packet after
 * another. Not safe for use by several threads.
 */
public final class Header extends HeaderWords {
    /** The packet was read and has identifiers. */
    public static final int READ = 0;
    /** The packet is of a kind that {@link UnusualHeader} looks at: options, fragments, other protocols, bad lengths. */
    static final int UNUSUAL = 1;
    /** The packet has a plain network header and is of another protocol, which an ALG may know. */
    static final int OTHER = 2;

    private static final int BAD_IP_CHECKSUM = Verdict.refused(Refusal.BAD_IP_CHECKSUM);
    private static final int BAD_UDP_LENGTH = Verdict.refused(Refusal.BAD_UDP_LENGTH);
    private static final int BAD_TCP_OFFSET = Verdict.refused(Refusal.BAD_TCP_OFFSET);
    private static final int SHORT_TRANSPORT_HEADER = Verdict.refused(Refusal.SHORT_TRANSPORT_HEADER);

    private static final int PLAIN_HEADER = 0x45;
    private static final int SYN_OF_A_KIND = TcpLayout.SYN | TcpLayout.ACK | TcpLayout.RST | TcpLayout.FIN;
    private static final int PLAIN_MINIMUM = Ipv4Layout.OPTIONS + UdpLayout.HEADER;

    /** A packet of UDP, TCP or an ICMP query, with identifiers that are looked up. */
    static final int FLOW = 0;
    /** A fragment, with or without a transport header. */
    static final int FRAGMENT = 1;
    /** An ICMP error, which quotes another packet, or an ICMP message that is no query either. */
    static final int ERROR = 2;
    /** A packet of a protocol without identifiers. */
    static final int PORTLESS = 3;

    /** A packet of the host itself that the NAT has no part in. */
    static final int FOREIGN = 4;
    /** A packet of a protocol without ports, with an identifier that is looked up. */
    static final int BOUND = 5;

    /** Which of these the packet is. */
    int kind;

    /** For a fragment: a verdict, if its transport header is wrong, else 0. */
    int flaw;

    int total;
    /** Source identifier in the high half, destination identifier in the low half; 0 where a query has none. */
    int ports;
    /** The identifier of a packet without ports, that of its receiver. */
    int identifier;
    /** TCP flags, or the type of an ICMP message. */
    int flags;

    /** The key of the session that is to be opened, or looked for in a batch. */
    long parties;

    long ids;
    /** The number of the public address that a packet from the outside is for, or -1. Valid once looked for. */
    int publicIndex;
    /** Whether this is a datagram that came in fragments, and leaves in them. */
    boolean assembled;
    /** Where to go on looking: the hash of the key outbound, the owner of the public identifier inbound. */
    int lead;

    /** A header that points to nothing. */
    public Header() {
        super(new PacketWindow());
    }

    /** The length of the packet, without padding behind it. Valid once read. */
    public int total() {
        return total;
    }

    /** The inside host of a packet that found no session. */
    public int insideHost() {
        return Record.insideAddress(parties);
    }

    /** The protocol of a packet that was read. */
    public int protocolNumber() {
        return protocol;
    }

    /** Reads a plain header; gives {@link #READ}, {@link #UNUSUAL}, {@link #OTHER} or a refusal. */
    int read(int direction) {
        PacketWindow w = window;
        int length = w.length();
        if (length < PLAIN_MINIMUM) {
            return UNUSUAL;
        }
        kind = FLOW;
        long word0 = w.i64(Ipv4Layout.WORD0);
        total = Ipv4Layout.totalLength(word0);
        boolean plain = word0 >>> 56 == PLAIN_HEADER && !Ipv4Layout.isFragment(Ipv4Layout.fragmentBits(word0));
        if (!plain || total > length || total < PLAIN_MINIMUM) {
            return UNUSUAL;
        }
        word1 = w.i64(Ipv4Layout.WORD1);
        word2 = w.i64(Ipv4Layout.WORD2);
        long sum = Checksum.sumOf(word0) + Checksum.sumOf(word1) + (word2 >>> 32);
        if (Checksum.fold(sum) != 0xffff) {
            return BAD_IP_CHECKSUM;
        }
        protocol = Ipv4Layout.protocol(word1);
        transport = Ipv4Layout.OPTIONS;
        return readTransport(direction);
    }

    /** Reads the transport header of a packet whose network header is read. */
    int readTransport(int direction) {
        ports = (int) word2;
        return switch (protocol) {
            case UdpLayout.PROTOCOL -> readUdp();
            case TcpLayout.PROTOCOL -> readTcp();
            case IcmpLayout.PROTOCOL -> readIcmp(direction);
            default -> OTHER;
        };
    }

    private int readUdp() {
        row1 = window.i32(transport + UdpLayout.ROW1);
        int length = UdpLayout.length(row1);
        flags = 0;
        return length >= UdpLayout.HEADER && length <= total - transport ? READ : BAD_UDP_LENGTH;
    }

    private int readTcp() {
        if (total < transport + TcpLayout.OPTIONS) {
            return SHORT_TRANSPORT_HEADER;
        }
        long rows = window.i64(transport + TcpLayout.ROW3);
        int row3 = (int) (rows >>> 32);
        row4 = (int) rows;
        flags = TcpLayout.flags(row3);
        int header = TcpLayout.headerLength(row3);
        return header >= TcpLayout.OPTIONS && header <= total - transport ? READ : BAD_TCP_OFFSET;
    }

    private int readIcmp(int direction) {
        row1 = window.i32(transport + IcmpLayout.ROW1);
        flags = IcmpLayout.type((int) word2);
        kind = IcmpLayout.isQuery(flags) ? FLOW : ERROR;
        // a query has one identifier: it stands for the inside host, who is the source of what goes out
        ports = row1 >>> 16 << (16 & direction - 1);
        return READ;
    }

    /** Takes another source, and its identifier; the packet itself stays as it is. */
    void comesFrom(int address, int identifier) {
        word1 = word1 & 0xffff_ffff_0000_0000L | address & 0xffff_ffffL;
        if (protocol == IcmpLayout.PROTOCOL) {
            row1 = row1 & 0xffff | identifier << 16;
            ports = identifier;
        } else {
            ports = identifier << 16 | ports & 0xffff;
        }
    }

    /** Reads the words again that a translation has written. */
    void readAgain() {
        word1 = window.i64(Ipv4Layout.WORD1);
        word2 = (long) window.i32(Ipv4Layout.DESTINATION) << 32 | window.i32(transport) & 0xffff_ffffL;
        row1 = window.i32(transport + UdpLayout.ROW1);
        if (protocol == TcpLayout.PROTOCOL) {
            row4 = window.i32(transport + TcpLayout.ROW4);
        }
    }

    /** Whether this is the segment that begins a connection: a SYN and nothing else that matters. */
    boolean isSyn() {
        return protocol == TcpLayout.PROTOCOL && (flags & SYN_OF_A_KIND) == TcpLayout.SYN;
    }

    int source() {
        return Ipv4Layout.source(word1);
    }

    int destination() {
        return Ipv4Layout.destination(word2);
    }

    /** The public identifier that a packet from the outside is for. */
    int destinationId() {
        return protocol == IcmpLayout.PROTOCOL ? row1 >>> 16 : ports & 0xffff;
    }

    /** The first half of {@link #keyOutbound}. */
    long outboundParties() {
        return word1 << 32 | word2 >>> 32;
    }

    /** The inside address, if the public one stands for it, and the remote address of a packet from the outside. */
    long inboundParties() {
        return word2 & Record.INSIDE_MASK | word1 & 0xffff_ffffL;
    }

    /** The second half of {@link #keyOutbound}. */
    long outboundIds() {
        long remote = (ports & 0xffffL) << Record.REMOTE_ID_SHIFT;
        return (long) (ports >>> 16) << Record.INSIDE_ID_SHIFT | (long) protocol << Record.PROTOCOL_SHIFT | remote;
    }

    /** Keeps the key of the session that this packet, coming from the inside, belongs to. */
    void keyOutbound() {
        parties = outboundParties();
        ids = outboundIds();
    }

    /** The key of the session that this packet, coming from the outside, belongs to, if an owner's endpoint is its. */
    void keyInbound(long ownerParties, long ownerIds) {
        parties = ownerParties & Record.INSIDE_MASK | word1 & 0xffff_ffffL;
        ids = ownerIds & Record.ENDPOINT_MASK | remoteId();
    }

    /** Whether the remote of a session is who sent this packet from the outside. */
    boolean isFrom(long sessionParties, long sessionIds) {
        long difference = (sessionIds ^ remoteId()) & Record.REMOTE_ID_MASK;
        return ((int) sessionParties ^ (int) word1 | difference) == 0;
    }

    /** The remote id, where a key has it. */
    private long remoteId() {
        return ports & Record.REMOTE_ID_MASK;
    }
}
