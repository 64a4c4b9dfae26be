package io.github.culvert.nat.packet;

import io.github.culvert.nat.wire.EspLayout;

/**
 * An ESP packet (RFC 4303 section 2), of which only the first eight bytes can be read.
 *
 * @param octets header and payload
 */
public record EspPacket(Octets octets) implements Transport {
    /**
     * Checks the header.
     *
     * @param octets header and payload
     * @throws IllegalArgumentException if it is malformed; {@link #parse(Octets)} says so without an exception
     */
    public EspPacket {
        Headers.require(octets, EspLayout.PROTOCOL);
    }

    /**
     * Parses a packet.
     *
     * @param octets header and payload
     * @return the packet, or why there is none
     */
    public static Parsed<EspPacket> parse(Octets octets) {
        return Headers.parse(octets, EspLayout.PROTOCOL, EspPacket::new);
    }

    /**
     * Starts building a packet.
     *
     * @return a builder
     */
    public static EspBuilder builder() {
        return new EspBuilder();
    }

    /**
     * The security parameters index, chosen by the receiver.
     *
     * @return 1 to 2^32 - 1
     */
    public long spi() {
        return octets.u32(EspLayout.SPI);
    }

    /**
     * The sequence number.
     *
     * @return 0 to 2^32 - 1
     */
    public long sequence() {
        return octets.u32(EspLayout.SEQUENCE);
    }

    /**
     * What is encrypted or only the receiver can tell apart.
     *
     * @return what follows the sequence number
     */
    public Octets payload() {
        return octets.from(EspLayout.HEADER);
    }
}
