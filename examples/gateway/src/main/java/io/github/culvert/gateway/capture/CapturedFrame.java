package io.github.culvert.gateway.capture;

import java.util.Arrays;

/** One record of a capture file: a frame as it stood on the link, or the first bytes of it. Immutable. */
public final class CapturedFrame {
    private final long number;
    private final int linkType;
    private final long timeNanos;
    private final long originalLength;
    private final byte[] bytes;

    /**
     * Creates a frame.
     *
     * @param number its place in the file, from 1
     * @param linkType the number of the link type (see {@link LinkType#number()})
     * @param timeNanos capture time in nanoseconds since the epoch
     * @param originalLength bytes on the link, 0 to 2^32 - 1
     * @param bytes what was captured; the frame keeps this array
     */
    CapturedFrame(long number, int linkType, long timeNanos, long originalLength, byte[] bytes) {
        this.number = number;
        this.linkType = linkType;
        this.timeNanos = timeNanos;
        this.originalLength = originalLength;
        this.bytes = bytes;
    }

    /**
     * Its place in the file.
     *
     * @return 1 for the first packet, as tshark counts
     */
    public long number() {
        return number;
    }

    /**
     * The number of the link type, also where {@link LinkType} has no constant for it.
     *
     * @return the number
     */
    public int linkType() {
        return linkType;
    }

    /**
     * When it was captured.
     *
     * @return nanoseconds since the epoch
     */
    public long timeNanos() {
        return timeNanos;
    }

    /**
     * How long the frame was on the link.
     *
     * @return bytes, 0 to 2^32 - 1
     */
    public long originalLength() {
        return originalLength;
    }

    /**
     * How much of it was captured.
     *
     * @return bytes
     */
    public int length() {
        return bytes.length;
    }

    /**
     * Whether the capture cut the frame short.
     *
     * @return true if fewer bytes were captured than there were on the link
     */
    public boolean cut() {
        return bytes.length < originalLength;
    }

    /**
     * A copy of some of its bytes.
     *
     * @param from the first byte, 0 to {@link #length()}
     * @param to the byte after the last, {@code from} to {@link #length()}
     * @return the bytes
     */
    public byte[] bytes(int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    int u8(int at) {
        return bytes[at] & 0xff;
    }

    int u16(int at) {
        return u8(at) << 8 | u8(at + 1);
    }

    int i32(int at) {
        return u16(at) << 16 | u16(at + 2);
    }
}
