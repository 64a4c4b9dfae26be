package io.github.culvert.nat.wire;

/**
 * Where the fields of an ICMP message stand (RFC 792, RFC 4884 section 4, RFC 1191 section 4), on rows of four bytes.
 *
 * <pre>
 *        0                   1                   2                   3
 *        0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *       +---------------+---------------+-------------------------------+
 *     0 |     Type      |     Code      |           Checksum            |  row 0
 *       +---------------+---------------+-------------------------------+
 *     4 |          Identifier           |        Sequence number        |  row 1 of a query
 *       +---------------+---------------+-------------------------------+
 *     4 |    Pointer    | Quoted length |         Next-hop MTU          |  row 1 of an error
 *       +---------------+---------------+-------------------------------+
 *     8 |          Data of a query, or the packet that an error quotes  |
 *       +---------------------------------------------------------------+
 * </pre>
 */
public final class IcmpLayout {
    /** The protocol number of ICMP. */
    public static final int PROTOCOL = 1;
    /** Offset of row 0. */
    public static final int ROW0 = 0;
    /** Offset of row 1. */
    public static final int ROW1 = 4;
    /** Offset of the checksum. */
    public static final int CHECKSUM = 2;
    /** Offset of the identifier of a query. */
    public static final int IDENTIFIER = 4;
    /** Offset of the data of a query. */
    public static final int DATA = 8;
    /** Offset of the packet that an error quotes. */
    public static final int QUOTED = 8;
    /** Length of the header, in bytes. */
    public static final int HEADER = 8;

    /** Type: echo reply. */
    public static final int ECHO_REPLY = 0;
    /** Type: destination unreachable. */
    public static final int UNREACHABLE = 3;
    /** Type: source quench, deprecated by RFC 6633. */
    public static final int SOURCE_QUENCH = 4;
    /** Type: redirect. */
    public static final int REDIRECT = 5;
    /** Type: echo request. */
    public static final int ECHO_REQUEST = 8;
    /** Type: time exceeded. */
    public static final int TIME_EXCEEDED = 11;
    /** Type: parameter problem. */
    public static final int PARAMETER_PROBLEM = 12;
    /** Type: timestamp request. */
    public static final int TIMESTAMP_REQUEST = 13;
    /** Type: timestamp reply. */
    public static final int TIMESTAMP_REPLY = 14;
    /** Type: information request, deprecated by RFC 6918. */
    public static final int INFORMATION_REQUEST = 15;
    /** Type: address mask reply, deprecated by RFC 6918 as all types from {@link #INFORMATION_REQUEST} on. */
    public static final int ADDRESS_MASK_REPLY = 18;
    /** Code of {@link #UNREACHABLE}: too big, and not to be fragmented. */
    public static final int FRAGMENTATION_NEEDED = 4;

    private static final int QUERIES =
            1 << ECHO_REPLY | 1 << ECHO_REQUEST | 1 << TIMESTAMP_REQUEST | 1 << TIMESTAMP_REPLY;
    private static final int REQUESTS = 1 << ECHO_REQUEST | 1 << TIMESTAMP_REQUEST;
    private static final int ERRORS =
            1 << UNREACHABLE | 1 << SOURCE_QUENCH | 1 << REDIRECT | 1 << TIME_EXCEEDED | 1 << PARAMETER_PROBLEM;

    private static final int QUOTED_LENGTHS = 1 << UNREACHABLE | 1 << TIME_EXCEEDED | 1 << PARAMETER_PROBLEM;

    private IcmpLayout() {}

    /**
     * Whether messages of a type carry an identifier: echo and timestamp, requests and replies (RFC 5508 section 3).
     *
     * @param type 0 to 255
     * @return true if they do
     */
    public static boolean isQuery(int type) {
        return type < 32 && (QUERIES >>> type & 1) != 0;
    }

    /**
     * Whether messages of a type are queries that ask for a reply.
     *
     * @param type 0 to 255
     * @return true if they are
     */
    public static boolean isRequest(int type) {
        return type < 32 && (REQUESTS >>> type & 1) != 0;
    }

    /**
     * Whether messages of a type quote a packet (RFC 1122 section 3.2.2).
     *
     * @param type 0 to 255
     * @return true if they do
     */
    public static boolean isError(int type) {
        return type < 32 && (ERRORS >>> type & 1) != 0;
    }

    /**
     * Whether messages of a type may say how long the quoted packet is (RFC 4884 section 4).
     *
     * @param type 0 to 255
     * @return true if they may
     */
    public static boolean hasQuotedLength(int type) {
        return type < 32 && (QUOTED_LENGTHS >>> type & 1) != 0;
    }

    /**
     * Reads the type.
     *
     * @param row0 bytes 0 to 3 of the message
     * @return 0 to 255
     */
    public static int type(int row0) {
        return row0 >>> 24;
    }

    /**
     * Reads the code.
     *
     * @param row0 bytes 0 to 3 of the message
     * @return 0 to 255
     */
    public static int code(int row0) {
        return row0 >>> 16 & 0xff;
    }

    /**
     * Reads the checksum.
     *
     * @param row0 bytes 0 to 3 of the message
     * @return 0 to 65535
     */
    public static int checksum(int row0) {
        return row0 & 0xffff;
    }

    /**
     * Reads the identifier of a query.
     *
     * @param row1 bytes 4 to 7 of the message
     * @return 0 to 65535
     */
    public static int identifier(int row1) {
        return row1 >>> 16;
    }

    /**
     * Reads the sequence number of a query.
     *
     * @param row1 bytes 4 to 7 of the message
     * @return 0 to 65535
     */
    public static int sequence(int row1) {
        return row1 & 0xffff;
    }

    /**
     * Reads the pointer of a parameter problem.
     *
     * @param row1 bytes 4 to 7 of the message
     * @return 0 to 255, an offset into the quoted packet
     */
    public static int pointer(int row1) {
        return row1 >>> 24;
    }

    /**
     * Reads the length of the quoted packet where extensions follow it (RFC 4884 section 4).
     *
     * @param row1 bytes 4 to 7 of the message
     * @return a multiple of 4 from 0 to 1020, in bytes; 0 means that everything is quoted packet
     */
    public static int quotedLength(int row1) {
        return (row1 >>> 16 & 0xff) << 2;
    }

    /**
     * Reads the MTU of the next hop (RFC 1191 section 4).
     *
     * @param row1 bytes 4 to 7 of the message
     * @return 0 to 65535, in bytes
     */
    public static int nextHopMtu(int row1) {
        return row1 & 0xffff;
    }

    /**
     * Row 1 of a query with another identifier.
     *
     * @param row1 bytes 4 to 7 of the message
     * @param identifier 0 to 65535
     * @return bytes 4 to 7 after the change
     */
    public static int withIdentifier(int row1, int identifier) {
        return row1 & 0xffff | identifier << 16;
    }

    /**
     * Row 1 of an error with another length of the quoted packet.
     *
     * @param row1 bytes 4 to 7 of the message
     * @param length a multiple of 4 from 0 to 1020, in bytes
     * @return bytes 4 to 7 after the change
     */
    public static int withQuotedLength(int row1, int length) {
        return row1 & 0xff00_ffff | length << 14;
    }

    /**
     * Row 0 of its parts, checksum zero.
     *
     * @param type 0 to 255
     * @param code 0 to 255
     * @return bytes 0 to 3 of the message
     */
    public static int row0(int type, int code) {
        return type << 24 | code << 16;
    }
}
