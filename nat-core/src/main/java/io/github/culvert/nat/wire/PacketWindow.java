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

    /**
     * Points to part of an array.
     *
     * @param bytes the array
     * @param offset where the packet starts in it
     * @param count how many bytes the packet has
     */
    public void open(byte[] bytes, int offset, int count) {
        array = bytes;
        start = offset;
        length = count;
    }

    /**
     * Points to the readable bytes of a Netty buffer, whatever its byte order.
     *
     * @param packet the buffer; its indices are not moved
     */
    public void open(ByteBuf packet) {
        length = packet.readableBytes();
        if (packet.hasArray()) {
            array = packet.array();
            start = packet.arrayOffset() + packet.readerIndex();
        } else {
            array = null;
            netty = bigEndian(packet);
            start = packet.readerIndex();
        }
    }

    /**
     * Points to the bytes between position and limit of an NIO buffer, whatever its byte order.
     *
     * @param packet the buffer; its position and limit are not moved
     */
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

    /**
     * Points to a part of what another window points to, such as a packet within a packet.
     *
     * @param outer the other window
     * @param offset where the part starts, from the first byte of that packet
     * @param count how many bytes it has
     */
    public void within(PacketWindow outer, int offset, int count) {
        array = outer.array;
        netty = outer.netty;
        nio = outer.nio;
        start = outer.start + offset;
        length = count;
    }

    /** Forgets the packet, so that its memory can be collected. */
    public void close() {
        array = null;
        netty = null;
        nio = null;
        length = 0;
    }

    /**
     * Cuts what follows the packet, such as the padding of a link; the memory itself is not touched.
     *
     * @param count how many bytes are left, at most {@link #length()}
     */
    public void shorten(int count) {
        length = Math.min(length, count);
    }

    /**
     * How many bytes the packet has.
     *
     * @return the count
     */
    public int length() {
        return length;
    }

    /**
     * Reads a byte.
     *
     * @param offset where, from the first byte of the packet
     * @return 0 to 255
     */
    public int u8(int offset) {
        byte[] a = array;
        if (a != null) {
            return a[start + offset] & 0xff;
        }
        ByteBuf b = netty;
        return b != null ? b.getUnsignedByte(start + offset) : nio().get(start + offset) & 0xff;
    }

    /**
     * Reads two bytes.
     *
     * @param offset where, from the first byte of the packet
     * @return 0 to 65535, first byte highest
     */
    public int u16(int offset) {
        byte[] a = array;
        if (a != null) {
            return (short) ARRAY_SHORT.get(a, start + offset) & 0xffff;
        }
        ByteBuf b = netty;
        return b != null ? b.getUnsignedShort(start + offset) : (short) NIO_SHORT.get(nio(), start + offset) & 0xffff;
    }

    /**
     * Reads four bytes.
     *
     * @param offset where, from the first byte of the packet
     * @return 32 bits, first byte highest
     */
    public int i32(int offset) {
        byte[] a = array;
        if (a != null) {
            return (int) ARRAY_INT.get(a, start + offset);
        }
        ByteBuf b = netty;
        return b != null ? b.getInt(start + offset) : (int) NIO_INT.get(nio(), start + offset);
    }

    /**
     * Reads eight bytes.
     *
     * @param offset where, from the first byte of the packet
     * @return 64 bits, first byte highest
     */
    public long i64(int offset) {
        byte[] a = array;
        if (a != null) {
            return (long) ARRAY_LONG.get(a, start + offset);
        }
        ByteBuf b = netty;
        return b != null ? b.getLong(start + offset) : (long) NIO_LONG.get(nio(), start + offset);
    }

    /**
     * Writes a byte.
     *
     * @param offset where, from the first byte of the packet
     * @param value the value; only its low 8 bits count
     */
    public void put8(int offset, int value) {
        byte[] a = array;
        if (a != null) {
            a[start + offset] = (byte) value;
            return;
        }
        ByteBuf b = netty;
        if (b != null) {
            b.setByte(start + offset, value);
        } else {
            nio().put(start + offset, (byte) value);
        }
    }

    /**
     * Writes two bytes.
     *
     * @param offset where, from the first byte of the packet
     * @param value the value; only its low 16 bits count
     */
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

    /**
     * Writes four bytes.
     *
     * @param offset where, from the first byte of the packet
     * @param value 32 bits, first byte highest
     */
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

    /**
     * Writes eight bytes.
     *
     * @param offset where, from the first byte of the packet
     * @param value 64 bits, first byte highest
     */
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

    /**
     * The one's complement sum of a region that starts on an even byte of the summed area; an odd end is padded.
     *
     * @param offset where it starts, from the first byte of the packet
     * @param count how many bytes it has
     * @return a sum, not folded
     */
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

    /**
     * Copies bytes of the packet into an array.
     *
     * @param target the array
     * @param at where to in the array
     * @param offset where from, from the first byte of the packet
     * @param count how many bytes
     */
    public void copyInto(byte[] target, int at, int offset, int count) {
        byte[] a = array;
        ByteBuf b = netty;
        if (a != null) {
            System.arraycopy(a, start + offset, target, at, count);
        } else if (b != null) {
            b.getBytes(start + offset, target, at, count);
        } else {
            nio().get(start + offset, target, at, count);
        }
    }

    /**
     * Appends bytes of the packet to a buffer.
     *
     * @param target the buffer
     * @param offset where from, from the first byte of the packet
     * @param count how many bytes
     */
    public void writeTo(ByteBuf target, int offset, int count) {
        byte[] a = array;
        ByteBuf b = netty;
        if (a != null) {
            target.writeBytes(a, start + offset, count);
        } else if (b != null) {
            target.writeBytes(b, start + offset, count);
        } else {
            target.writeBytes(nio().duplicate().limit(start + offset + count).position(start + offset));
        }
    }

    /**
     * Copies the first bytes.
     *
     * @param count how many, at most {@link #length()}
     * @return a new array
     */
    public byte[] start(int count) {
        byte[] copy = new byte[count];
        for (int i = 0; i < count; i++) {
            copy[i] = (byte) u8(i);
        }
        return copy;
    }

    /** A little-endian view of a buffer, deprecated but still about, would swap every read. */
    @SuppressWarnings("deprecation")
    private static ByteBuf bigEndian(ByteBuf packet) {
        return packet.order() == ByteOrder.BIG_ENDIAN ? packet : packet.order(ByteOrder.BIG_ENDIAN);
    }

    private ByteBuffer nio() {
        ByteBuffer buffer = nio;
        if (buffer == null) {
            throw new IllegalStateException("no packet");
        }
        return buffer;
    }
}
