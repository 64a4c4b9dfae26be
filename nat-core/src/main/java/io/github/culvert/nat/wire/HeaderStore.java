package io.github.culvert.nat.wire;

/**
 * The stores by which a translated header gets into a packet: the only place that writes headers. Few and wide, since
 * each costs its checks; which of them there are does not depend on the values. Static functions; they allocate nothing.
 *
 * <p>All values are those after the change; what does not change is written as it was. {@code word1} is
 * {@link Ipv4Layout#translated(long, int, int, int)}.
 */
public final class HeaderStore {
    private HeaderStore() {}

    /**
     * Writes time to live, checksum and addresses.
     *
     * @param packet the packet
     * @param word1 bytes 8 to 15 of the IPv4 header
     * @param destination the destination address
     */
    public static void addresses(PacketWindow packet, long word1, int destination) {
        packet.put64(Ipv4Layout.WORD1, word1);
        packet.put32(Ipv4Layout.DESTINATION, destination);
    }

    /**
     * Writes the headers of a UDP datagram.
     *
     * @param packet the packet
     * @param at where the UDP header starts
     * @param word1 bytes 8 to 15 of the IPv4 header
     * @param destination the destination address
     * @param row0 bytes 0 to 3 of the UDP header: the ports
     * @param row1 bytes 4 to 7 of the UDP header: length and checksum
     */
    public static void udp(PacketWindow packet, int at, long word1, int destination, int row0, int row1) {
        addresses(packet, word1, destination);
        packet.put64(at + PortLayout.ROW0, joined(row0, row1));
    }

    /**
     * Writes the headers of a TCP segment.
     *
     * @param packet the packet
     * @param at where the TCP header starts
     * @param word1 bytes 8 to 15 of the IPv4 header
     * @param destination the destination address
     * @param row0 bytes 0 to 3 of the TCP header: the ports
     * @param checksum the checksum, 0 to 65535
     */
    public static void tcp(PacketWindow packet, int at, long word1, int destination, int row0, int checksum) {
        if (at == Ipv4Layout.OPTIONS) {
            packet.put64(Ipv4Layout.WORD1, word1);
            packet.put64(Ipv4Layout.WORD2, joined(destination, row0));
        } else {
            addresses(packet, word1, destination);
            packet.put32(at + PortLayout.ROW0, row0);
        }
        packet.put16(at + TcpLayout.CHECKSUM, checksum);
    }

    /**
     * Writes the headers of an ICMP query.
     *
     * @param packet the packet
     * @param at where the ICMP message starts
     * @param word1 bytes 8 to 15 of the IPv4 header
     * @param destination the destination address
     * @param row0 bytes 0 to 3 of the message: type, code and checksum
     * @param row1 bytes 4 to 7 of the message: identifier and sequence number
     */
    public static void icmp(PacketWindow packet, int at, long word1, int destination, int row0, int row1) {
        addresses(packet, word1, destination);
        packet.put64(at + IcmpLayout.ROW0, joined(row0, row1));
    }

    private static long joined(int high, int low) {
        return (long) high << 32 | low & 0xffff_ffffL;
    }
}
