package io.github.culvert.pptp;

import java.util.Optional;

/**
 * Where one direction of a control connection stands: the start of the message that is passing, as far as it has come
 * (RFC 2637 section 1.4). Framed by position in the stream from its first byte on, never by segment.
 */
final class MessageReader {
    /** How much of a message is kept: up to the result code of the replies. */
    static final int KEPT = 17;

    /** Where the result code of types 8 and 10 stands. */
    static final int CALL_RESULT = 16;

    /** Where the result code of type 2 stands. */
    static final int START_RESULT = 14;

    /** Where the result code of type 4 stands. */
    static final int STOP_RESULT = 12;

    private static final int HEADER = 12;
    private static final int MOST = 1024;
    private static final int COOKIE = 0x1a2b3c4d;
    private static final int CONTROL = 1;
    private static final int MANAGEMENT = 2;

    private final byte[] head = new byte[KEPT];
    private long position;
    private int taken;
    private int sent = Call.NO_ID;
    private Optional<PptpMessage> message = Optional.empty();

    /** How many bytes of the stream were taken. */
    long position() {
        return position;
    }

    /** How many bytes of the message were taken. */
    int taken() {
        return taken;
    }

    /**
     * Takes the next byte.
     *
     * @return its offset in the message
     */
    int take(int value) {
        if (taken < KEPT) {
            head[taken] = (byte) value;
        }
        position++;
        return taken++;
    }

    /** Whether the header of a message ends at an offset. */
    static boolean endsHeader(int offset) {
        return offset == HEADER - 1;
    }

    /** Reads the header, which has been taken; tells whether it is one. */
    boolean readHeader() {
        message = u16(2) == CONTROL && PptpMessageType.of(u16(8)) instanceof PptpMessage known
                ? Optional.of(known)
                : Optional.empty();
        return u16(4) << 16 == (COOKIE & 0xffff0000)
                && u16(6) == (COOKIE & 0xffff)
                && (u16(2) == CONTROL || u16(2) == MANAGEMENT)
                && hasLength();
    }

    private boolean hasLength() {
        return message.map(known -> length() == known.length()).orElse(length() >= HEADER && length() <= MOST);
    }

    private int length() {
        return u16(0);
    }

    /** Whether the header has been taken. */
    boolean hasHeader() {
        return taken >= HEADER;
    }

    /** The message whose header was read; empty for one that RFC 2637 does not define. */
    Optional<PptpMessage> message() {
        return message;
    }

    boolean isComplete() {
        return hasHeader() && taken == length();
    }

    /** Whether more was taken than the message has. */
    boolean isBeyond() {
        return taken >= length();
    }

    /** Begins the next message. */
    void next() {
        taken = 0;
        message = Optional.empty();
    }

    int u8(int offset) {
        return head[offset] & 0xff;
    }

    int u16(int offset) {
        return u8(offset) << 8 | u8(offset + 1);
    }

    /** What was sent for the first byte of a Call ID whose second has not come yet, or {@link Call#NO_ID}. */
    int sent() {
        return sent;
    }

    void sent(int high) {
        sent = high;
    }

    void restore(long at, byte[] start, int takenBytes, int sentByte) {
        position = at;
        System.arraycopy(start, 0, head, 0, KEPT);
        taken = takenBytes;
        sent = sentByte;
    }
}
