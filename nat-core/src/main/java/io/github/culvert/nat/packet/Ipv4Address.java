package io.github.culvert.nat.packet;

/**
 * An IPv4 address.
 *
 * @param bits the 32 bits, first octet highest
 */
public record Ipv4Address(int bits) implements Comparable<Ipv4Address> {
    /**
     * Reads dotted decimal text.
     *
     * @param text four decimal octets, such as {@code 203.0.113.1}; nothing else, no shortened forms, no names
     * @return the address
     * @throws IllegalArgumentException if the text is no such address
     */
    public static Ipv4Address parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            throw notAnAddress(text);
        }
        int bits = 0;
        for (String part : parts) {
            bits = bits << 8 | octet(part, text);
        }
        return new Ipv4Address(bits);
    }

    private static int octet(String part, String text) {
        boolean digits = !part.isEmpty() && part.length() <= 3 && part.chars().allMatch(c -> c >= '0' && c <= '9');
        int value = digits ? Integer.parseInt(part) : 256;
        if (value > 255 || part.length() > 1 && part.charAt(0) == '0') {
            throw notAnAddress(text);
        }
        return value;
    }

    private static IllegalArgumentException notAnAddress(String text) {
        return new IllegalArgumentException("'" + text + "' is not an IPv4 address such as 203.0.113.1");
    }

    @Override
    public int compareTo(Ipv4Address other) {
        return Integer.compareUnsigned(bits, other.bits);
    }

    @Override
    public String toString() {
        return (bits >>> 24) + "." + (bits >>> 16 & 0xff) + "." + (bits >>> 8 & 0xff) + "." + (bits & 0xff);
    }
}
