package io.github.culvert.nat.mapping;

import io.github.culvert.nat.mapping.Session.Traffic;
import io.github.culvert.nat.packet.Ipv4Address;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A session of a protocol without ports, as it was when it was looked at: one inside host that talks to one remote
 * address. Either an ALG has bound it by identifiers; or it is translated by address only, and no other inside host
 * behind the same public address can talk to that remote by that protocol meanwhile.
 *
 * @param protocol the protocol number of the IPv4 header, 0 to 255
 * @param inside the inside host
 * @param outside the public address that stands for it
 * @param remote the remote address
 * @param outbound what went out
 * @param inbound what came in
 * @param idleNanos nanoseconds since the last packet, with a resolution of about a millisecond
 * @param timeoutNanos nanoseconds of idle time after which the session ends, rounded up to the same resolution
 * @param identifiers what tells it apart from others between the same addresses; empty if it is translated by address
 *     only, and while it is not known yet by which of them packets come in
 */
public record PortlessSession(
        int protocol,
        Ipv4Address inside,
        Ipv4Address outside,
        Ipv4Address remote,
        Traffic outbound,
        Traffic inbound,
        long idleNanos,
        long timeoutNanos,
        Optional<Identifiers> identifiers) {
    /**
     * The identifiers of a session, each that of a receiver, 0 to 2^32 - 1: PPTP Call IDs, for example.
     *
     * @param inside that of the inside host, as it knows it
     * @param outside what stands for it in packets from the remote host
     * @param remote that of the remote host; empty if it is not known yet, so that no packet can go out
     */
    public record Identifiers(long inside, long outside, OptionalLong remote) {}
}
