package io.github.culvert.nat.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.wire.HeaderWords;

/** The plainest receiver of TCP: keeps each byte that it has not yet acknowledged, and acknowledges what has no gap. */
final class Receiver {
    private final byte[] expected;
    private final boolean[] present;
    private final int start;
    private int next;

    /** Expects bytes; the first has a sequence number. */
    Receiver(byte[] expected, int start) {
        this.expected = expected;
        this.start = start;
        this.present = new boolean[expected.length];
    }

    /** Takes a segment, each byte of which that is new must be the right one; gives the acknowledgment number. */
    int take(byte[] packet) {
        assertThat(Segments.error(packet)).as("error of the checksum").isZero();
        HeaderWords words = Segments.read(packet);
        int from = Segments.sequence(words) - start;
        Octets payload = Segments.payload(packet);
        for (int i = 0; i < payload.length(); i++) {
            int position = from + i;
            if (position >= next) {
                assertThat(payload.u8(i)).as("byte %d", position).isEqualTo(expected[position] & 0xff);
                present[position] = true;
            }
        }
        while (next < present.length && present[next]) {
            next++;
        }
        return acknowledgment();
    }

    int acknowledgment() {
        return start + next;
    }

    boolean hasAll() {
        return next == expected.length;
    }
}
