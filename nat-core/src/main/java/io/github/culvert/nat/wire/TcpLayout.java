package io.github.culvert.nat.wire;

/**
 * Where the fields of the TCP header stand (RFC 9293 section 3.1), on rows of four bytes. {@link PortLayout} reads
 * row 0; rows 1 and 2 are one number each.
 *
 * <pre>
 *        0                   1                   2                   3
 *        0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *       +-------------------------------+-------------------------------+
 *     0 |          Source port          |       Destination port        |  row 0
 *       +-------------------------------+-------------------------------+
 *     4 |                        Sequence number                        |  row 1
 *       +---------------------------------------------------------------+
 *     8 |                     Acknowledgment number                     |  row 2
 *       +-------+-------+---------------+-------------------------------+
 *    12 |Offset |Reservd|C E U A P R S F|            Window             |  row 3
 *       +-------+-------+---------------+-------------------------------+
 *    16 |           Checksum            |        Urgent pointer         |  row 4
 *       +-------------------------------+-------------------------------+
 *    20 |                     Options, then payload                     |
 *       +---------------------------------------------------------------+
 * </pre>
 */
public final class TcpLayout {
    /** The protocol number of TCP. */
    public static final int PROTOCOL = 6;
    /** Offset of the sequence number. */
    public static final int SEQUENCE = 4;
    /** Offset of the acknowledgment number. */
    public static final int ACKNOWLEDGMENT = 8;
    /** Offset of row 3: data offset, flags and window. */
    public static final int ROW3 = 12;
    /** Offset of row 4: checksum and urgent pointer. */
    public static final int ROW4 = 16;
    /** Offset of the checksum. */
    public static final int CHECKSUM = 16;
    /** Offset of the options, and length of a header without any. */
    public static final int OPTIONS = 20;
    /** The longest header, in bytes. */
    public static final int MAX_HEADER = 60;

    /** Among the flags: the sender is done. */
    public static final int FIN = 0x01;
    /** Among the flags: the sequence number is the initial one. */
    public static final int SYN = 0x02;
    /** Among the flags: the connection is reset. */
    public static final int RST = 0x04;
    /** Among the flags: hand the data over at once. */
    public static final int PSH = 0x08;
    /** Among the flags: the acknowledgment number counts. */
    public static final int ACK = 0x10;
    /** Among the flags: the urgent pointer counts. */
    public static final int URG = 0x20;
    /** Among the flags: congestion was echoed (RFC 3168). */
    public static final int ECE = 0x40;
    /** Among the flags: the congestion window was reduced (RFC 3168). */
    public static final int CWR = 0x80;

    private TcpLayout() {}

    /**
     * Reads the data offset: the length of the header, options included.
     *
     * @param row3 bytes 12 to 15 of the header
     * @return a multiple of 4 from 0 to 60, in bytes
     */
    public static int headerLength(int row3) {
        return row3 >>> 26 & 0x3c;
    }

    /**
     * Reads the flags.
     *
     * @param row3 bytes 12 to 15 of the header
     * @return 0 to 255, from {@link #FIN} to {@link #CWR}
     */
    public static int flags(int row3) {
        return row3 >>> 16 & 0xff;
    }

    /**
     * Reads the window, not scaled.
     *
     * @param row3 bytes 12 to 15 of the header
     * @return 0 to 65535
     */
    public static int window(int row3) {
        return row3 & 0xffff;
    }

    /**
     * Reads the checksum.
     *
     * @param row4 bytes 16 to 19 of the header
     * @return 0 to 65535; 0 is a checksum like any other
     */
    public static int checksum(int row4) {
        return row4 >>> 16;
    }

    /**
     * Reads the urgent pointer.
     *
     * @param row4 bytes 16 to 19 of the header
     * @return 0 to 65535
     */
    public static int urgentPointer(int row4) {
        return row4 & 0xffff;
    }

    /**
     * Row 3 of its parts, reserved bits zero.
     *
     * @param headerLength a multiple of 4 from 0 to 60, in bytes
     * @param flags 0 to 255
     * @param window 0 to 65535
     * @return bytes 12 to 15 of the header
     */
    public static int row3(int headerLength, int flags, int window) {
        return (headerLength & 0x3c) << 26 | flags << 16 | window;
    }
}
