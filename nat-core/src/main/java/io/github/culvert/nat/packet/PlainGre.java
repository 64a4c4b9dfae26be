package io.github.culvert.nat.packet;

import io.github.culvert.nat.wire.GreLayout;
import io.github.culvert.nat.wire.TransportSum;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A GRE packet of version 0 (RFC 2784, with key and sequence number of RFC 2890), or the first part of one.
 *
 * @param octets header and payload
 */
public record PlainGre(Octets octets) implements GrePacket {
    /**
     * Checks the header.
     *
     * @param octets header and payload
     * @throws IllegalArgumentException if it is malformed or not version 0; {@link GrePacket#parse(Octets)} throws
     *     nothing
     */
    public PlainGre {
        Headers.require(octets, GreLayout.PROTOCOL);
        Headers.require(GreLayout.isPlain(octets.i32(GreLayout.ROW0)), "not GRE version 0");
    }

    /**
     * Starts building a packet.
     *
     * @return a builder
     */
    public static PlainGreBuilder builder() {
        return new PlainGreBuilder();
    }

    /**
     * The checksum.
     *
     * @return 0 to 65535, if there is one
     */
    public OptionalInt checksum() {
        return has(GreLayout.CHECKSUM_PRESENT)
                ? OptionalInt.of(octets.u16(GreLayout.PLAIN_CHECKSUM))
                : OptionalInt.empty();
    }

    /**
     * The key.
     *
     * @return 0 to 2^32 - 1, if there is one
     */
    public OptionalLong key() {
        return numberIf(GreLayout.KEY_PRESENT, GreLayout.plainKeyOffset(row0()));
    }

    /**
     * The sequence number.
     *
     * @return 0 to 2^32 - 1, if there is one
     */
    public OptionalLong sequence() {
        return numberIf(GreLayout.SEQUENCE_PRESENT, GreLayout.plainSequenceOffset(row0()));
    }

    /**
     * The payload.
     *
     * @return what follows the header
     */
    public Octets payload() {
        return octets.from(GreLayout.plainLength(row0()));
    }

    /**
     * Whether the checksum is right.
     *
     * @return true if it is, or if there is none; meaningless if the packet is not there whole
     */
    public boolean checksumValid() {
        return !has(GreLayout.CHECKSUM_PRESENT) || TransportSum.isRight(octets.window(), 0, octets.length());
    }

    private OptionalLong numberIf(int flag, int offset) {
        return has(flag) ? OptionalLong.of(octets.u32(offset)) : OptionalLong.empty();
    }

    private boolean has(int flag) {
        return (GreLayout.flags(row0()) & flag) != 0;
    }

    private int row0() {
        return octets.i32(GreLayout.ROW0);
    }
}
