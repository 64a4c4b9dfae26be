package io.github.culvert.nat.wire;

/**
 * Whether transport checksums are right (RFC 768, RFC 9293 section 3.1, RFC 792). Functions of a window; no state. The
 * headers must have passed {@link HeaderCheck}.
 */
public final class TransportSum {
    private TransportSum() {}

    /**
     * Whether the transport checksum of a packet is known to be wrong.
     *
     * @param packet a packet, IPv4 header first
     * @return false if the checksum is right, if it is absent, if the protocol has none, and for every fragment, of which
     *     it cannot be told
     */
    public static boolean isWrong(PacketWindow packet) {
        long word0 = packet.i64(Ipv4Layout.WORD0);
        if (Ipv4Layout.isFragment(Ipv4Layout.fragmentBits(word0))) {
            return false;
        }
        long word1 = packet.i64(Ipv4Layout.WORD1);
        int source = Ipv4Layout.source(word1);
        int destination = packet.i32(Ipv4Layout.DESTINATION);
        int at = Ipv4Layout.headerLength(word0);
        int length = Ipv4Layout.totalLength(word0) - at;
        return switch (Ipv4Layout.protocol(word1)) {
            case UdpLayout.PROTOCOL -> !udpIsRight(packet, at, source, destination);
            case TcpLayout.PROTOCOL -> !tcpIsRight(packet, at, length, source, destination);
            case IcmpLayout.PROTOCOL -> !isRight(packet, at, length);
            default -> false;
        };
    }

    /**
     * Whether the checksum of a UDP datagram is right. It covers the UDP length, which may be less than the IPv4
     * payload.
     *
     * @param packet memory that holds the datagram
     * @param at where the UDP header starts
     * @param source the source address
     * @param destination the destination address
     * @return true if it is, or if there is none
     */
    public static boolean udpIsRight(PacketWindow packet, int at, int source, int destination) {
        int row1 = packet.i32(at + UdpLayout.ROW1);
        int length = UdpLayout.length(row1);
        long pseudo = Checksum.pseudoHeader(source, destination, UdpLayout.PROTOCOL, length);
        return UdpLayout.checksum(row1) == 0 || Checksum.fold(pseudo + packet.sum(at, length)) == 0xffff;
    }

    /**
     * Whether the checksum of a TCP segment is right.
     *
     * @param packet memory that holds the segment
     * @param at where the TCP header starts
     * @param length the length of header and payload, in bytes
     * @param source the source address
     * @param destination the destination address
     * @return true if it is
     */
    public static boolean tcpIsRight(PacketWindow packet, int at, int length, int source, int destination) {
        long pseudo = Checksum.pseudoHeader(source, destination, TcpLayout.PROTOCOL, length);
        return Checksum.fold(pseudo + packet.sum(at, length)) == 0xffff;
    }

    /**
     * Whether a checksum without a pseudo-header is right, such as that of ICMP.
     *
     * @param packet memory that holds the message
     * @param at where the message starts
     * @param length the length of the message, in bytes
     * @return true if it is
     */
    public static boolean isRight(PacketWindow packet, int at, int length) {
        return Checksum.fold(packet.sum(at, length)) == 0xffff;
    }
}
