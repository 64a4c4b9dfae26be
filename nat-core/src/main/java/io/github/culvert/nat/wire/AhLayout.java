package io.github.culvert.nat.wire;

/**
 * Where the fields of the Authentication Header stand (RFC 4302 section 2), row 0 on four bytes, SPI and sequence
 * number one row each. The header covers the IP addresses: no NAT can change what it protects.
 *
 * <pre>
 *        0                   1                   2                   3
 *        0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *       +---------------+---------------+-------------------------------+
 *     0 |  Next header  |Length/4 less 2|           Reserved            |  row 0
 *       +---------------+---------------+-------------------------------+
 *     4 |           Security parameters index (SPI), never 0            |
 *       +---------------------------------------------------------------+
 *     8 |                        Sequence number                        |
 *       +---------------------------------------------------------------+
 *    12 |                  Integrity check value (ICV)                  |
 *       +---------------------------------------------------------------+
 * </pre>
 */
public final class AhLayout {
    /** The protocol number of AH. */
    public static final int PROTOCOL = 51;
    /** Offset of row 0. */
    public static final int ROW0 = 0;
    /** Offset of the SPI. */
    public static final int SPI = 4;
    /** Offset of the sequence number. */
    public static final int SEQUENCE = 8;
    /** Offset of the integrity check value, and length of the fixed part of the header. */
    public static final int ICV = 12;

    private AhLayout() {}

    /**
     * Reads the protocol of what the header protects.
     *
     * @param row0 bytes 0 to 3 of the header
     * @return 0 to 255
     */
    public static int nextHeader(int row0) {
        return row0 >>> 24;
    }

    /**
     * Reads the length of the header, integrity check value included.
     *
     * @param row0 bytes 0 to 3 of the header
     * @return a multiple of 4 from 8 to 1028, in bytes
     */
    public static int headerLength(int row0) {
        return ((row0 >>> 16 & 0xff) + 2) << 2;
    }

    /**
     * Row 0 of its parts.
     *
     * @param nextHeader 0 to 255
     * @param headerLength a multiple of 4 from 8 to 1028, in bytes
     * @return bytes 0 to 3 of the header
     */
    public static int row0(int nextHeader, int headerLength) {
        return nextHeader << 24 | (headerLength >>> 2) - 2 << 16;
    }
}
