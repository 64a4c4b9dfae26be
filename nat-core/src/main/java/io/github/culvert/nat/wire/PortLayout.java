package io.github.culvert.nat.wire;

/**
 * The first four bytes that UDP (RFC 768) and TCP (RFC 9293 section 3.1) have in common.
 *
 * <pre>
 *        0                   1                   2                   3
 *        0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *       +-------------------------------+-------------------------------+
 *     0 |          Source port          |       Destination port        |  row 0
 *       +-------------------------------+-------------------------------+
 * </pre>
 */
public final class PortLayout {
    /** Offset of row 0. */
    public static final int ROW0 = 0;
    /** Offset of the source port. */
    public static final int SOURCE = 0;
    /** Offset of the destination port. */
    public static final int DESTINATION = 2;

    private PortLayout() {}

    /**
     * Reads the source port.
     *
     * @param row0 bytes 0 to 3 of the header
     * @return 0 to 65535
     */
    public static int source(int row0) {
        return row0 >>> 16;
    }

    /**
     * Reads the destination port.
     *
     * @param row0 bytes 0 to 3 of the header
     * @return 0 to 65535
     */
    public static int destination(int row0) {
        return row0 & 0xffff;
    }

    /**
     * Row 0 of two ports.
     *
     * @param source the source port, 0 to 65535
     * @param destination the destination port, 0 to 65535
     * @return bytes 0 to 3 of the header
     */
    public static int row0(int source, int destination) {
        return source << 16 | destination;
    }
}
