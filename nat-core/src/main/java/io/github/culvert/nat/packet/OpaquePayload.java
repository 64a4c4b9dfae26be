package io.github.culvert.nat.packet;

/**
 * A payload that is not looked into: an unknown protocol, or a fragment that is not the first and so has no transport
 * header.
 *
 * @param octets the payload
 */
public record OpaquePayload(Octets octets) implements Transport {}
