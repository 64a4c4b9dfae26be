package io.github.culvert.nat.mapping;

import io.github.culvert.nat.packet.Ipv4Address;

/**
 * An address and an identifier: a port, an ICMP query id, or what a protocol has instead.
 *
 * @param address the address
 * @param identifier the identifier, 0 to 2^32 - 1; ports and query ids end at 65535
 */
public record Endpoint(Ipv4Address address, long identifier) {
    /**
     * Checks the identifier.
     *
     * @param address the address
     * @param identifier the identifier
     * @throws IllegalArgumentException if the identifier is not within 32 bits
     */
    public Endpoint {
        if (identifier < 0 || identifier > 0xffff_ffffL) {
            throw new IllegalArgumentException("identifier " + identifier + " is not within 0.." + 0xffff_ffffL);
        }
    }

    /**
     * Reads {@code address:identifier}.
     *
     * @param text such as {@code 192.168.1.10:5000}
     * @return the endpoint
     * @throws IllegalArgumentException if the text is no such endpoint
     */
    public static Endpoint parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0 || !text.substring(colon + 1).matches("[0-9]{1,10}")) {
            throw new IllegalArgumentException("'" + text + "' is not an endpoint such as 192.168.1.10:5000");
        }
        return new Endpoint(Ipv4Address.parse(text.substring(0, colon)), Long.parseLong(text.substring(colon + 1)));
    }

    @Override
    public String toString() {
        return address + ":" + identifier;
    }
}
