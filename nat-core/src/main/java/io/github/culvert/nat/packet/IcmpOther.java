package io.github.culvert.nat.packet;

import io.github.culvert.nat.wire.IcmpLayout;

/**
 * An ICMP message that is neither a query with an identifier nor an error, such as router discovery.
 *
 * @param octets header and data
 */
public record IcmpOther(Octets octets) implements IcmpMessage {
    /**
     * Checks the header.
     *
     * @param octets header and data
     * @throws IllegalArgumentException if it is malformed; {@link IcmpMessage#parse(Octets)} throws nothing
     */
    public IcmpOther {
        Headers.require(octets, IcmpLayout.PROTOCOL);
    }
}
