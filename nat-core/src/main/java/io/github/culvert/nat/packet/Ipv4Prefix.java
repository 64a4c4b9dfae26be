package io.github.culvert.nat.packet;

/**
 * An IPv4 network.
 *
 * @param address the first address; no bit below the prefix is set
 * @param length the number of leading bits that count, 0 to 32
 */
public record Ipv4Prefix(Ipv4Address address, int length) {
    /**
     * Checks the prefix.
     *
     * @param address the first address
     * @param length the number of leading bits that count
     * @throws IllegalArgumentException if the length is not 0 to 32, or the address has bits below the prefix
     */
    public Ipv4Prefix {
        if (length < 0 || length > 32) {
            throw new IllegalArgumentException("prefix length " + length + " is not within 0..32");
        }
        if ((address.bits() & ~mask(length)) != 0) {
            throw new IllegalArgumentException(address + "/" + length + " has bits set below its prefix length");
        }
    }

    /**
     * Reads {@code address/length}; an address alone means length 32.
     *
     * @param text such as {@code 192.168.1.0/24}
     * @return the prefix
     * @throws IllegalArgumentException if the text is no such network
     */
    public static Ipv4Prefix parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return new Ipv4Prefix(Ipv4Address.parse(text), 32);
        }
        String digits = text.substring(slash + 1);
        if (!digits.matches("[0-9]{1,2}")) {
            throw new IllegalArgumentException("'" + text + "' is not a network such as 192.168.1.0/24");
        }
        return new Ipv4Prefix(Ipv4Address.parse(text.substring(0, slash)), Integer.parseInt(digits));
    }

    /**
     * Whether an address belongs to this network.
     *
     * @param bits the 32 bits of the address
     * @return true if it does
     */
    public boolean contains(int bits) {
        return (bits & mask(length)) == address.bits();
    }

    /**
     * Whether two networks share an address.
     *
     * @param other the other network
     * @return true if one contains the other
     */
    public boolean overlaps(Ipv4Prefix other) {
        return contains(other.address.bits()) || other.contains(address.bits());
    }

    private static int mask(int length) {
        return length == 0 ? 0 : -1 << 32 - length;
    }

    @Override
    public String toString() {
        return address + "/" + length;
    }
}
