package io.github.culvert.nat.wire;

/**
 * Internet checksum arithmetic: full sums (RFC 1071) and incremental updates (RFC 1624 section 3, equation 3).
 *
 * <p>A <em>sum</em> is a one's complement sum that need not be folded; a <em>checksum</em> is the 16-bit complement of
 * a folded sum, as it stands in a header; a <em>delta</em> is the folded 16-bit sum of {@code ~m + m'} over all words
 * that change. The delta of the opposite change is the complement of the delta. No branches: the data path depends on
 * it.
 */
public final class Checksum {
    private Checksum() {}

    /**
     * Folds a sum of 16-bit words into 16 bits.
     *
     * @param sum any {@code long}, read as unsigned
     * @return 0 to 65535, the same modulo 65535; 0 only for 0
     */
    public static int fold(long sum) {
        long s = (sum >>> 32) + (sum & 0xffff_ffffL);
        s = (s >>> 16) + (s & 0xffff);
        s = (s >>> 16) + (s & 0xffff);
        return (int) ((s >>> 16) + (s & 0xffff));
    }

    /**
     * The four words of a {@code long} as a sum.
     *
     * @param words four 16-bit words
     * @return a sum below 2^33
     */
    public static long sumOf(long words) {
        return (words >>> 32) + (words & 0xffff_ffffL);
    }

    /**
     * The checksum that stands for a sum.
     *
     * @param sum any sum
     * @return 0 to 65535
     */
    public static int ofSum(long sum) {
        return ~fold(sum) & 0xffff;
    }

    /**
     * What changing one 16-bit word does to a sum.
     *
     * @param from the word before; only its low 16 bits count
     * @param to the word after; only its low 16 bits count
     * @return the delta, 0 to 65535
     */
    public static int delta16(int from, int to) {
        return fold((~from & 0xffffL) + (to & 0xffffL));
    }

    /**
     * What changing two neighbouring 16-bit words does to a sum.
     *
     * @param from the words before
     * @param to the words after
     * @return the delta, 1 to 65535
     */
    public static int delta32(int from, int to) {
        return fold((~from & 0xffff_ffffL) + (to & 0xffff_ffffL));
    }

    /**
     * Two changes as one.
     *
     * @param delta a delta
     * @param other another delta
     * @return the delta of both, 0 to 65535
     */
    public static int plus(int delta, int other) {
        return fold((long) delta + other);
    }

    /**
     * The opposite change.
     *
     * @param delta a delta
     * @return the delta of the change back, 0 to 65535
     */
    public static int inverse(int delta) {
        return ~delta & 0xffff;
    }

    /**
     * The same change where the words stand at an odd offset of the summed area (RFC 1071 section 2 B).
     *
     * @param delta a delta
     * @return the delta with its bytes swapped, 0 to 65535
     */
    public static int swapped(int delta) {
        return (delta << 8 | delta >>> 8) & 0xffff;
    }

    /**
     * A checksum after a change: {@code HC' = ~(~HC + ~m + m')}.
     *
     * @param checksum the checksum before, 0 to 65535
     * @param delta the delta of the change
     * @return the checksum after, 0 to 65535
     */
    public static int updated(int checksum, int delta) {
        int sum = (~checksum & 0xffff) + delta;
        return ~((sum >>> 16) + sum) & 0xffff;
    }

    /**
     * A UDP checksum after a change (RFC 768): 0, which means absent, stays 0; a result of 0 becomes FFFF.
     *
     * @param checksum the checksum before, 0 to 65535
     * @param delta the delta of the change
     * @return the checksum after, 0 to 65535
     */
    public static int updatedUdp(int checksum, int delta) {
        int changed = updated(checksum, delta);
        int sent = changed | (changed - 1 >> 31 & 0xffff);
        return sent & -checksum >> 31;
    }

    /**
     * A checksum field that hardware will finish, after a change: the field holds the folded sum of the pseudo-header,
     * not complemented, so that only a change of addresses belongs to it.
     *
     * @param field the field before, 0 to 65535
     * @param addressDelta the delta of the change of addresses
     * @return the field after, 0 to 65535
     */
    public static int updatedPartial(int field, int addressDelta) {
        int sum = field + addressDelta;
        return (sum >>> 16) + sum & 0xffff;
    }

    /**
     * The sum of the pseudo-header of TCP and UDP over IPv4 (RFC 9293 section 3.1).
     *
     * @param source the source address
     * @param destination the destination address
     * @param protocol the protocol number, 0 to 255
     * @param length the length of transport header and payload, 0 to 65535, in bytes
     * @return a sum below 2^34
     */
    public static long pseudoHeader(int source, int destination, int protocol, int length) {
        return (source & 0xffff_ffffL) + (destination & 0xffff_ffffL) + protocol + length;
    }
}
