package io.github.culvert.nat.packet;

import io.github.culvert.nat.wire.GreLayout;
import java.util.OptionalLong;

/**
 * An enhanced GRE packet of PPTP (RFC 2637 section 4.1): version 1 that carries PPP; or the first part of one.
 *
 * @param octets header and payload; may go on after {@link #payloadLength()}
 */
public record EnhancedGre(Octets octets) implements GrePacket {
    /**
     * Checks the header.
     *
     * @param octets header and payload; may go on after {@link #payloadLength()}
     * @throws IllegalArgumentException if it is malformed or not enhanced; {@link GrePacket#parse(Octets)} throws
     *     nothing
     */
    public EnhancedGre {
        Headers.require(octets, GreLayout.PROTOCOL);
        Headers.require(GreLayout.isEnhanced(octets.i32(GreLayout.ROW0)), "not enhanced GRE");
    }

    /**
     * Starts building a packet.
     *
     * @return a builder
     */
    public static EnhancedGreBuilder builder() {
        return new EnhancedGreBuilder();
    }

    /**
     * The Call ID: the receiver's own.
     *
     * @return 0 to 65535
     */
    public int callId() {
        return GreLayout.callId(octets.i32(GreLayout.ENHANCED_ROW1));
    }

    /**
     * The length of the payload, as the header says it.
     *
     * @return 0 to 65535, in bytes; more than is there where this is only the first part
     */
    public int payloadLength() {
        return GreLayout.payloadLength(octets.i32(GreLayout.ENHANCED_ROW1));
    }

    /**
     * The sequence number of the payload.
     *
     * @return 0 to 2^32 - 1, if there is one
     */
    public OptionalLong sequence() {
        return numberIf(GreLayout.SEQUENCE_PRESENT, GreLayout.ENHANCED_SEQUENCE);
    }

    /**
     * The highest sequence number that the sender has received.
     *
     * @return 0 to 2^32 - 1, if there is one; 2^32 - 1 before anything was received
     */
    public OptionalLong acknowledgment() {
        return numberIf(GreLayout.ACKNOWLEDGMENT_PRESENT, GreLayout.acknowledgmentOffset(row0()));
    }

    /**
     * The payload, a PPP frame, as far as it is there.
     *
     * @return what follows the header, up to {@link #payloadLength()}
     */
    public Octets payload() {
        int header = GreLayout.enhancedLength(row0());
        return octets.slice(header, Math.min(payloadLength(), octets.length() - header));
    }

    private OptionalLong numberIf(int flag, int offset) {
        return (GreLayout.flags(row0()) & flag) != 0 ? OptionalLong.of(octets.u32(offset)) : OptionalLong.empty();
    }

    private int row0() {
        return octets.i32(GreLayout.ROW0);
    }
}
