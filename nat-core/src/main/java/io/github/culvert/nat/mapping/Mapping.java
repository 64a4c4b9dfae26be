package io.github.culvert.nat.mapping;

/**
 * A mapping as it was when it was looked at: which public endpoint stands for which inside endpoint (RFC 4787
 * section 4). Where mapping is endpoint-independent, all sessions of the inside endpoint share it; else those with one
 * remote address, or each has its own.
 *
 * @param protocol the protocol
 * @param inside the inside endpoint
 * @param outside the public endpoint
 * @param permanent whether it is a static forward, which stays without any session
 * @param sessions how many sessions it has
 * @param lifetimeNanos how long a temporary mapping stays without any session, in nanoseconds from that moment on, with
 *     a resolution of about a millisecond; 0 for every other mapping
 */
public record Mapping(
        Protocol protocol, Endpoint inside, Endpoint outside, boolean permanent, int sessions, long lifetimeNanos) {
    /**
     * A mapping that is not temporary.
     *
     * @param protocol the protocol
     * @param inside the inside endpoint
     * @param outside the public endpoint
     * @param permanent whether it is a static forward, which stays without any session
     * @param sessions how many sessions it has
     */
    public Mapping(Protocol protocol, Endpoint inside, Endpoint outside, boolean permanent, int sessions) {
        this(protocol, inside, outside, permanent, sessions, 0);
    }

    /**
     * Whether it is a temporary mapping (RFC 6887), which stays without any session until its lifetime ends.
     *
     * @return whether it has a lifetime
     */
    public boolean temporary() {
        return lifetimeNanos > 0;
    }
}
