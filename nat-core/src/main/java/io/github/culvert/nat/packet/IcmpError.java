package io.github.culvert.nat.packet;

import io.github.culvert.nat.wire.IcmpLayout;

/**
 * An ICMP message that quotes a packet (RFC 792, RFC 1122 section 3.2.2): destination unreachable, source quench,
 * redirect, time exceeded or parameter problem.
 *
 * @param octets header and quoted packet
 */
public record IcmpError(Octets octets) implements IcmpMessage {
    /**
     * Checks header and type.
     *
     * @param octets header and quoted packet
     * @throws IllegalArgumentException if they are no error; {@link IcmpMessage#parse(Octets)} throws nothing
     */
    public IcmpError {
        Headers.require(octets, IcmpLayout.PROTOCOL);
        Headers.require(IcmpLayout.isError(IcmpLayout.type(octets.i32(IcmpLayout.ROW0))), "not an ICMP error");
    }

    /**
     * The MTU of the next hop, which only code 4 of destination unreachable has (RFC 1191 section 4).
     *
     * @return 0 to 65535, in bytes; 0 from routers that do not tell, meaningless in other messages
     */
    public int nextHopMtu() {
        return IcmpLayout.nextHopMtu(octets.i32(IcmpLayout.ROW1));
    }

    /**
     * Where in the quoted packet a parameter problem lies.
     *
     * @return 0 to 255, an offset; meaningless in other messages
     */
    public int pointer() {
        return IcmpLayout.pointer(octets.i32(IcmpLayout.ROW1));
    }

    /**
     * What is quoted, padding included: up to the extensions of RFC 4884, where there are any.
     *
     * @return the bytes, possibly none, whatever they are
     */
    public Octets quotedOctets() {
        return octets.slice(IcmpLayout.QUOTED, extensionsAt() - IcmpLayout.QUOTED);
    }

    /**
     * The extensions of RFC 4884, not looked into.
     *
     * @return the bytes after what is quoted, possibly none
     */
    public Octets extensions() {
        return octets.from(extensionsAt());
    }

    /**
     * The quoted packet, of which the end is usually missing.
     *
     * @return the packet, or why it cannot be read; offsets count from its own header
     */
    public Parsed<QuotedPacket> quoted() {
        return QuotedPacket.parse(quotedOctets());
    }

    private int extensionsAt() {
        int length = IcmpLayout.hasQuotedLength(type()) ? IcmpLayout.quotedLength(octets.i32(IcmpLayout.ROW1)) : 0;
        return length == 0 ? octets.length() : Math.min(IcmpLayout.QUOTED + length, octets.length());
    }
}
