package io.github.culvert.nat.wire;

/**
 * Where the fields of the UDP header stand (RFC 768), on rows of four bytes. {@link PortLayout} reads row 0.
 *
 * <pre>
 *        0                   1                   2                   3
 *        0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *       +-------------------------------+-------------------------------+
 *     0 |          Source port          |       Destination port        |  row 0
 *       +-------------------------------+-------------------------------+
 *     4 |            Length             |     Checksum (0: absent)      |  row 1
 *       +-------------------------------+-------------------------------+
 *     8 |                            Payload                            |
 *       +---------------------------------------------------------------+
 * </pre>
 */
public final class UdpLayout {
    /** The protocol number of UDP. */
    public static final int PROTOCOL = 17;
    /** Offset of row 1. */
    public static final int ROW1 = 4;
    /** Offset of the length. */
    public static final int LENGTH = 4;
    /** Offset of the checksum. */
    public static final int CHECKSUM = 6;
    /** Length of the header, in bytes. */
    public static final int HEADER = 8;

    private UdpLayout() {}

    /**
     * Reads the length of header and payload.
     *
     * @param row1 bytes 4 to 7 of the header
     * @return 0 to 65535, in bytes
     */
    public static int length(int row1) {
        return row1 >>> 16;
    }

    /**
     * Reads the checksum.
     *
     * @param row1 bytes 4 to 7 of the header
     * @return 0 to 65535; 0 means that there is none
     */
    public static int checksum(int row1) {
        return row1 & 0xffff;
    }

    /**
     * Row 1 with another checksum.
     *
     * @param row1 bytes 4 to 7 of the header
     * @param checksum 0 to 65535
     * @return bytes 4 to 7 after the change
     */
    public static int withChecksum(int row1, int checksum) {
        return row1 & 0xffff_0000 | checksum;
    }
}
