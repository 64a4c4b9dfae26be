package io.github.culvert.nat.config;

import io.github.culvert.nat.packet.Ipv4Address;

/**
 * Basic NAT (RFC 3022 section 2): a public address that stands for one inside address, with all identifiers and
 * protocols, both ways. No other inside host uses that public address, nor does the NAT's own machine; any remote may
 * send to it. Within the limits of the host, as for any other one.
 *
 * @param outside the public address, one of {@link NatConfig#publicAddresses()}
 * @param inside the inside address
 */
public record AddressForward(Ipv4Address outside, Ipv4Address inside) {

    @Override
    public String toString() {
        return outside + "=" + inside;
    }
}
