package io.github.culvert.nat.mapping;

/** The protocols whose identifiers the NAT translates. */
public enum Protocol {
    /** ICMP queries; the identifier is the query id (RFC 5508). */
    ICMP(1),
    /** TCP; the identifier is the port (RFC 5382). */
    TCP(6),
    /** UDP; the identifier is the port (RFC 4787). */
    UDP(17);

    private final int number;

    Protocol(int number) {
        this.number = number;
    }

    /**
     * The protocol number in the IPv4 header.
     *
     * @return 1, 6 or 17
     */
    public int number() {
        return number;
    }

    /**
     * The protocol with a number.
     *
     * @param number the protocol number of the IPv4 header
     * @return the protocol
     * @throws IllegalArgumentException if there is no constant for the number
     */
    public static Protocol ofNumber(int number) {
        return switch (number) {
            case 1 -> ICMP;
            case 6 -> TCP;
            case 17 -> UDP;
            default -> throw new IllegalArgumentException("protocol " + number + " has no identifiers here");
        };
    }
}
