package io.github.culvert.nat.config;

/** The code of the ICMP destination unreachable message when there is no room for a flow. */
public enum NoRoom {
    /** Communication administratively prohibited (RFC 5508 REQ-8). */
    ADMINISTRATIVELY_PROHIBITED(13),
    /** Host unreachable (RFC 6888 REQ-11). */
    HOST_UNREACHABLE(1);

    private final int code;

    NoRoom(int code) {
        this.code = code;
    }

    /**
     * The code field of the message.
     *
     * @return 13 or 1
     */
    public int code() {
        return code;
    }
}
