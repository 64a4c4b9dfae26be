package io.github.culvert.gateway.report;

/** Why a packet of a recording is not for the NAT; that is no loss. */
public enum Bystander {
    /** Both of its addresses are inside. */
    BOTH_INSIDE,
    /** None of its addresses is inside. */
    NONE_INSIDE,
    /** From a public address of the NAT to an inside host: the recorded NAT had turned it round, and ours does it anew. */
    HAIRPINNED,
    /** It is an IPv6 packet. */
    IPV6,
    /** It is no IP packet. */
    NOT_IP,
    /** The link says IPv4, but the packet does not; or it ends before its addresses. */
    NO_IPV4_HEADER,
    /** The capture ends within the link header. */
    CUT_IN_LINK,
    /** The link type is not known. */
    UNKNOWN_LINK,
    /** To a multicast address. */
    MULTICAST,
    /** To the limited broadcast address. */
    BROADCAST,
    /** From or to a link-local address. */
    LINK_LOCAL
}
