package io.github.culvert.nat.mapping;

/**
 * A session as it was when it was looked at: one inside endpoint and one remote endpoint (RFC 4787 section 2).
 *
 * @param protocol the protocol
 * @param inside the inside endpoint
 * @param outside the public endpoint that stands for it
 * @param remote the remote endpoint; for ICMP its identifier is 0
 * @param state the connection state
 * @param outbound what went out
 * @param inbound what came in
 * @param idleNanos nanoseconds since the packet that last restarted the timeout, with a resolution of about a
 *     millisecond
 * @param timeoutNanos nanoseconds of idle time after which the session ends, rounded up to the same resolution
 */
public record Session(
        Protocol protocol,
        Endpoint inside,
        Endpoint outside,
        Endpoint remote,
        SessionState state,
        Traffic outbound,
        Traffic inbound,
        long idleNanos,
        long timeoutNanos) {

    /**
     * Packets and bytes of one direction.
     *
     * @param packets packets, modulo 2^32
     * @param bytes bytes of IPv4 packets, modulo 2^48
     */
    public record Traffic(long packets, long bytes) {}
}
