package io.github.culvert.nat.mapping;

/** Why a packet is for the machine that the NAT runs on, and not for the NAT. */
public enum HostTraffic {
    /** An IPv6 packet. */
    IPV6,
    /** To a multicast address. */
    MULTICAST,
    /** To the limited broadcast address. */
    BROADCAST,
    /** From or to a link-local address (RFC 3927). */
    LINK_LOCAL,
    /** From the outside, to an address that is no public address of this NAT. */
    NOT_OURS,
    /** To an identifier that is reserved for the host, also from inside hosts, whose packets keep their source. */
    RESERVED,
    /**
     * From whom the host itself talks to: an answer. The only packets to the host that are changed: they carry the
     * identifier again that the host has chosen.
     */
    OWN;

    private static final HostTraffic[] ALL = values();

    /**
     * The constant with an ordinal, without the copy that {@link #values()} makes.
     *
     * @param ordinal the ordinal
     * @return the constant
     */
    public static HostTraffic of(int ordinal) {
        return ALL[ordinal];
    }
}
