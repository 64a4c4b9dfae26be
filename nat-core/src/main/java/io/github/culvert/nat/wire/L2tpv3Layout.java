package io.github.culvert.nat.wire;

/**
 * Where the fields of L2TPv3 directly over IP stand (RFC 3931 section 4.1.1), on rows of four bytes. Session ID 0 marks
 * a control message; its length counts from offset 4.
 *
 * <pre>
 *        0                   1                   2                   3
 *        0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *     data:
 *     0 |                      Session ID, never 0                      |
 *     4 |           Cookie (0, 4 or 8 bytes), then the payload          |
 *
 *     control:
 *     0 |                               0                               |
 *       +-+-+---+-+-----------+---------+-------------------------------+
 *     4 |T|L|0 0|S|     0     |  Ver 3  |     Length, from offset 4     |  row 1
 *       +-+-+---+-+-----------+---------+-------------------------------+
 *     8 |                     Control Connection ID                     |
 *       +-------------------------------+-------------------------------+
 *    12 |              Ns               |              Nr               |  row 3
 *       +-------------------------------+-------------------------------+
 *    16 |                             AVPs                              |
 *       +---------------------------------------------------------------+
 * </pre>
 */
public final class L2tpv3Layout {
    /** The protocol number of L2TPv3 over IP. */
    public static final int PROTOCOL = 115;
    /** Offset of the Session ID; 0 marks a control message. */
    public static final int SESSION_ID = 0;
    /** Length of the header of a data packet, cookie not counted, in bytes. */
    public static final int DATA_HEADER = 4;
    /** Offset of row 1 of a control message; its length counts from here. */
    public static final int ROW1 = 4;
    /** Offset of the Control Connection ID. */
    public static final int CONTROL_CONNECTION_ID = 8;
    /** Offset of row 3 of a control message. */
    public static final int ROW3 = 12;
    /** Offset of the AVPs, and length of the header of a control message. */
    public static final int AVPS = 16;
    /** The version. */
    public static final int VERSION_3 = 3;

    /** Among the flags: this is a control message. */
    public static final int CONTROL = 0x8000;
    /** Among the flags: the length is there. */
    public static final int LENGTH_PRESENT = 0x4000;
    /** Among the flags: the sequence numbers are there. */
    public static final int SEQUENCE_PRESENT = 0x0800;

    private static final int IN_CONTROL = CONTROL | LENGTH_PRESENT | SEQUENCE_PRESENT;

    private L2tpv3Layout() {}

    /**
     * Reads the flags of a control message, the version among them.
     *
     * @param row1 bytes 4 to 7 of the message
     * @return 0 to 65535
     */
    public static int flags(int row1) {
        return row1 >>> 16;
    }

    /**
     * Reads the version of a control message.
     *
     * @param row1 bytes 4 to 7 of the message
     * @return 0 to 15
     */
    public static int version(int row1) {
        return row1 >>> 16 & 0xf;
    }

    /**
     * Whether the flags of a control message are those that RFC 3931 section 3.2.1 asks for: control, with length and
     * sequence numbers. Reserved bits are ignored.
     *
     * @param row1 bytes 4 to 7 of the message
     * @return true if they are
     */
    public static boolean hasControlFlags(int row1) {
        return (flags(row1) & IN_CONTROL) == IN_CONTROL;
    }

    /**
     * The flags that a control message would need to be right, the others as they are.
     *
     * @param row1 bytes 4 to 7 of the message
     * @return 0 to 65535
     */
    public static int controlFlags(int row1) {
        return flags(row1) | IN_CONTROL;
    }

    /**
     * Reads the length of a control message, counted from offset 4.
     *
     * @param row1 bytes 4 to 7 of the message
     * @return 0 to 65535, in bytes
     */
    public static int length(int row1) {
        return row1 & 0xffff;
    }

    /**
     * Reads the number of a control message (Ns).
     *
     * @param row3 bytes 12 to 15 of the message
     * @return 0 to 65535
     */
    public static int ns(int row3) {
        return row3 >>> 16;
    }

    /**
     * Reads the number of the next message that is expected (Nr).
     *
     * @param row3 bytes 12 to 15 of the message
     * @return 0 to 65535
     */
    public static int nr(int row3) {
        return row3 & 0xffff;
    }

    /**
     * Row 1 of a control message of its parts.
     *
     * @param flags 0 to 65535, the version among them
     * @param length 0 to 65535, in bytes, from offset 4
     * @return bytes 4 to 7 of the message
     */
    public static int row1(int flags, int length) {
        return flags << 16 | length;
    }

    /**
     * Row 3 of a control message of its parts.
     *
     * @param ns 0 to 65535
     * @param nr 0 to 65535
     * @return bytes 12 to 15 of the message
     */
    public static int row3(int ns, int nr) {
        return ns << 16 | nr;
    }
}
