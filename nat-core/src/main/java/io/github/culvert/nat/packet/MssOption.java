package io.github.culvert.nat.packet;

import io.github.culvert.nat.wire.Checksum;
import io.github.culvert.nat.wire.HeaderWords;
import io.github.culvert.nat.wire.OptionLayout;
import io.github.culvert.nat.wire.PacketWindow;
import io.github.culvert.nat.wire.TcpLayout;

/**
 * The maximum segment size option of TCP (RFC 9293 section 3.2), and the only writer of TCP options. The checksum is
 * updated, never computed anew, as by {@link Rewrite}.
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +---------------+---------------+-------------------------------+
 *   |   Kind (2)    |  Length (4)   |     Maximum segment size      |
 *   +---------------+---------------+-------------------------------+
 * </pre>
 *
 * <p>Functions of a packet; no state.
 */
public final class MssOption {
    private static final int KIND = 2;
    private static final int LENGTH = 4;
    private static final int VALUE = 2;

    private MssOption() {}

    /**
     * Lowers the option, wherever it stands among the others, if it is there and larger; nothing is ever added. Options
     * that are malformed end the search. Allocates nothing.
     *
     * @param words a TCP segment, read; its row 4 is changed along with the packet
     * @param most the largest value that may stay, 0 to 65535
     * @param checksum what the checksum field holds; where that is {@link ChecksumStatus#PARTIAL} no option is in it
     */
    public static void lower(HeaderWords words, int most, ChecksumStatus checksum) {
        PacketWindow packet = words.window;
        int end = words.transport + TcpLayout.headerLength(packet.i32(words.transport + TcpLayout.ROW3));
        int at = words.transport + TcpLayout.OPTIONS;
        while (at < end) {
            int kind = packet.u8(at);
            if (kind == OptionLayout.END) {
                return;
            }
            int length = kind == OptionLayout.NO_OPERATION || at + 1 == end ? 1 : packet.u8(at + OptionLayout.LENGTH);
            if (length < OptionLayout.DATA && kind != OptionLayout.NO_OPERATION || length > end - at) {
                return;
            }
            if (kind == KIND && length == LENGTH && packet.u16(at + VALUE) > most) {
                write(words, at + VALUE, most, checksum);
            }
            at += length;
        }
    }

    private static void write(HeaderWords words, int at, int value, ChecksumStatus checksum) {
        PacketWindow packet = words.window;
        int delta = Checksum.delta16(packet.u16(at), value);
        packet.put16(at, value);
        if (checksum != ChecksumStatus.PARTIAL) {
            boolean odd = (at - words.transport & 1) != 0;
            int updated = Checksum.updated(TcpLayout.checksum(words.row4), odd ? Checksum.swapped(delta) : delta);
            words.row4 = updated << 16 | TcpLayout.urgentPointer(words.row4);
            packet.put16(words.transport + TcpLayout.CHECKSUM, updated);
        }
    }
}
