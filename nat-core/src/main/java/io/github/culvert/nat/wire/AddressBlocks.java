package io.github.culvert.nat.wire;

/** Blocks of IPv4 addresses that no host can have as its own (RFC 1812 section 5.3.7, RFC 6890). */
public final class AddressBlocks {
    private static final int LOOPBACK = 127;
    private static final int FIRST_MULTICAST = 224;

    private AddressBlocks() {}

    /**
     * Whether no host can have an address.
     *
     * @param address the 32 bits, first octet highest
     * @return true for 0/8, 127/8, multicast, 240/4 and the limited broadcast
     */
    public static boolean isMartian(int address) {
        int first = address >>> 24;
        return first == 0 || first == LOOPBACK || first >= FIRST_MULTICAST;
    }
}
