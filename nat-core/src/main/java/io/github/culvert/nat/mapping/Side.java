package io.github.culvert.nat.mapping;

/** Where a packet comes from, seen from the NAT. */
public enum Side {
    /** From a host behind the NAT. */
    INSIDE,
    /** From the public network. */
    OUTSIDE,
    /**
     * From the machine that the NAT itself runs on, which shares a public address with the inside hosts. What it sends
     * from a public address is tracked, so that its identifiers never clash with theirs, and answers go to the host; all
     * else passes as it is. What it sends to an inside address comes out on the inside.
     */
    HOST
}
