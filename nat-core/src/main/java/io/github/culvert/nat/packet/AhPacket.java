package io.github.culvert.nat.packet;

import io.github.culvert.nat.wire.AhLayout;

/**
 * A packet with an Authentication Header (RFC 4302 section 2). It covers the IP addresses, so that no translation can
 * keep it valid.
 *
 * @param octets header and payload
 */
public record AhPacket(Octets octets) implements Transport {
    /**
     * Checks the header.
     *
     * @param octets header and payload
     * @throws IllegalArgumentException if it is malformed; {@link #parse(Octets)} says so without an exception
     */
    public AhPacket {
        Headers.require(octets, AhLayout.PROTOCOL);
    }

    /**
     * Parses a packet.
     *
     * @param octets header and payload
     * @return the packet, or why there is none
     */
    public static Parsed<AhPacket> parse(Octets octets) {
        return Headers.parse(octets, AhLayout.PROTOCOL, AhPacket::new);
    }

    /**
     * Starts building a packet.
     *
     * @return a builder
     */
    public static AhBuilder builder() {
        return new AhBuilder();
    }

    /**
     * The protocol of the payload.
     *
     * @return 0 to 255
     */
    public int nextHeader() {
        return AhLayout.nextHeader(octets.i32(AhLayout.ROW0));
    }

    /**
     * The length of the header, integrity check value included.
     *
     * @return a multiple of 4 from 12 to 1028, in bytes
     */
    public int headerLength() {
        return AhLayout.headerLength(octets.i32(AhLayout.ROW0));
    }

    /**
     * The security parameters index, chosen by the receiver.
     *
     * @return 1 to 2^32 - 1
     */
    public long spi() {
        return octets.u32(AhLayout.SPI);
    }

    /**
     * The sequence number.
     *
     * @return 0 to 2^32 - 1
     */
    public long sequence() {
        return octets.u32(AhLayout.SEQUENCE);
    }

    /**
     * The integrity check value.
     *
     * @return 0 to 1016 bytes
     */
    public Octets icv() {
        return octets.slice(AhLayout.ICV, headerLength() - AhLayout.ICV);
    }

    /**
     * What the header protects.
     *
     * @return what follows the header
     */
    public Octets payload() {
        return octets.from(headerLength());
    }
}
