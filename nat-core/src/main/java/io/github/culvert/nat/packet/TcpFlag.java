package io.github.culvert.nat.packet;

import io.github.culvert.nat.wire.TcpLayout;

/** A flag of the TCP header (RFC 9293 section 3.1). */
public enum TcpFlag {
    /** The sender is done. */
    FIN(TcpLayout.FIN),
    /** The sequence number is the initial one. */
    SYN(TcpLayout.SYN),
    /** The connection is reset. */
    RST(TcpLayout.RST),
    /** The data should be handed over at once. */
    PSH(TcpLayout.PSH),
    /** The acknowledgment number counts. */
    ACK(TcpLayout.ACK),
    /** The urgent pointer counts. */
    URG(TcpLayout.URG),
    /** Congestion was echoed (RFC 3168). */
    ECE(TcpLayout.ECE),
    /** The congestion window was reduced (RFC 3168). */
    CWR(TcpLayout.CWR);

    private final int bit;

    TcpFlag(int bit) {
        this.bit = bit;
    }

    /**
     * The flag among {@link TcpSegment#flags()}.
     *
     * @return a number with one bit set, 1 to 128
     */
    public int bit() {
        return bit;
    }
}
