package io.github.culvert.nat.packet;

import io.github.culvert.nat.wire.HeaderCheck;

/**
 * A packet that an ICMP error quotes: the IPv4 header is there whole, the payload as far as the error has it. Its
 * lengths and checksums are those that the router saw, and may not fit.
 *
 * @param octets the quoted bytes, IPv4 header first
 */
public record QuotedPacket(Octets octets) implements Ipv4Header {
    /**
     * Checks the header.
     *
     * @param octets the quoted bytes, IPv4 header first
     * @throws IllegalArgumentException if it is not whole; {@link #parse(Octets)} says so without an exception
     */
    public QuotedPacket {
        Headers.require(checked(octets));
    }

    /**
     * Parses what an error quotes.
     *
     * @param octets the quoted bytes, IPv4 header first
     * @return the packet, or why there is none
     */
    public static Parsed<QuotedPacket> parse(Octets octets) {
        return Headers.result(checked(octets), octets, QuotedPacket::new);
    }

    private static HeaderCheck checked(Octets octets) {
        HeaderCheck check = new HeaderCheck();
        check.passesQuoted(octets.window());
        return check;
    }
}
