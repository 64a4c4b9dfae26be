package io.github.culvert.nat.packet;

import io.github.culvert.nat.wire.PortLayout;
import io.github.culvert.nat.wire.TransportSum;
import io.github.culvert.nat.wire.UdpLayout;

/**
 * A UDP datagram (RFC 768), or the first part of one that was fragmented.
 *
 * @param octets header and payload; may go on after {@link #length()}
 */
public record UdpDatagram(Octets octets) implements Transport {
    /**
     * Checks the header.
     *
     * @param octets header and payload; may go on after {@link #length()}
     * @throws IllegalArgumentException if it is malformed; {@link #parse(Octets)} says so without an exception
     */
    public UdpDatagram {
        Headers.require(octets, UdpLayout.PROTOCOL);
    }

    /**
     * Parses a datagram that is there whole.
     *
     * @param octets header and payload
     * @return the datagram, or why there is none
     */
    public static Parsed<UdpDatagram> parse(Octets octets) {
        return Headers.parse(octets, UdpLayout.PROTOCOL, UdpDatagram::new);
    }

    /**
     * Starts building a datagram.
     *
     * @return a builder
     */
    public static UdpBuilder builder() {
        return new UdpBuilder();
    }

    /**
     * The source port.
     *
     * @return 0 to 65535
     */
    public int sourcePort() {
        return PortLayout.source(octets.i32(PortLayout.ROW0));
    }

    /**
     * The destination port.
     *
     * @return 0 to 65535
     */
    public int destinationPort() {
        return PortLayout.destination(octets.i32(PortLayout.ROW0));
    }

    /**
     * The length of header and payload, as the header says it.
     *
     * @return 8 to 65535, in bytes; more than is there where this is only the first part
     */
    public int length() {
        return UdpLayout.length(octets.i32(UdpLayout.ROW1));
    }

    /**
     * The checksum.
     *
     * @return 0 to 65535; 0 means that there is none
     */
    public int checksum() {
        return UdpLayout.checksum(octets.i32(UdpLayout.ROW1));
    }

    /**
     * The payload, as far as it is there.
     *
     * @return what follows the header, up to {@link #length()}
     */
    public Octets payload() {
        return octets.slice(UdpLayout.HEADER, Math.min(length(), octets.length()) - UdpLayout.HEADER);
    }

    /**
     * Whether the checksum is right.
     *
     * @param source the source address of the packet
     * @param destination the destination address of the packet
     * @return true if it is, or if there is none; false also if the datagram is not there whole
     */
    public boolean checksumValid(Ipv4Address source, Ipv4Address destination) {
        return length() <= octets.length()
                && TransportSum.udpIsRight(octets.window(), 0, source.bits(), destination.bits());
    }
}
