package io.github.culvert.nat.mapping;

/** The ICMP messages that a NAT sends of its own (RFC 792, RFC 1812 section 5.2.7, RFC 5508 section 4). */
public enum Answer {
    /** Destination unreachable, host unreachable: no room for the flow (RFC 6888 REQ-11). */
    HOST_UNREACHABLE(3, 1),
    /** Destination unreachable, port unreachable: nobody took the connection (RFC 5382 REQ-4). */
    PORT_UNREACHABLE(3, 3),
    /** Destination unreachable, fragmentation needed: too big for the next link (RFC 1191). */
    FRAGMENTATION_NEEDED(3, 4),
    /** Destination unreachable, administratively prohibited: no room for the flow (RFC 5508 REQ-8). */
    ADMINISTRATIVELY_PROHIBITED(3, 13),
    /** Time exceeded in transit. */
    TTL_EXCEEDED(11, 0),
    /** Time exceeded in reassembly. */
    REASSEMBLY_TIME_EXCEEDED(11, 1);

    private final int type;
    private final int code;

    Answer(int type, int code) {
        this.type = type;
        this.code = code;
    }

    /**
     * The type field of the message.
     *
     * @return 3 or 11
     */
    public int type() {
        return type;
    }

    /**
     * The code field of the message.
     *
     * @return 0 to 13
     */
    public int code() {
        return code;
    }
}
