package io.github.culvert.nat.fragment;

import io.github.culvert.nat.wire.Checksum;
import io.github.culvert.nat.wire.IcmpLayout;
import io.github.culvert.nat.wire.Ipv4Layout;
import io.github.culvert.nat.wire.PacketWindow;
import io.github.culvert.nat.wire.TcpLayout;
import io.github.culvert.nat.wire.UdpLayout;

/**
 * Puts a datagram together in memory that is used again, at most 64 KiB, so that it can be judged like a packet that was
 * never cut. Not safe for use by several threads.
 */
public final class Assembly {
    private byte[] bytes = {};

    /** No memory yet. */
    public Assembly() {}

    /** Points a window to the whole datagram: the header of its first fragment, with the length of all. */
    public void join(Datagram datagram, PacketWindow whole) {
        int total = datagram.total();
        if (bytes.length < total) {
            bytes = new byte[Math.min(Ipv4Layout.MAX_LENGTH, 2 * total)];
        }
        int header = Datagram.headerLength(datagram.piece(0));
        System.arraycopy(datagram.piece(0), 0, bytes, 0, header);
        for (int i = 0; i < datagram.count(); i++) {
            byte[] piece = datagram.piece(i);
            int start = Datagram.headerLength(piece);
            System.arraycopy(piece, start, bytes, header + Datagram.offset(piece), piece.length - start);
        }
        whole.open(bytes, 0, total);
        seal(whole, total);
    }

    private static void seal(PacketWindow whole, int total) {
        int bits = whole.u16(Ipv4Layout.FRAGMENT);
        int only = bits & ~(Ipv4Layout.MORE_FRAGMENTS | Ipv4Layout.FRAGMENT_OFFSET);
        int delta = Checksum.delta16(bits, only) + Checksum.delta16(whole.u16(Ipv4Layout.TOTAL_LENGTH), total);
        int checksum = Checksum.updated(whole.u16(Ipv4Layout.CHECKSUM), Checksum.fold(delta));
        whole.put16(Ipv4Layout.TOTAL_LENGTH, total);
        whole.put16(Ipv4Layout.FRAGMENT, only);
        whole.put16(Ipv4Layout.CHECKSUM, checksum);
    }

    /**
     * Completes a transport checksum whose field holds the sum of the pseudo-header, since no hardware can complete one
     * that covers several packets.
     */
    public static void complete(PacketWindow packet, int total) {
        int at = Ipv4Layout.headerLength(packet.i64(Ipv4Layout.WORD0));
        int protocol = Ipv4Layout.protocol(packet.i64(Ipv4Layout.WORD1));
        switch (protocol) {
            case UdpLayout.PROTOCOL -> {
                int length = UdpLayout.length(packet.i32(at + UdpLayout.ROW1));
                int checksum = Checksum.ofSum(packet.sum(at, length));
                // 0 says that there is none (RFC 768)
                packet.put16(at + UdpLayout.CHECKSUM, checksum == 0 ? 0xffff : checksum);
            }
            case TcpLayout.PROTOCOL ->
                packet.put16(at + TcpLayout.CHECKSUM, Checksum.ofSum(packet.sum(at, total - at)));
            case IcmpLayout.PROTOCOL ->
                packet.put16(at + IcmpLayout.CHECKSUM, Checksum.ofSum(packet.sum(at, total - at)));
            default -> {}
        }
    }
}
