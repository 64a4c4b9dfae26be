package io.github.culvert.nat.wire;

/**
 * Where the fields of the IPv4 header stand (RFC 791 section 3.1), on words of eight bytes as the data path reads them.
 *
 * <pre>
 *        0                   1                   2                   3
 *        0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *       +-------+-------+---------------+-------------------------------+
 *     0 |Version|  IHL  |Type of service|         Total length          |  word 0
 *       +-------+-------+---------------+-----+-------------------------+
 *     4 |        Identification         |0 D M|     Fragment offset     |
 *       +---------------+---------------+-----+-------------------------+
 *     8 | Time to live  |   Protocol    |        Header checksum        |  word 1
 *       +---------------+---------------+-------------------------------+
 *    12 |                            Source                             |
 *       +---------------------------------------------------------------+
 *    16 |                          Destination                          |  word 2
 *       +---------------------------------------------------------------+
 *    20 |             Options, or the payload where IHL is 5            |
 *       +---------------------------------------------------------------+
 * </pre>
 */
public final class Ipv4Layout {
    /** Offset of word 0. */
    public static final int WORD0 = 0;
    /** Offset of word 1. */
    public static final int WORD1 = 8;
    /** Offset of word 2, whose second half is the payload where there are no options. */
    public static final int WORD2 = 16;
    /** Offset of the first byte: version and header length. */
    public static final int VERSION = 0;
    /** Offset of the type of service. */
    public static final int TYPE_OF_SERVICE = 1;
    /** Offset of the total length. */
    public static final int TOTAL_LENGTH = 2;
    /** Offset of the identification. */
    public static final int IDENTIFICATION = 4;
    /** Offset of the flags and the fragment offset. */
    public static final int FRAGMENT = 6;
    /** Offset of the time to live; the protocol follows it. */
    public static final int TTL = 8;
    /** Offset of the header checksum. */
    public static final int CHECKSUM = 10;
    /** Offset of the source address. */
    public static final int SOURCE = 12;
    /** Offset of the destination address. */
    public static final int DESTINATION = 16;
    /** Offset of the options, and length of a header without any. */
    public static final int OPTIONS = 20;
    /** The longest header, in bytes. */
    public static final int MAX_HEADER = 60;
    /** The longest packet, in bytes. */
    public static final int MAX_LENGTH = 65_535;
    /** The version. */
    public static final int VERSION_4 = 4;

    /** The checksum delta of taking one from a time to live above 0. */
    public static final int TTL_DELTA = 0xfeff;

    /** Among the fragment bits: reserved. */
    public static final int RESERVED_FLAG = 0x8000;
    /** Among the fragment bits: do not fragment. */
    public static final int DONT_FRAGMENT = 0x4000;
    /** Among the fragment bits: more fragments follow. */
    public static final int MORE_FRAGMENTS = 0x2000;
    /** Among the fragment bits: the offset, in units of eight bytes. */
    public static final int FRAGMENT_OFFSET = 0x1fff;

    private Ipv4Layout() {}

    /**
     * Reads the version.
     *
     * @param word0 bytes 0 to 7 of the header
     * @return 0 to 15
     */
    public static int version(long word0) {
        return (int) (word0 >>> 60);
    }

    /**
     * Reads the length of the header (IHL).
     *
     * @param word0 bytes 0 to 7 of the header
     * @return a multiple of 4 from 0 to 60, in bytes
     */
    public static int headerLength(long word0) {
        return (int) (word0 >>> 54) & 0x3c;
    }

    /**
     * Reads the type of service.
     *
     * @param word0 bytes 0 to 7 of the header
     * @return 0 to 255
     */
    public static int typeOfService(long word0) {
        return (int) (word0 >>> 48) & 0xff;
    }

    /**
     * Reads the length of the packet, header included.
     *
     * @param word0 bytes 0 to 7 of the header
     * @return 0 to 65535, in bytes
     */
    public static int totalLength(long word0) {
        return (int) (word0 >>> 32) & 0xffff;
    }

