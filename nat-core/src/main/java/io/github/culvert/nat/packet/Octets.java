package io.github.culvert.nat.packet;

import io.github.culvert.nat.wire.PacketWindow;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * Bytes that never change: an immutable value. Numbers in it are read with the first byte highest.
 *
 * <p>Slices share memory, so a small slice keeps all of what it was cut from. Offsets outside the value are a mistake of
 * the caller and throw {@link IndexOutOfBoundsException}. Safe for use by any thread.
 */
public final class Octets {
    private static final Octets EMPTY = new Octets(new byte[0], 0, 0);
    private static final HexFormat HEX = HexFormat.of();

    private final byte[] bytes;
    private final int start;
    private final int length;

    private Octets(byte[] bytes, int start, int length) {
        this.bytes = bytes;
        this.start = start;
        this.length = length;
    }

    /**
     * No bytes.
     *
     * @return the empty value
     */
    public static Octets empty() {
        return EMPTY;
    }

    /**
     * Copies bytes.
     *
     * @param bytes the bytes
     * @return the value
     */
    public static Octets of(byte... bytes) {
        return adopt(bytes.clone());
    }

    /**
     * Reads hexadecimal text.
     *
     * @param text two digits a byte, upper or lower case, white space anywhere between bytes
     * @return the value
     * @throws IllegalArgumentException if the text is something else
     */
    public static Octets fromHex(String text) {
        return adopt(HEX.parseHex(text.replaceAll("\\s", "")));
    }

    /**
     * Copies the readable bytes of a buffer.
     *
     * @param buffer the buffer; its indices are not moved, its reference is the caller's
     * @return the value
     */
    public static Octets copyOf(ByteBuf buffer) {
        byte[] copy = new byte[buffer.readableBytes()];
        buffer.getBytes(buffer.readerIndex(), copy);
        return adopt(copy);
    }

    /** Takes over an array that nobody else keeps. */
    static Octets adopt(byte[] bytes) {
        return new Octets(bytes, 0, bytes.length);
    }

    /** Points a window to these bytes, for reading only. */
    void openTo(PacketWindow window) {
        window.open(bytes, start, length);
    }

    /** A window on these bytes, for reading only. */
    PacketWindow window() {
        PacketWindow window = new PacketWindow();
        openTo(window);
        return window;
    }

    /**
     * How many bytes these are.
     *
     * @return the count
     */
    public int length() {
        return length;
    }

    /**
     * Whether there are none.
     *
     * @return true if the length is 0
     */
    public boolean isEmpty() {
        return length == 0;
    }

    /**
     * Reads a byte.
     *
     * @param offset where
     * @return 0 to 255
     */
    public int u8(int offset) {
        return bytes[start + Objects.checkIndex(offset, length)] & 0xff;
    }

    /**
     * Reads two bytes.
     *
     * @param offset where
     * @return 0 to 65535
     */
    public int u16(int offset) {
        Objects.checkFromIndexSize(offset, 2, length);
        return u8(offset) << 8 | u8(offset + 1);
    }

    /**
     * Reads four bytes as bits.
     *
     * @param offset where
     * @return the 32 bits
     */
    public int i32(int offset) {
        Objects.checkFromIndexSize(offset, 4, length);
        return u16(offset) << 16 | u16(offset + 2);
    }

    /**
     * Reads four bytes as a number.
     *
     * @param offset where
     * @return 0 to 2^32 - 1
     */
    public long u32(int offset) {
        return Integer.toUnsignedLong(i32(offset));
    }

    /**
     * Reads eight bytes as bits.
     *
     * @param offset where
     * @return the 64 bits
     */
    public long i64(int offset) {
        Objects.checkFromIndexSize(offset, 8, length);
        return (long) i32(offset) << 32 | u32(offset + 4);
    }

    /**
     * A part of these bytes, without copying.
     *
     * @param offset where it starts
     * @param count how many bytes it has
     * @return the part
     */
    public Octets slice(int offset, int count) {
        Objects.checkFromIndexSize(offset, count, length);
        return count == length ? this : new Octets(bytes, start + offset, count);
    }

    /**
     * The end of these bytes, without copying.
     *
     * @param offset where it starts
     * @return the part from there on
     */
    public Octets from(int offset) {
        return slice(offset, length - offset);
    }

    /**
     * These bytes followed by others.
     *
     * @param next the others
     * @return a new value
     */
    public Octets then(Octets next) {
        byte[] joined = Arrays.copyOfRange(bytes, start, start + length + next.length);
        System.arraycopy(next.bytes, next.start, joined, length, next.length);
        return adopt(joined);
    }

    /**
     * A copy as an array.
     *
     * @return a new array
     */
    public byte[] toByteArray() {
        return Arrays.copyOfRange(bytes, start, start + length);
    }

    /**
     * Writes these bytes to a buffer, at its writer index.
     *
     * @param buffer the buffer
     */
    public void writeTo(ByteBuf buffer) {
        buffer.writeBytes(bytes, start, length);
    }

    void copyInto(byte[] target, int offset) {
        System.arraycopy(bytes, start, target, offset, length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets that
                && Arrays.equals(bytes, start, start + length, that.bytes, that.start, that.start + that.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = start; i < start + length; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash;
    }

    /** Hexadecimal text that {@link #fromHex(String)} reads. */
    @Override
    public String toString() {
        return HEX.formatHex(bytes, start, start + length);
    }
}
