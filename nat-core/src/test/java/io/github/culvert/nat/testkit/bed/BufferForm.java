package io.github.culvert.nat.testkit.bed;

import io.github.culvert.nat.packet.Octets;
import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.Random;

/** The forms that a packet may have as a Netty buffer. The caller owns one reference to what it gets. */
public enum BufferForm {
    /** Heap memory, the packet at its start. */
    HEAP,
    /** Direct memory, with something before the packet and room behind it. */
    DIRECT,
    /** Heap memory of a pool, with something before the packet. */
    POOLED_HEAP,
    /** Direct memory of a pool. */
    POOLED_DIRECT,
    /** Heap memory of the adaptive allocator. */
    ADAPTIVE_HEAP,
    /** Direct memory of the adaptive allocator, with something before the packet. */
    ADAPTIVE_DIRECT,
    /** A slice of heap memory. */
    HEAP_SLICE,
    /** A slice of direct memory. */
    DIRECT_SLICE,
    /** Components that end anywhere, also within a field. */
    COMPOSITE,
    /** Not to be written to. */
    READ_ONLY,
    /** Somebody else has a reference too; {@link Made#others} says so. */
    SHARED;

    private static final ByteBufAllocator UNPOOLED = UnpooledByteBufAllocator.DEFAULT;
    private static final ByteBufAllocator POOLED = PooledByteBufAllocator.DEFAULT;
    private static final ByteBufAllocator ADAPTIVE = new AdaptiveByteBufAllocator();
    private static final byte[] HEADROOM = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24};

    /**
     * A buffer with a packet.
     *
     * @param packet the buffer, whose one reference is the caller's
     * @param others how many references others have
     */
    public record Made(ByteBuf packet, int others) {}

    /** Whether the engine must copy it before it writes. */
    public boolean mustBeCopied() {
        return this == READ_ONLY || this == SHARED;
    }

    /** Puts a packet into a buffer of this form. */
    public Made make(Octets packet, Random random) {
        byte[] bytes = packet.toByteArray();
        return switch (this) {
            case HEAP -> new Made(UNPOOLED.heapBuffer(bytes.length).writeBytes(bytes), 0);
            case DIRECT -> new Made(behind(UNPOOLED.directBuffer(), bytes), 0);
            case POOLED_HEAP -> new Made(behind(POOLED.heapBuffer(), bytes), 0);
            case POOLED_DIRECT -> new Made(POOLED.directBuffer().writeBytes(bytes), 0);
            case ADAPTIVE_HEAP -> new Made(ADAPTIVE.heapBuffer().writeBytes(bytes), 0);
            case ADAPTIVE_DIRECT -> new Made(behind(ADAPTIVE.directBuffer(), bytes), 0);
            case HEAP_SLICE -> new Made(behind(UNPOOLED.heapBuffer(), bytes).slice(), 0);
            case DIRECT_SLICE -> new Made(behind(UNPOOLED.directBuffer(), bytes).slice(), 0);
            case COMPOSITE -> new Made(composite(bytes, random), 0);
            case READ_ONLY -> new Made(behind(UNPOOLED.heapBuffer(), bytes).asReadOnly(), 0);
            case SHARED -> new Made(behind(UNPOOLED.directBuffer(), bytes).retain(), 1);
        };
    }

    private static ByteBuf behind(ByteBuf buffer, byte[] bytes) {
        buffer.writeBytes(HEADROOM).writeBytes(bytes).writeInt(0x5a5a5a5a);
        return buffer.setIndex(HEADROOM.length, HEADROOM.length + bytes.length);
    }

    private static ByteBuf composite(byte[] bytes, Random random) {
        CompositeByteBuf composite = UNPOOLED.compositeBuffer(64);
        for (int at = 0; at < bytes.length; ) {
            int count = Math.min(bytes.length - at, 1 + random.nextInt(9));
            ByteBuf part = random.nextBoolean() ? UNPOOLED.heapBuffer(count) : UNPOOLED.directBuffer(count);
            composite.addComponent(true, part.writeBytes(bytes, at, count));
            at += count;
        }
        return composite;
    }
}
