package io.github.culvert.nat.packet;

import io.github.culvert.nat.wire.PortLayout;
import io.github.culvert.nat.wire.TcpLayout;
import io.github.culvert.nat.wire.TransportSum;

/**
 * A TCP segment (RFC 9293 section 3.1), or the first part of one that was fragmented.
 *
 * @param octets header and payload
 */
public record TcpSegment(Octets octets) implements Transport {
    /**
     * Checks the header.
     *
     * @param octets header and payload
     * @throws IllegalArgumentException if it is malformed; {@link #parse(Octets)} says so without an exception
     */
    public TcpSegment {
        Headers.require(octets, TcpLayout.PROTOCOL);
    }

    /**
     * Parses a segment.
     *
     * @param octets header and payload
     * @return the segment, or why there is none
     */
    public static Parsed<TcpSegment> parse(Octets octets) {
        return Headers.parse(octets, TcpLayout.PROTOCOL, TcpSegment::new);
    }

    /**
     * Starts building a segment.
     *
     * @return a builder
     */
    public static TcpBuilder builder() {
        return new TcpBuilder();
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
     * The sequence number.
     *
     * @return 0 to 2^32 - 1
     */
    public long sequence() {
        return octets.u32(TcpLayout.SEQUENCE);
    }

    /**
     * The acknowledgment number; it counts only if {@link TcpFlag#ACK} is set.
     *
     * @return 0 to 2^32 - 1
     */
    public long acknowledgment() {
        return octets.u32(TcpLayout.ACKNOWLEDGMENT);
    }

    /**
     * The length of the header, options included (data offset).
     *
     * @return a multiple of 4 from 20 to 60, in bytes
     */
    public int headerLength() {
        return TcpLayout.headerLength(octets.i32(TcpLayout.ROW3));
    }

    /**
     * The flags as they stand in the header.
     *
     * @return 0 to 255
     */
    public int flags() {
        return TcpLayout.flags(octets.i32(TcpLayout.ROW3));
    }

    /**
     * Whether a flag is set.
     *
     * @param flag the flag
     * @return true if it is
     */
    public boolean has(TcpFlag flag) {
        return (flags() & flag.bit()) != 0;
    }

    /**
     * The window, not scaled.
     *
     * @return 0 to 65535
     */
    public int window() {
        return TcpLayout.window(octets.i32(TcpLayout.ROW3));
    }

    /**
     * The checksum.
     *
     * @return 0 to 65535; 0 is a checksum like any other
     */
    public int checksum() {
        return TcpLayout.checksum(octets.i32(TcpLayout.ROW4));
    }

    /**
     * The urgent pointer; it counts only if {@link TcpFlag#URG} is set.
     *
     * @return 0 to 65535
     */
    public int urgentPointer() {
        return TcpLayout.urgentPointer(octets.i32(TcpLayout.ROW4));
    }

    /**
     * The options with their padding, not looked into.
     *
     * @return 0 to 40 bytes
     */
    public Octets options() {
        return octets.slice(TcpLayout.OPTIONS, headerLength() - TcpLayout.OPTIONS);
    }

    /**
     * The payload.
     *
     * @return what follows the header
     */
    public Octets payload() {
        return octets.from(headerLength());
    }

    /**
     * Whether the checksum is right.
     *
     * @param source the source address of the packet
     * @param destination the destination address of the packet
     * @return true if it is; meaningless if the segment is not there whole
     */
    public boolean checksumValid(Ipv4Address source, Ipv4Address destination) {
        return TransportSum.tcpIsRight(octets.window(), 0, octets.length(), source.bits(), destination.bits());
    }
}