    /**
     * Reads the identification.
     *
     * @param word0 bytes 0 to 7 of the header
     * @return 0 to 65535
     */
    public static int identification(long word0) {
        return (int) word0 >>> 16;
    }

    /**
     * Reads the flags and the fragment offset.
     *
     * @param word0 bytes 0 to 7 of the header
     * @return 0 to 65535: {@link #RESERVED_FLAG}, {@link #DONT_FRAGMENT}, {@link #MORE_FRAGMENTS} and
     *     {@link #FRAGMENT_OFFSET}
     */
    public static int fragmentBits(long word0) {
        return (int) word0 & 0xffff;
    }

    /**
     * Whether a packet is only a part of its datagram.
     *
     * @param fragmentBits the flags and the fragment offset
     * @return true for every fragment, the first one included
     */
    public static boolean isFragment(int fragmentBits) {
        return (fragmentBits & (MORE_FRAGMENTS | FRAGMENT_OFFSET)) != 0;
    }

    /**
     * Whether a packet starts in the middle of its datagram, so that it has no transport header.
     *
     * @param fragmentBits the flags and the fragment offset
     * @return true for every fragment but the first
     */
    public static boolean isLaterFragment(int fragmentBits) {
        return (fragmentBits & FRAGMENT_OFFSET) != 0;
    }

    /**
     * Where the payload of a fragment stands in its datagram.
     *
     * @param fragmentBits the flags and the fragment offset
     * @return a multiple of 8 from 0 to 65528, in bytes
     */
    public static int fragmentOffset(int fragmentBits) {
        return (fragmentBits & FRAGMENT_OFFSET) << 3;
    }

    /**
     * Reads the time to live.
     *
     * @param word1 bytes 8 to 15 of the header
     * @return 0 to 255
     */
    public static int ttl(long word1) {
        return (int) (word1 >>> 56);
    }

    /**
     * Reads the protocol of the payload.
     *
     * @param word1 bytes 8 to 15 of the header
     * @return 0 to 255
     */
    public static int protocol(long word1) {
        return (int) (word1 >>> 48) & 0xff;
    }

    /**
     * Reads the header checksum.
     *
     * @param word1 bytes 8 to 15 of the header
     * @return 0 to 65535
     */
    public static int headerChecksum(long word1) {
        return (int) (word1 >>> 32) & 0xffff;
    }

    /**
     * Reads the source address.
     *
     * @param word1 bytes 8 to 15 of the header
     * @return the 32 bits, first octet highest
     */
    public static int source(long word1) {
        return (int) word1;
    }

    /**
     * Reads the destination address.
     *
     * @param word2 bytes 16 to 23 of the packet
     * @return the 32 bits, first octet highest
     */
    public static int destination(long word2) {
        return (int) (word2 >>> 32);
    }

    /**
     * Word 1 with another source address, less time to live and the checksum that fits.
     *
     * @param word1 bytes 8 to 15 of the header
     * @param source the source address after the change, which may be the one before
     * @param hops what to take from the time to live, 0 or 1, at most what is left
     * @param delta what all that changes in the header does to its sum, {@link #TTL_DELTA} included where a hop is taken;
     *     need not be folded
     * @return bytes 8 to 15 after the change
     */
    public static long translated(long word1, int source, int hops, int delta) {
        long checksum = Checksum.ofSum(Checksum.inverse(headerChecksum(word1)) + delta);
        return (word1 & 0xffff_0000_0000_0000L) - ((long) hops << 56) | checksum << 32 | source & 0xffff_ffffL;
    }

    /**
     * The first half of word 0 of its parts.
     *
     * @param version 0 to 15
     * @param headerLength a multiple of 4 from 0 to 60, in bytes
     * @param typeOfService 0 to 255
     * @param totalLength 0 to 65535, in bytes
     * @return bytes 0 to 3 of the header
     */
    public static int row0(int version, int headerLength, int typeOfService, int totalLength) {
        return version << 28 | (headerLength & 0x3c) << 22 | typeOfService << 16 | totalLength;
    }
}
