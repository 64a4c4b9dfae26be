package io.github.culvert.nat.fragment;

import io.github.culvert.nat.verdict.Outbox;
import io.github.culvert.nat.wire.Checksum;
import io.github.culvert.nat.wire.Ipv4Layout;
import io.github.culvert.nat.wire.OptionLayout;
import io.github.culvert.nat.wire.PacketWindow;
import io.netty.buffer.ByteBuf;

/**
 * Cuts a packet, which may be a fragment itself, into fragments that fit a link (RFC 791 section 3.2). Not safe for use
 * by several threads.
 */
final class Cutter {
    private final Outbox outbox;
    private final byte[] bytes = new byte[Ipv4Layout.MAX_HEADER];
    private final PacketWindow header = new PacketWindow();

    Cutter(Outbox outbox) {
        this.outbox = outbox;
        header.open(bytes, 0, bytes.length);
    }

    /** Puts the fragments into the outbox, in the order of their offsets; the packet stays as it is. */
    void cut(PacketWindow packet, int total, int mtu, int identification, int verdict) {
        long word0 = packet.i64(Ipv4Layout.WORD0);
        int bits = Ipv4Layout.fragmentBits(word0);
        int start = Ipv4Layout.headerLength(word0);
        packet.copyInto(bytes, 0, 0, start);
        header.put16(Ipv4Layout.IDENTIFICATION, identification);
        int length = start;
        int from = start;
        while (from < total) {
            int left = total - from;
            boolean last = left <= mtu - length;
            int data = last ? left : mtu - length & ~7;
            int more = last ? bits & Ipv4Layout.MORE_FRAGMENTS : Ipv4Layout.MORE_FRAGMENTS;
            int offset = (bits & Ipv4Layout.FRAGMENT_OFFSET) + (from - start >>> 3);
            seal(length, length + data, bits & Ipv4Layout.RESERVED_FLAG | more | offset);
            ByteBuf fragment = outbox.allocate(length + data);
            fragment.writeBytes(bytes, 0, length);
            packet.writeTo(fragment, from, data);
            outbox.put(fragment, verdict);
            length = from == start ? copied(start) : length;
            from += data;
        }
    }

    private void seal(int length, int total, int bits) {
        header.put16(
                Ipv4Layout.VERSION, Ipv4Layout.VERSION_4 << 12 | length << 6 | header.u8(Ipv4Layout.TYPE_OF_SERVICE));
        header.put16(Ipv4Layout.TOTAL_LENGTH, total);
        header.put16(Ipv4Layout.FRAGMENT, bits);
        header.put16(Ipv4Layout.CHECKSUM, 0);
        header.put16(Ipv4Layout.CHECKSUM, Checksum.ofSum(header.sum(0, length)));
    }

    /** Leaves only the options that every fragment has (RFC 791 section 3.1); gives the length of the header. */
    private int copied(int length) {
        int to = Ipv4Layout.OPTIONS;
        int from = Ipv4Layout.OPTIONS;
        while (from < length && header.u8(from) != OptionLayout.END) {
            int type = header.u8(from);
            int size = OptionLayout.isSingleByte(type) ? 1 : header.u8(from + OptionLayout.LENGTH);
            if (OptionLayout.isCopied(type)) {
                System.arraycopy(bytes, from, bytes, to, size);
                to += size;
            }
            from += size;
        }
        int end = to + 3 & ~3;
        java.util.Arrays.fill(bytes, to, end, (byte) OptionLayout.END);
        return end;
    }
}
