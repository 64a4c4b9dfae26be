package io.github.culvert.nat.mapping;

/** Where a packet comes from, seen from the NAT. */
public enum Side {
    /** From a host behind the NAT. */
    INSIDE,
    /** From the public network. */
    OUTSIDE,
    /** From the machine that the NAT itself runs on, which shares a public address with the inside hosts. */
    HOST
}
