package io.github.culvert.nat.fragment;

import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.verdict.Verdict;
import io.github.culvert.nat.wire.Ipv4Layout;
import io.github.culvert.nat.wire.PacketWindow;
import io.github.culvert.nat.wire.TcpLayout;

/**
 * What is read of one fragment. Used again for one after another, so that a refused one costs no memory. Not safe for
 * use by several threads.
 */
public final class Piece {
    private static final int PROTOCOL_SHIFT = 16;
    private static final int SIDE_SHIFT = 24;

    private static final int BAD_FRAGMENT = Verdict.refused(Refusal.BAD_FRAGMENT);
    private static final int TINY_FRAGMENT = Verdict.refused(Refusal.TINY_FRAGMENT);

    private final PacketWindow reader = new PacketWindow();
    PacketWindow window = reader;
    ChecksumStatus checksum = ChecksumStatus.VERIFY;
    /** Source address in the high half, destination address in the low half. */
    long addresses;
    /** Side, protocol and identification: what else tells datagrams apart (RFC 791 section 3.2). */
    int mark;

    int total;
    int header;
    /** Where the payload stands in its datagram, in bytes. */
    int offset;

    boolean more;

    /** A piece of nothing. */
    public Piece() {}

    /** Reads a fragment whose network header has passed, with its length and the direction that it travels in. */
    public void read(PacketWindow packet, int packetTotal, int direction, ChecksumStatus status) {
        window = packet;
        total = packetTotal;
        checksum = status;
        long word0 = packet.i64(Ipv4Layout.WORD0);
        long word1 = packet.i64(Ipv4Layout.WORD1);
        int bits = Ipv4Layout.fragmentBits(word0);
        header = Ipv4Layout.headerLength(word0);
        offset = Ipv4Layout.fragmentOffset(bits);
        more = (bits & Ipv4Layout.MORE_FRAGMENTS) != 0;
        addresses = word1 << 32 | packet.i32(Ipv4Layout.DESTINATION) & 0xffff_ffffL;
        int protocol = Ipv4Layout.protocol(word1);
        mark = direction << SIDE_SHIFT | protocol << PROTOCOL_SHIFT | Ipv4Layout.identification(word0);
    }

    int length() {
        return total - header;
    }

    /** Where the payload ends in its datagram, in bytes. */
    int end() {
        return offset + length();
    }

    int source() {
        return (int) (addresses >>> 32);
    }

    int direction() {
        return mark >>> SIDE_SHIFT;
    }

    /** The verdict for a fragment that is wrong by itself, else 0. */
    public int flaw() {
        boolean uneven = more && (length() & 7) != 0;
        if (uneven || length() == 0 || header + end() > Ipv4Layout.MAX_LENGTH) {
            return BAD_FRAGMENT;
        }
        // the flags of the segment would stand in it, hidden from who looks at the first one only (RFC 3128)
        boolean tcp = (mark >>> PROTOCOL_SHIFT & 0xff) == TcpLayout.PROTOCOL;
        return tcp && offset == 8 ? TINY_FRAGMENT : 0;
    }

    /** Whether a fragment that is held has the same payload at the same place. */
    boolean isSameAs(byte[] held) {
        reader.open(held, 0, held.length);
        long word0 = reader.i64(Ipv4Layout.WORD0);
        int bits = Ipv4Layout.fragmentBits(word0);
        int start = Ipv4Layout.headerLength(word0);
        boolean sameBorders = Ipv4Layout.fragmentOffset(bits) == offset
                && held.length - start == length()
                && (bits & Ipv4Layout.MORE_FRAGMENTS) != 0 == more;
        return sameBorders && samePayload(start);
    }

    private boolean samePayload(int start) {
        for (int i = 0; i < length(); i++) {
            if (reader.u8(start + i) != window.u8(header + i)) {
                return false;
            }
        }
        return true;
    }

    byte[] copy() {
        byte[] bytes = new byte[total];
        window.copyInto(bytes, 0, 0, total);
        return bytes;
    }
}
