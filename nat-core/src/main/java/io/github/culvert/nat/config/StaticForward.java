package io.github.culvert.nat.config;

import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Protocol;

/**
 * A public endpoint that always leads to an inside endpoint, for every remote.
 *
 * @param protocol the protocol; its identifiers have 16 bits
 * @param outside the public endpoint
 * @param inside the inside endpoint
 */
public record StaticForward(Protocol protocol, Endpoint outside, Endpoint inside) {
    @Override
    public String toString() {
        return protocol.name().toLowerCase(java.util.Locale.ROOT) + ":" + outside + "=" + inside;
    }
}
