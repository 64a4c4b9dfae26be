package io.github.culvert.nat.testkit.fuzz;

import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.testkit.packet.PlainSum;
import java.util.Arrays;

/**
 * Reads a sequence of packets from bytes, whatever they are.
 *
 * <pre>
 *   byte 0   side: 0 inside, 1 outside, 2 host, 3 outside, as an answer to the last packet that went out    bits 0, 1
 *            checksum: 0 and 3 to verify, 1 trusted, 2 partial                                              bits 2, 3
 *            make the IPv4 header checksum right                                                            bit 4
 *            pause: 0 none, 1 a millisecond, 2 a second, 3 a minute, 4 five minutes, 5 three hours,
 *            6 a month, 7 none but time does its work                                                       bits 5 to 7
 *   byte 1   length of the packet; of an answer, where one of its bytes changes, and to what in byte 2
 * </pre>
 */
final class Frames {
    private static final long SECOND = 1_000_000_000L;
    private static final long[] PAUSES = {
        0, SECOND / 1000, SECOND, 60 * SECOND, 300 * SECOND, 3 * 3600 * SECOND, 30 * 86_400 * SECOND, 0
    };
    private static final int MOST = 64;

    private final byte[] data;
    private int at;
    private int read;

    /** The packets from an offset on. */
    Frames(byte[] data, int from) {
        this.data = data;
        this.at = from;
    }

    boolean hasNext() {
        return at + 2 < data.length && read < MOST;
    }

    Frame next(Octets lastOut) {
        read++;
        int control = data[at++] & 0xff;
        boolean answers = (control & 3) == 3;
        byte[] packet = answers ? answer(lastOut.toByteArray()) : given();
        if ((control & 0x10) != 0) {
            repair(packet);
        }
        ChecksumStatus checksum = ChecksumStatus.values()[(control >>> 2 & 3) % 3];
        int pause = control >>> 5;
        Side from = answers ? Side.OUTSIDE : Side.values()[control & 3];
        return new Frame(from, checksum, PAUSES[pause], pause == 7, Octets.of(packet));
    }

    private byte[] given() {
        int length = data[at++] & 0xff;
        int end = Math.min(data.length, at + length);
        byte[] packet = Arrays.copyOfRange(data, at, end);
        at = end;
        return packet;
    }

    /** Addresses and ports change places, and an echo request becomes a reply; no checksum notices any of it. */
    private byte[] answer(byte[] out) {
        int where = data[at++] & 0xff;
        int change = data[at++];
        if (out.length >= 28) {
            swap(out, 12, 16, 4);
            int transport = (out[0] & 0xf) * 4;
            if (out[9] == 1) {
                out[transport] = 0;
            } else {
                swap(out, transport, transport + 2, 2);
            }
            out[where % out.length] ^= (byte) change;
        }
        return out;
    }

    private static void swap(byte[] bytes, int one, int other, int count) {
        for (int i = 0; i < count; i++) {
            byte kept = bytes[one + i];
            bytes[one + i] = bytes[other + i];
            bytes[other + i] = kept;
        }
    }

    private static void repair(byte[] packet) {
        repair(packet, packet.length);
    }

    /** Makes the IPv4 header checksum right, if there is room for one. */
    static void repair(byte[] packet, int count) {
        int length = count == 0 ? 0 : Math.min(count, (packet[0] & 0xf) * 4);
        if (length >= 20) {
            packet[10] = 0;
            packet[11] = 0;
            int sum = PlainSum.checksum(Arrays.copyOf(packet, length));
            packet[10] = (byte) (sum >>> 8);
            packet[11] = (byte) sum;
        }
    }
}
