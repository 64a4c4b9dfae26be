package io.github.culvert.gateway.capture;

import io.github.culvert.gateway.capture.LinkPayload.Kind;

/** Walks the link headers of one frame. Every step checks that its bytes are there. */
final class LinkDecoder {
    private static final int ETHERTYPE_IPV4 = 0x0800;
    private static final int ETHERTYPE_IPV6 = 0x86dd;
    private static final int ETHERTYPE_PPPOE_SESSION = 0x8864;
    /** EtherTypes of the tags of IEEE 802.1Q and 802.1ad, and of two that were used before 802.1ad. */
    private static final int[] TAGS = {0x8100, 0x88a8, 0x9100, 0x9200};

    private static final int PPP_IPV4 = 0x0021;
    private static final int PPP_IPV6 = 0x0057;
    private static final int PPPOE_HEADER = 6;

    private static final int AF_INET = 2;
    /** AF_INET6 of Windows, Linux, NetBSD and OpenBSD, FreeBSD, and macOS. */
    private static final int[] AF_INET6 = {23, 10, 24, 28, 30};

    private final CapturedFrame frame;
    private int at;

    private LinkDecoder(CapturedFrame frame) {
        this.frame = frame;
    }

    static LinkPayload decode(CapturedFrame frame) {
        LinkDecoder decoder = new LinkDecoder(frame);
        return LinkType.ofNumber(frame.linkType())
                .map(decoder::payload)
                .orElseGet(() -> new LinkPayload(Kind.UNKNOWN_LINK, 0));
    }

    private LinkPayload payload(LinkType link) {
        return switch (link) {
            case ETHERNET -> etherType(12, 14);
            case LINUX_SLL -> etherType(14, 16);
            case LINUX_SLL2 -> etherType(0, 20);
            case NULL, LOOP -> family();
            case RAW, RAW_BSD, RAW_OPENBSD, IPV4 -> version();
        };
    }

    /**
     * What an EtherType announces.
     *
     * @param field where the EtherType stands
     * @param end where the header ends that holds it
     */
    private LinkPayload etherType(int field, int end) {
        int type = field;
        at = end;
        while (here()) {
            int value = frame.u16(type);
            if (isOneOf(value, TAGS)) {
                type = at + 2;
                at += 4;
            } else if (value == ETHERTYPE_PPPOE_SESSION) {
                return pppoe();
            } else {
                return found(value == ETHERTYPE_IPV4, value == ETHERTYPE_IPV6);
            }
        }
        return cut();
    }

    /** RFC 2516 section 4; the protocol field of PPP may be one byte, which is then odd (RFC 1661 section 6.5). */
    private LinkPayload pppoe() {
        at += PPPOE_HEADER + 1;
        if (!here()) {
            return cut();
        }
        int protocol = frame.u8(at - 1);
        if ((protocol & 1) == 0) {
            at++;
            if (!here()) {
                return cut();
            }
            protocol = frame.u16(at - 2);
        }
        return found(protocol == PPP_IPV4, protocol == PPP_IPV6);
    }

    /** The family of a BSD loopback is in the byte order of the capturing machine, whatever that of the file is. */
    private LinkPayload family() {
        at = 4;
        if (!here()) {
            return cut();
        }
        int big = frame.i32(0);
        int little = Integer.reverseBytes(big);
        return found(big == AF_INET || little == AF_INET, isOneOf(big, AF_INET6) || isOneOf(little, AF_INET6));
    }

    private LinkPayload version() {
        at = 1;
        if (!here()) {
            return cut();
        }
        at = 0;
        int version = frame.u8(0) >> 4;
        return found(version == 4, version == 6);
    }

    private boolean here() {
        return at <= frame.length();
    }

    private LinkPayload cut() {
        return new LinkPayload(Kind.CUT_IN_LINK, frame.length());
    }

    private LinkPayload found(boolean ipv4, boolean ipv6) {
        return new LinkPayload(ipv4 ? Kind.IPV4 : ipv6 ? Kind.IPV6 : Kind.NOT_IP, at);
    }

    private static boolean isOneOf(int value, int[] values) {
        for (int candidate : values) {
            if (candidate == value) {
                return true;
            }
        }
        return false;
    }
}
