package io.github.culvert.pptp;

import io.github.culvert.nat.alg.Notice;

/** What the PPTP ALG tells the owner of the network. The names are for counters and logs, and stay. */
public enum PptpNotice implements Notice {
    /** A control connection stopped being PPTP: nothing more is read, and its calls have ended. */
    PPTP_DESYNC,
    /** A call was asked for before both sides had started the control connection: it opens nothing. */
    PPTP_NOT_STARTED,
    /** A request or a reply came from a side that has no business to send it: it opens nothing. */
    PPTP_WRONG_SIDE,
    /** A call got the Call ID that is never bound, since its connection or its host has all the calls it may have. */
    PPTP_CALL_QUOTA,
    /** A call got the Call ID that is never bound, since no other was free towards its remote address. */
    PPTP_ID_EXHAUSTED,
    /** A Call-Disconnect-Notify named no call of its connection. */
    PPTP_UNKNOWN_CALL,
    /** {@link PptpQuirk#DISCONNECT_WITH_PNS_ID} was seen. */
    PPTP_QUIRK_PNS_ID,
    /** {@link PptpQuirk#DISCONNECT_WITH_SWAPPED_PNS_ID} was seen. */
    PPTP_QUIRK_SWAPPED_PNS_ID
}
