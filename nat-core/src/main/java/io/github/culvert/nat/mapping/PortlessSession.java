package io.github.culvert.nat.mapping;

import io.github.culvert.nat.mapping.Session.Traffic;
import io.github.culvert.nat.packet.Ipv4Address;

/**
 * A session of a protocol without identifiers, as it was when it was looked at: one inside host that talks to one remote
 * address, translated by address only. No other inside host behind the same public address can talk to that remote by
 * that protocol meanwhile.
 *
 * @param protocol the protocol number of the IPv4 header, 0 to 255
 * @param inside the inside host
 * @param outside the public address that stands for it
 * @param remote the remote address
 * @param outbound what went out
 * @param inbound what came in
 * @param idleNanos nanoseconds since the last packet, with a resolution of about a millisecond
 * @param timeoutNanos nanoseconds of idle time after which the session ends, rounded up to the same resolution
 */
public record PortlessSession(
        int protocol,
        Ipv4Address inside,
        Ipv4Address outside,
        Ipv4Address remote,
        Traffic outbound,
        Traffic inbound,
        long idleNanos,
        long timeoutNanos) {}
