package io.github.culvert.nat.mapping;

import io.github.culvert.nat.packet.Ipv4Address;

/**
 * Identifiers of a public address that belong to one inside host, in all protocols.
 *
 * @param address the public address
 * @param first the first port, 0 to 65535
 * @param last the last port, {@code first} to 65535
 */
public record PortRange(Ipv4Address address, int first, int last) {
    /**
     * Whether a port is one of them.
     *
     * @param port the port
     * @return true if it is
     */
    public boolean contains(int port) {
        return first <= port && port <= last;
    }

    /**
     * How many there are.
     *
     * @return the number of ports
     */
    public int size() {
        return last - first + 1;
    }

    @Override
    public String toString() {
        return address + ":" + first + "-" + last;
    }
}
