package io.github.culvert.ipsec;

/**
 * The fields of the IKE header, the same in both versions (RFC 2408 section 3.1, RFC 7296 section 3.1). Integers are
 * big-endian. On UDP 500 the header follows the UDP header; on UDP 4500 four zero bytes stand before it (RFC 3948
 * section 2.2).
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------+---------------+---------------+---------------+
 *  |                 SPI or cookie of the initiator                |  0
 *  |                                                               |
 *  +---------------+---------------+---------------+---------------+
 *  |                 SPI or cookie of the responder                |  8
 *  |                                                               |
 *  +---------------+---------------+---------------+---------------+
 *  | next payload  | major | minor | exchange type |     flags     |  16
 *  +---------------+---------------+---------------+---------------+
 *  |                          message ID                           |  20
 *  +---------------+---------------+---------------+---------------+
 *  |                            length                             |  24
 *  +---------------+---------------+---------------+---------------+
 * </pre>
 */
public enum IkeHeaderField {
    /** SPI or cookie of the initiator; never zero. */
    INITIATOR_SPI(0, 8),
    /** SPI or cookie of the responder; zero while the initiator does not know it. */
    RESPONDER_SPI(8, 8),
    /** Type of the first payload. */
    NEXT_PAYLOAD(16, 1),
    /** Major version in the high half, see {@link IkeVersion}, minor version in the low half. */
    VERSION(17, 1),
    /** What the message is for, see {@link IkeExchangeType}. */
    EXCHANGE_TYPE(18, 1),
    /** Version 1: encryption 1, commit 2, authentication only 4. Version 2: initiator 8, version 10, response 20 (hex). */
    FLAGS(19, 1),
    /** Which exchange the message belongs to; zero in phase 1 of version 1. */
    MESSAGE_ID(20, 4),
    /** Bytes of the header and all payloads, at least {@link #HEADER_LENGTH}; the four zero bytes do not count. */
    LENGTH(24, 4);

    /** Bytes of the whole header. */
    public static final int HEADER_LENGTH = 28;

    private final int offset;
    private final int length;

    IkeHeaderField(int offset, int length) {
        this.offset = offset;
        this.length = length;
    }

    /**
     * Where the field begins.
     *
     * @return bytes from the start of the header
     */
    public int offset() {
        return offset;
    }

    /**
     * How long the field is.
     *
     * @return bytes
     */
    public int length() {
        return length;
    }
}
