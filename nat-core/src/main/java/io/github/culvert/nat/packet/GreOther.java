package io.github.culvert.nat.packet;

import io.github.culvert.nat.wire.GreLayout;

/**
 * A GRE packet of which only the first four bytes can be read: routing (RFC 1701), version 1 without PPP, or a version
 * that nobody has defined.
 *
 * @param octets header and payload
 */
public record GreOther(Octets octets) implements GrePacket {
    /**
     * Checks the header.
     *
     * @param octets header and payload
     * @throws IllegalArgumentException if it is malformed; {@link GrePacket#parse(Octets)} throws nothing
     */
    public GreOther {
        Headers.require(octets, GreLayout.PROTOCOL);
    }
}
