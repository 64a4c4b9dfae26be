package io.github.culvert.nat.wire;

/**
 * Where the fields of a GRE header stand, on rows of four bytes: version 0 (RFC 2784 section 2, RFC 2890 section 2) and
 * the enhanced version 1 of PPTP (RFC 2637 section 4.1). A flag says whether its field is there.
 *
 * <pre>
 *        0                   1                   2                   3
 *        0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *       +-+-+-+-+-+-----+-+-------+-----+-------------------------------+
 *     0 |C|R|K|S|s|Recur|A| Flags | Ver |         Protocol type         |  row 0
 *       +-+-+-+-+-+-----+-+-------+-----+-------------------------------+
 *
 *     version 0, in this order:
 *     C |           Checksum            |         0 (or offset)         |
 *     K |                              Key                              |
 *     S |                        Sequence number                        |
 *
 *     version 1, in this order:
 *     4 |        Payload length         |            Call ID            |  row 1, always there
 *     S |                        Sequence number                        |
 *     A |                     Acknowledgment number                     |
 *       +---------------------------------------------------------------+
 * </pre>
 */
public final class GreLayout {
    /** The protocol number of GRE. */
    public static final int PROTOCOL = 47;
    /** Offset of row 0. */
    public static final int ROW0 = 0;
    /** Length of row 0, the shortest header, in bytes. */
    public static final int HEADER = 4;
    /** Offset of the checksum of version 0, if there is one. */
    public static final int PLAIN_CHECKSUM = 4;
    /** Offset of row 1 of version 1. */
    public static final int ENHANCED_ROW1 = 4;
    /** Offset of the Call ID of version 1: the receiver's own. */
    public static final int CALL_ID = 6;
    /** Length of a header of version 1 with neither number, in bytes. */
    public static final int ENHANCED_HEADER = 8;
    /** Offset of the sequence number of version 1, if there is one. */
    public static final int ENHANCED_SEQUENCE = 8;
    /** The protocol type of enhanced GRE: PPP. */
    public static final int PPP = 0x880b;

    /** Among the flags: a checksum is there. */
    public static final int CHECKSUM_PRESENT = 0x8000;
    /** Among the flags: routing is there (RFC 1701). */
    public static final int ROUTING_PRESENT = 0x4000;
    /** Among the flags: a key is there. */
    public static final int KEY_PRESENT = 0x2000;
    /** Among the flags: a sequence number is there. */
    public static final int SEQUENCE_PRESENT = 0x1000;
    /** Among the flags: strict source route (RFC 1701). */
    public static final int STRICT_ROUTE = 0x0800;
    /** Among the flags: an acknowledgment number is there (version 1). */
    public static final int ACKNOWLEDGMENT_PRESENT = 0x0080;
    /** Among the flags: the version. */
    public static final int VERSION = 0x0007;

    private static final int IN_ENHANCED = CHECKSUM_PRESENT | ROUTING_PRESENT | KEY_PRESENT | STRICT_ROUTE;

    private GreLayout() {}

    /**
     * Reads the flags, the version among them.
     *
     * @param row0 bytes 0 to 3 of the header
     * @return 0 to 65535
     */
    public static int flags(int row0) {
        return row0 >>> 16;
    }

    /**
     * Reads the protocol type: what is inside.
     *
     * @param row0 bytes 0 to 3 of the header
     * @return 0 to 65535, an Ethernet type
     */
    public static int protocolType(int row0) {
        return row0 & 0xffff;
    }

    /**
     * Whether a header is enhanced GRE, well formed or not: version 1 that carries PPP.
     *
     * @param row0 bytes 0 to 3 of the header
     * @return true if it is
     */
    public static boolean isEnhanced(int row0) {
        return (row0 & (VERSION << 16 | 0xffff)) == (1 << 16 | PPP);
    }

    /**
     * Whether the flags of an enhanced header are those that RFC 2637 section 4.1 allows: key, no checksum, no routing.
     *
     * @param row0 bytes 0 to 3 of the header
     * @return true if they are
     */
    public static boolean hasEnhancedFlags(int row0) {
        return (flags(row0) & IN_ENHANCED) == KEY_PRESENT;
    }

    /**
     * The flags that an enhanced header would need to be right: key, no checksum, no routing, the others as they are.
     *
     * @param row0 bytes 0 to 3 of the header
     * @return 0 to 65535
     */
    public static int enhancedFlags(int row0) {
        return flags(row0) & ~IN_ENHANCED | KEY_PRESENT;
    }

    /**
     * Whether a header is version 0 without routing, so that its length is known (RFC 2784 section 2.3).
     *
     * @param row0 bytes 0 to 3 of the header
     * @return true if it is
     */
    public static boolean isPlain(int row0) {
        return (flags(row0) & (VERSION | ROUTING_PRESENT)) == 0;
    }

    /**
     * The length of a header of version 0.
     *
     * @param row0 bytes 0 to 3 of the header
     * @return 4 to 16, in bytes
     */
    public static int plainLength(int row0) {
        return plainSequenceOffset(row0) + rowIf(row0, SEQUENCE_PRESENT);
    }

    /**
     * Where the key of version 0 stands, if there is one.
     *
     * @param row0 bytes 0 to 3 of the header
     * @return 4 or 8
     */
    public static int plainKeyOffset(int row0) {
        return HEADER + rowIf(row0, CHECKSUM_PRESENT);
    }

    /**
     * Where the sequence number of version 0 stands, if there is one.
     *
     * @param row0 bytes 0 to 3 of the header
     * @return 4, 8 or 12
     */
    public static int plainSequenceOffset(int row0) {
        return plainKeyOffset(row0) + rowIf(row0, KEY_PRESENT);
    }

    /**
     * The length of a header of version 1.
     *
     * @param row0 bytes 0 to 3 of the header
     * @return 8, 12 or 16, in bytes
     */
    public static int enhancedLength(int row0) {
        return acknowledgmentOffset(row0) + rowIf(row0, ACKNOWLEDGMENT_PRESENT);
    }

    /**
     * Where the acknowledgment number of version 1 stands, if there is one.
     *
     * @param row0 bytes 0 to 3 of the header
     * @return 8 or 12
     */
    public static int acknowledgmentOffset(int row0) {
        return ENHANCED_HEADER + rowIf(row0, SEQUENCE_PRESENT);
    }

    /**
     * Reads the payload length of version 1: the bytes after the header.
     *
     * @param row1 bytes 4 to 7 of the header
     * @return 0 to 65535, in bytes
     */
    public static int payloadLength(int row1) {
        return row1 >>> 16;
    }

    /**
     * Reads the Call ID of version 1: the receiver's own.
     *
     * @param row1 bytes 4 to 7 of the header
     * @return 0 to 65535
     */
    public static int callId(int row1) {
        return row1 & 0xffff;
    }

    private static int rowIf(int row0, int flag) {
        return (flags(row0) & flag) != 0 ? 4 : 0;
    }

    /**
     * Row 0 of its parts.
     *
     * @param flags 0 to 65535, the version among them
     * @param protocolType 0 to 65535
     * @return bytes 0 to 3 of the header
     */
    public static int row0(int flags, int protocolType) {
        return flags << 16 | protocolType;
    }

    /**
     * Row 1 of version 1 of its parts.
     *
     * @param payloadLength 0 to 65535, in bytes
     * @param callId 0 to 65535
     * @return bytes 4 to 7 of the header
     */
    public static int enhancedRow1(int payloadLength, int callId) {
        return payloadLength << 16 | callId;
    }
}
