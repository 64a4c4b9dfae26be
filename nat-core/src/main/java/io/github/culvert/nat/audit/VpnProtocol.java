package io.github.culvert.nat.audit;

/** The VPN protocols that are told apart. */
public enum VpnProtocol {
    /** PPTP (RFC 2637). */
    PPTP,
    /** L2TP version 2 in clear (RFC 2661). */
    L2TP_V2,
    /** L2TP version 3 (RFC 3931). */
    L2TP_V3,
    /** IKE version 1 (RFC 2409). */
    IKE_V1,
    /** IKE version 2 (RFC 7296). */
    IKE_V2,
    /** ESP without UDP (RFC 4303). */
    ESP,
    /** AH (RFC 4302). */
    AH,
    /** WireGuard. */
    WIREGUARD,
    /** OpenVPN. */
    OPENVPN,
    /** A VPN over TLS, such as SSTP; never more than a hint. */
    TLS
}
