package io.github.culvert.pptp;

/**
 * What real programs do differently from RFC 2637. Each is understood unless its switch, {@link PptpConfig#quirks()}, is
 * off, and each is counted by its {@link PptpNotice}.
 */
public enum PptpQuirk {
    /** A Call-Disconnect-Notify that carries the PNS's Call ID where section 2.13 has the PAC's, as accel-ppp sends. */
    DISCONNECT_WITH_PNS_ID(PptpNotice.PPTP_QUIRK_PNS_ID),
    /** The same with the bytes of the Call ID swapped, as accel-ppp sends on little-endian machines. */
    DISCONNECT_WITH_SWAPPED_PNS_ID(PptpNotice.PPTP_QUIRK_SWAPPED_PNS_ID);

    private final PptpNotice notice;

    PptpQuirk(PptpNotice notice) {
        this.notice = notice;
    }

    /**
     * What is told when a peer does it.
     *
     * @return the notice
     */
    public PptpNotice notice() {
        return notice;
    }
}
