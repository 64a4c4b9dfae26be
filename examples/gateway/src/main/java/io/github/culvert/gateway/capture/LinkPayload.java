package io.github.culvert.gateway.capture;

/**
 * What a frame carries.
 *
 * @param kind what it is
 * @param offset where it begins in the frame; bytes before it belong to the link
 */
public record LinkPayload(Kind kind, int offset) {

    /** What a frame can carry. */
    public enum Kind {
        /** An IPv4 packet, by what the link says of it; its own bytes may contradict that. */
        IPV4,
        /** An IPv6 packet, by what the link says of it. */
        IPV6,
        /** Something that is no IP packet, such as ARP. */
        NOT_IP,
        /** The frame ends within the headers of the link. */
        CUT_IN_LINK,
        /** The link type is not known here. */
        UNKNOWN_LINK
    }

    /**
     * Finds what a frame carries: behind Ethernet with any stack of VLAN tags and a PPPoE session, raw IP, BSD
     * loopback and both versions of Linux "cooked" captures.
     *
     * @param frame the frame
     * @return what it carries, and where
     */
    public static LinkPayload of(CapturedFrame frame) {
        return LinkDecoder.decode(frame);
    }
}
