package io.github.culvert.nat.wire;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * A packet in whatever memory it lies: an array, a Netty buffer or an NIO buffer. Reads and writes big-endian values at
 * offsets from the first byte of the packet. Points to one packet after another, so that the data path allocates
 * nothing.
 *
 * <p>Arrays, those of heap buffers included, are reached by one access path whose speed does not depend on the flags of
 * Netty; everything else by few wide reads and writes. Not safe for use by several threads. Offsets are checked against
 * the memory, not against {@link #length()}: the caller keeps within it.
 */
public final class PacketWindow {
    private static final VarHandle ARRAY_SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle ARRAY_INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle ARRAY_LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle NIO_SHORT =
            MethodHandles.byteBufferViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle NIO_INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle NIO_LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private byte @Nullable [] array;
    private @Nullable ByteBuf netty;
    private @Nullable ByteBuffer nio;
    private int start;
    private int length;

    /** A window on nothing. */
    public PacketWindow() {}

    /** Points to part of an array. */
    public void open(byte[] bytes, int offset, int count) {
        array = bytes;
        start = offset;
        length = count;
    }

    /** Points to the readable bytes of a Netty buffer. */
    public void open(ByteBuf packet) {
        length = packet.readableBytes();
        if (packet.hasArray()) {
            array = packet.array();
            start = packet.arrayOffset() + packet.readerIndex();
        } else {
            array = null;
            netty = packet;
            start = packet.readerIndex();
        }
    }

    /** Points to the bytes between position and limit of an NIO buffer, whatever its byte order. */
    public void open(ByteBuffer packet) {
        length = packet.remaining();
        if (packet.hasArray()) {
            array = packet.array();
            start = packet.arrayOffset() + packet.position();
        } else {
            array = null;
            netty = null;
            nio = packet;
            start = packet.position();
        }
    }

    /** Forgets the packet, so that its memory can be collected. */
    public void close() {
        array = null;
        netty = null;
        nio = null;
        length = 0;
    }

    /** How many bytes the packet has. */
    public int length() {
        return length;
    }

    /** The byte at an offset, 0 to 255. */
    public int u8(int offset) {
        byte[] a = array;
        if (a != null) {
            return a[start + offset] & 0xff;
        }
        ByteBuf b = netty;
        return b != null ? b.getUnsignedByte(start + offset) : nio().get(start + offset) & 0xff;
    }

    /** The two bytes at an offset, 0 to 65535. */
    public int u16(int offset) {
        byte[] a = array;
        if (a != null) {
            return (short) ARRAY_SHORT.get(a, start + offset) & 0xffff;
        }
        ByteBuf b = netty;
        return b != null ? b.getUnsignedShort(start + offset) : (short) NIO_SHORT.get(nio(), start + offset) & 0xffff;
    }

    /** The four bytes at an offset. */
    public int i32(int offset) {
        byte[] a = array;
        if (a != null) {
            return (int) ARRAY_INT.get(a, start + offset);
        }
        ByteBuf b = netty;
        return b != null ? b.getInt(start + offset) : (int) NIO_INT.get(nio(), start + offset);
    }

    /** The eight bytes at an offset. */
    public long i64(int offset) {
        byte[] a = array;
        if (a != null) {
            return (long) ARRAY_LONG.get(a, start + offset);
        }
        ByteBuf b = netty;
        return b != null ? b.getLong(start + offset) : (long) NIO_LONG.get(nio(), start + offset);
    }

    /** Writes the low 16 bits of a value. */
    public void put16(int offset, int value) {
        byte[] a = array;
        if (a != null) {
            ARRAY_SHORT.set(a, start + offset, (short) value);
            return;
        }
        ByteBuf b = netty;
        if (b != null) {
            b.setShort(start + offset, value);
        } else {
            NIO_SHORT.set(nio(), start + offset, (short) value);
        }
    }

    /** Writes four bytes. */
    public void put32(int offset, int value) {
        byte[] a = array;
        if (a != null) {
            ARRAY_INT.set(a, start + offset, value);
            return;
        }
        ByteBuf b = netty;
        if (b != null) {
            b.setInt(start + offset, value);
        } else {
            NIO_INT.set(nio(), start + offset, value);
        }
    }

    /** Writes eight bytes. */
    public void put64(int offset, long value) {
        byte[] a = array;
        if (a != null) {
            ARRAY_LONG.set(a, start + offset, value);
            return;
        }
        ByteBuf b = netty;
        if (b != null) {
            b.setLong(start + offset, value);
        } else {
            NIO_LONG.set(nio(), start + offset, value);
        }
    }

    /** The one's complement sum of a region that starts on an even byte of the summed area; an odd end is padded. */
    public long sum(int offset, int count) {
        long sum = 0;
        int at = offset;
        int end = offset + count;
        for (; at + 8 <= end; at += 8) {
            sum += Checksum.sumOf(i64(at));
        }
        for (; at + 2 <= end; at += 2) {
            sum += u16(at);
        }
        return at < end ? sum + (u8(at) << 8) : sum;
    }

    private ByteBuffer nio() {
        ByteBuffer buffer = nio;
        if (buffer == null) {
            throw new IllegalStateException("no packet");
        }
        return buffer;
    }
}
