package io.github.culvert.nat.flow;

import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.wire.Checksum;
import io.github.culvert.nat.wire.IcmpLayout;
import io.github.culvert.nat.wire.Ipv4Layout;
import io.github.culvert.nat.wire.PacketWindow;
import io.github.culvert.nat.wire.TcpLayout;
import io.github.culvert.nat.wire.UdpLayout;

/** Writes translated headers. The inbound rewrite is the outbound one read backwards, without a branch. */
final class HeaderWriter {
    /** What taking one from the time to live does to the header checksum (RFC 1624). */
    private static final int HOP_DELTA = 0xfeff;

    private static final long TTL_ONE = 1L << 56;
    private static final long KEPT_OF_WORD1 = 0xffff_0000_ffff_ffffL;

    private HeaderWriter() {}

    static void write(
            Header h, int direction, ChecksumStatus checksum, int addressChange, int idChange, int deltas, int hop) {
        long inbound = -direction;
        int flip = (int) inbound & 0xffff;
        int headerDelta = deltas >>> 16 ^ flip;
        int transportDelta = deltas & 0xffff ^ flip;
        long address = addressChange & 0xffff_ffffL;

        int headerSum = (~Ipv4Layout.headerChecksum(h.word1) & 0xffff) + headerDelta + (HOP_DELTA & -hop);
        long headerChecksum = ~Checksum.fold(headerSum) & 0xffff;
        long word1 = (h.word1 ^ address & ~inbound) & KEPT_OF_WORD1 | headerChecksum << 32;
        long word2 = h.word2 ^ address << 32 & inbound;
        PacketWindow window = h.window;
        window.put64(Ipv4Layout.WORD1, word1 - TTL_ONE * hop);
        if (checksum == ChecksumStatus.PARTIAL && h.protocol != IcmpLayout.PROTOCOL) {
            writePartial(h, word2, idChange << (16 & ~(int) inbound), headerDelta);
            return;
        }
        switch (h.protocol) {
            case UdpLayout.PROTOCOL -> {
                writeWord2(h, word2 ^ (idChange << (16 & ~(int) inbound) & 0xffff_ffffL));
                int udp = Checksum.updatedUdp(UdpLayout.checksum(h.row1), transportDelta);
                window.put32(h.transport + UdpLayout.ROW1, h.row1 & 0xffff_0000 | udp);
            }
            case TcpLayout.PROTOCOL -> {
                writeWord2(h, word2 ^ (idChange << (16 & ~(int) inbound) & 0xffff_ffffL));
                int tcp = Checksum.updated(TcpLayout.checksum(h.row4), transportDelta);
                window.put16(h.transport + TcpLayout.CHECKSUM, tcp);
            }
            default -> {
                int icmp = Checksum.updated((int) word2 & 0xffff, transportDelta);
                writeWord2(h, word2 & ~0xffffL | icmp);
                window.put32(h.transport + IcmpLayout.ROW1, h.row1 ^ idChange << 16);
            }
        }
    }

    private static void writeWord2(Header h, long word2) {
        if (h.transport == Ipv4Layout.OPTIONS) {
            h.window.put64(Ipv4Layout.WORD2, word2);
        } else {
            h.window.put32(Ipv4Layout.DESTINATION, (int) (word2 >>> 32));
            h.window.put32(h.transport, (int) word2);
        }
    }

    /** The field holds the sum of the pseudo-header, not complemented, so only addresses count and they add. */
    private static void writePartial(Header h, long word2, int idChange, int addressDelta) {
        writeWord2(h, word2 ^ idChange & 0xffff_ffffL);
        boolean udp = h.protocol == UdpLayout.PROTOCOL;
        int at = h.transport + (udp ? UdpLayout.CHECKSUM : TcpLayout.CHECKSUM);
        h.window.put16(at, Checksum.plus(h.window.u16(at), addressDelta));
    }
}
