package io.github.culvert.nat.packet;

import io.github.culvert.nat.wire.Checksum;
import io.github.culvert.nat.wire.PacketWindow;

/** Bytes on their way to {@link Octets}, written by the builders. */
final class Draft {
    /** In a builder: the field gets the value that is right. */
    static final int COMPUTED = -1;

    private final byte[] bytes;
    private final PacketWindow window = new PacketWindow();

    Draft(int length) {
        bytes = new byte[length];
        window.open(bytes, 0, length);
    }

    Draft put16(int offset, int value) {
        window.put16(offset, value);
        return this;
    }

    Draft put32(int offset, int value) {
        window.put32(offset, value);
        return this;
    }

    Draft put(int offset, Octets octets) {
        octets.copyInto(bytes, offset);
        return this;
    }

    /** Sums the bytes from the first to {@code end}; the checksum field must still be zero. */
    Draft putChecksum(int offset, int end, long pseudoHeader) {
        return put16(offset, Checksum.ofSum(pseudoHeader + window.sum(0, end)));
    }

    int u16(int offset) {
        return window.u16(offset);
    }

    int length() {
        return bytes.length;
    }

    Octets done() {
        return Octets.adopt(bytes);
    }

    /** A value for a field, which is too narrow for some. */
    static int field(String name, long value, int width) {
        long largest = (1L << width) - 1;
        if (value < 0 || value > largest) {
            throw new IllegalArgumentException(name + " " + value + " is not within 0.." + largest);
        }
        return (int) value;
    }

    /** What stands in a field: what the builder was told, or else what is right. */
    static int either(int told, int right) {
        return told == COMPUTED ? right : told;
    }

    /** Options with their padding: zero bytes up to a multiple of four. */
    static Octets padded(Octets options) {
        return options.then(Octets.adopt(new byte[-options.length() & 3]));
    }
}
