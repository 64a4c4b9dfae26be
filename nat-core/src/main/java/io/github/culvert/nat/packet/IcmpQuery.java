package io.github.culvert.nat.packet;

import io.github.culvert.nat.wire.IcmpLayout;

/**
 * An echo or timestamp message, request or reply (RFC 792): one that carries an identifier.
 *
 * @param octets header and data
 */
public record IcmpQuery(Octets octets) implements IcmpMessage {
    /**
     * Checks header and type.
     *
     * @param octets header and data
     * @throws IllegalArgumentException if they are no query; {@link IcmpMessage#parse(Octets)} throws nothing
     */
    public IcmpQuery {
        Headers.require(octets, IcmpLayout.PROTOCOL);
        Headers.require(IcmpLayout.isQuery(IcmpLayout.type(octets.i32(IcmpLayout.ROW0))), "not an ICMP query");
    }

    /**
     * Whether this asks for a reply, rather than being one.
     *
     * @return true for echo and timestamp requests
     */
    public boolean isRequest() {
        return type() == IcmpLayout.ECHO_REQUEST || type() == IcmpLayout.TIMESTAMP_REQUEST;
    }

    /**
     * The identifier.
     *
     * @return 0 to 65535
     */
    public int identifier() {
        return IcmpLayout.identifier(octets.i32(IcmpLayout.ROW1));
    }

    /**
     * The sequence number.
     *
     * @return 0 to 65535
     */
    public int sequence() {
        return IcmpLayout.sequence(octets.i32(IcmpLayout.ROW1));
    }

    /**
     * The data.
     *
     * @return what follows the sequence number
     */
    public Octets data() {
        return octets.from(IcmpLayout.DATA);
    }
}
