package io.github.culvert.gateway.capture;

import java.util.Optional;

/** The link types behind which an IPv4 packet is found, with their numbers in capture files. */
public enum LinkType {
    /** BSD loopback: an address family in the byte order of the capturing machine. */
    NULL(0),
    /** Ethernet, with VLAN tags and PPPoE sessions. */
    ETHERNET(1),
    /** Raw IP as some old systems number it. */
    RAW_BSD(12),
    /** Raw IP as OpenBSD numbers it. */
    RAW_OPENBSD(14),
    /** Raw IP: the packet begins with the IPv4 or IPv6 header. */
    RAW(101),
    /** OpenBSD loopback: an address family, big-endian. */
    LOOP(108),
    /** Linux "cooked" capture of all interfaces, version 1. */
    LINUX_SLL(113),
    /** Raw IPv4. */
    IPV4(228),
    /** Linux "cooked" capture of all interfaces, version 2. */
    LINUX_SLL2(276);

    private final int number;

    LinkType(int number) {
        this.number = number;
    }

    /**
     * The number that stands for it in capture files.
     *
     * @return the number
     */
    public int number() {
        return number;
    }

    /**
     * The link type with a number.
     *
     * @param number the number in a capture file
     * @return the link type, if it is one of these
     */
    public static Optional<LinkType> ofNumber(int number) {
        for (LinkType type : values()) {
            if (type.number == number) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
