package io.github.culvert.nat.config;

import io.github.culvert.nat.packet.Ipv4Prefix;

/**
 * Traffic that is not translated: to and from these remote endpoints, addresses stay as they are (RFC 6888 REQ-6), and
 * no state is kept. ICMP errors about such traffic pass too, whoever sends them. What the remote sends to a public
 * address is translated as ever, and so are the answers to it.
 *
 * @param remote the remote addresses
 * @param firstPort the first remote port, 0 to 65535; fragments, ICMP queries and protocols without ports
 *     are exempt only if the range is 0 to 65535
 * @param lastPort the last remote port, 0 to 65535
 */
public record Exemption(Ipv4Prefix remote, int firstPort, int lastPort) {

    /**
     * All traffic with some remote addresses.
     *
     * @param remote the remote addresses
     * @return the exemption
     */
    public static Exemption of(Ipv4Prefix remote) {
        return new Exemption(remote, 0, 65_535);
    }

    @Override
    public String toString() {
        return firstPort == 0 && lastPort == 65_535 ? remote.toString() : remote + ":" + firstPort + "-" + lastPort;
    }
}
