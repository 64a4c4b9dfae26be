package io.github.culvert.nat.wire;

/** How much of a datagram the payload of an IPv4 packet is, where its transport header is there at all. */
public enum Extent {
    /** All of it: a length in the transport header must fit. */
    WHOLE,
    /** A first fragment, or what an ICMP error quotes: the transport header must be there, its lengths may be larger. */
    FIRST_PART
}
