package io.github.culvert.nat.channel;

import io.github.culvert.nat.alg.Action;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.verdict.Verdict;
import io.github.culvert.nat.wire.Checksum;
import io.github.culvert.nat.wire.HeaderWords;
import io.github.culvert.nat.wire.PacketWindow;
import io.github.culvert.nat.wire.TransportSum;
import io.github.culvert.nat.wire.UdpLayout;

/** Control channels over UDP: each datagram is read whole, and edited in place. One thread. */
final class Payloads {
    private static final int CUT = Verdict.refused(Refusal.CHANNEL_CUT);
    private static final int REFUSED = Verdict.refused(Refusal.CHANNEL_REFUSED);

    private final Trackers trackers;

    Payloads(Trackers trackers) {
        this.trackers = trackers;
    }

    int pass(Channel channel, HeaderWords words, int direction, ChecksumStatus checksum) {
        if (!channel.isFollowed()) {
            return channel.mode == Channel.Mode.CUT ? CUT : 0;
        }
        if (checksum == ChecksumStatus.VERIFY && TransportSum.isWrong(words.window)) {
            return 0;
        }
        int at = words.transport + UdpLayout.HEADER;
        int length = UdpLayout.length(words.row1) - UdpLayout.HEADER;
        byte[] before = new byte[length];
        words.window.copyInto(before, 0, at, length);
        byte[] after = before.clone();
        boolean passes = trackers.tell(
                channel,
                context -> channel.tracker.onDatagram(Channels.direction(direction), Octets.of(before), context),
                edit -> edit(after, edit));
        if (!passes) {
            return REFUSED;
        }
        write(words, at, before, after, checksum);
        return 0;
    }

    private static boolean edit(byte[] payload, Action.Edit edit) {
        boolean within = edit.position() >= 0 && edit.position() < payload.length;
        if (within) {
            payload[(int) edit.position()] = (byte) edit.value();
        }
        return within;
    }

    private static void write(HeaderWords words, int at, byte[] before, byte[] after, ChecksumStatus checksum) {
        PacketWindow window = words.window;
        int delta = 0;
        for (int i = 0; i < after.length; i++) {
            if (before[i] != after[i]) {
                int word = (i & ~1) + 1 < after.length ? window.u16(at + (i & ~1)) : window.u8(at + i) << 8;
                int shift = (i & 1) == 0 ? 8 : 0;
                int changed = word & ~(0xff << shift) | (after[i] & 0xff) << shift;
                delta = Checksum.plus(delta, Checksum.delta16(word, changed));
                window.put8(at + i, after[i]);
            }
        }
        if (delta != 0 && checksum != ChecksumStatus.PARTIAL) {
            int field = Checksum.updatedUdp(UdpLayout.checksum(words.row1), delta);
            words.row1 = UdpLayout.withChecksum(words.row1, field);
            window.put32(words.transport + UdpLayout.ROW1, words.row1);
        }
    }
}
