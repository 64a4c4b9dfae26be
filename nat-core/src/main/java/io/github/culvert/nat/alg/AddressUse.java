package io.github.culvert.nat.alg;

/** Which public address the control channels of an ALG have. */
public enum AddressUse {
    /** That of their inside host, as all else that it opens (RFC 4787 REQ-2). */
    PAIRED,
    /**
     * One that no other inside host has a control channel from to the same remote address, as long as there are enough
     * public addresses; else that of their inside host. For servers that refuse a second connection from one address.
     *
     * <p>Deviation: a host that needs another address for that has it for all that it opens from then on, so that its
     * flows are spread over two of them while the earlier ones last (RFC 4787 REQ-2).
     */
    ONE_PER_HOST
}
