package io.github.culvert.nat.flow;

import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.table.Record;
import io.github.culvert.nat.wire.Checksum;
import io.github.culvert.nat.wire.IcmpLayout;
import io.github.culvert.nat.wire.Ipv4Layout;
import io.github.culvert.nat.wire.PacketWindow;
import io.github.culvert.nat.wire.TcpLayout;
import io.github.culvert.nat.wire.UdpLayout;

/**
 * What the data path reads of one packet: three words and a row, each read once. Used again for one packet after
 * another. Not safe for use by several threads.
 */
public final class Header {
    /** The packet was read and has identifiers. */
    public static final int READ = 0;
    /** The packet is of a kind that {@link UnusualHeader} looks at: options, fragments, other protocols, bad lengths. */
    static final int UNUSUAL = 1;

    private static final int BAD_IP_CHECKSUM = Verdict.refused(Refusal.BAD_IP_CHECKSUM);
    private static final int BAD_UDP_LENGTH = Verdict.refused(Refusal.BAD_UDP_LENGTH);
    private static final int BAD_TCP_OFFSET = Verdict.refused(Refusal.BAD_TCP_OFFSET);
    private static final int SHORT_TRANSPORT_HEADER = Verdict.refused(Refusal.SHORT_TRANSPORT_HEADER);

    private static final int PLAIN_HEADER = 0x45;
    private static final int TCP_MINIMUM = Ipv4Layout.OPTIONS + TcpLayout.OPTIONS;
    private static final int PLAIN_MINIMUM = Ipv4Layout.OPTIONS + UdpLayout.HEADER;

    final PacketWindow window = new PacketWindow();

    /** Bytes 8 to 15. */
    long word1;
    /** Bytes 16 to 19, and the first four bytes of the transport header. */
    long word2;
    /** Bytes 4 to 7 of the transport header. */
    int row1;
    /** For TCP bytes 16 to 19 of the transport header. */
    int row4;

    int protocol;
    /** Where the transport header starts. */
    int transport;

    int total;
    /** TCP flags, or the type of an ICMP message. */
    int flags;

    /** The key under which the session was looked for. */
    long parties;

    long ids;
    /** The session that was found, or 0. */
    int session;

    /** The length of the packet, without padding behind it. Valid once read. */
    public int total() {
        return total;
    }

    /** The inside host of the session that was looked for. Valid once looked for. */
    public int insideHost() {
        return Record.insideAddress(parties);
    }

    /** The packet itself. */
    public PacketWindow window() {
        return window;
    }

    /** Reads a plain header; gives {@link #READ}, {@link #UNUSUAL} or a refusal. */
    int read() {
        PacketWindow w = window;
        int length = w.length();
        if (length < PLAIN_MINIMUM) {
            return UNUSUAL;
        }
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
        return readTransport();
    }

    /** Reads the transport header of a packet whose network header is read. */
    int readTransport() {
        row1 = window.i32(transport + UdpLayout.ROW1);
        return switch (protocol) {
            case UdpLayout.PROTOCOL -> readUdp();
            case TcpLayout.PROTOCOL -> readTcp();
            case IcmpLayout.PROTOCOL -> readIcmp();
            default -> UNUSUAL;
        };
    }

    private int readUdp() {
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

    private int readIcmp() {
        flags = IcmpLayout.type((int) word2);
        return READ;
    }

    int source() {
        return Ipv4Layout.source(word1);
    }

    int destination() {
        return Ipv4Layout.destination(word2);
    }

    /** The first and second identifier as they stand in the packet, the first in the high half. */
    private int identifiers() {
        // an ICMP query has one identifier, which stands for both
        return protocol == IcmpLayout.PROTOCOL ? (row1 >>> 16) * 0x1_0001 : (int) word2;
    }

    int sourceId() {
        return identifiers() >>> 16;
    }

    int destinationId() {
        return identifiers() & 0xffff;
    }

    /** The key of the session that this packet, coming from the inside, belongs to. */
    void keyOutbound() {
        parties = word1 << 32 | word2 >>> 32;
        long protocolBits = (long) protocol << Record.PROTOCOL_SHIFT;
        if (protocol == IcmpLayout.PROTOCOL) {
            ids = (long) (row1 >>> 16) << Record.INSIDE_ID_SHIFT | protocolBits;
        } else {
            ids = word2 << 32 & 0xffff_0000_0000_0000L | protocolBits | (word2 & 0xffff) << Record.REMOTE_ID_SHIFT;
        }
    }

    /** The key of the session that this packet, coming from the outside, belongs to, if an owner's endpoint is its. */
    void keyInbound(long ownerParties, long ownerIds) {
        parties = ownerParties & Record.INSIDE_MASK | word1 & 0xffff_ffffL;
        long remoteId = protocol == IcmpLayout.PROTOCOL ? 0 : word2 >>> 16 & 0xffff;
        ids = ownerIds & Record.ENDPOINT_MASK | remoteId << Record.REMOTE_ID_SHIFT;
    }

    /** Whether the transport checksum is right; sums the whole packet. */
    boolean isChecksumRight() {
        int length = total - transport;
        long sum = window.sum(transport, protocol == UdpLayout.PROTOCOL ? UdpLayout.length(row1) : length);
        return switch (protocol) {
            case UdpLayout.PROTOCOL -> UdpLayout.checksum(row1) == 0 || isRight(sum, UdpLayout.length(row1));
            case TcpLayout.PROTOCOL -> isRight(sum, length);
            default -> Checksum.fold(sum) == 0xffff;
        };
    }

    private boolean isRight(long sum, int length) {
        return Checksum.fold(sum + Checksum.pseudoHeader(source(), destination(), protocol, length)) == 0xffff;
    }
}
