package io.github.culvert.nat.refusal;

/** The header in which a malformed packet contradicts itself. */
public enum Layer {
    /** The fixed part of the IPv4 header (RFC 791 section 3.1). */
    IPV4,
    /** The options of the IPv4 header (RFC 791 section 3.1). */
    IPV4_OPTION,
    /** The IPv4 header that an ICMP error quotes (RFC 792). */
    QUOTED_IPV4,
    /** UDP (RFC 768). */
    UDP,
    /** TCP (RFC 9293). */
    TCP,
    /** ICMP (RFC 792). */
    ICMP,
    /** GRE, plain (RFC 2784) or enhanced (RFC 2637). */
    GRE,
    /** ESP (RFC 4303). */
    ESP,
    /** AH (RFC 4302). */
    AH,
    /** L2TPv3 over IP (RFC 3931). */
    L2TPV3
}
