package io.github.culvert.nat.testkit.allocation;

import io.github.culvert.nat.packet.Octets;
import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;

/** Where the buffers of packets come from: each of Netty's allocators, on and off the heap. */
public enum FreshBuffers {
    UNPOOLED_HEAP(UnpooledByteBufAllocator.DEFAULT, false),
    UNPOOLED_DIRECT(UnpooledByteBufAllocator.DEFAULT, true),
    POOLED_HEAP(PooledByteBufAllocator.DEFAULT, false),
    POOLED_DIRECT(PooledByteBufAllocator.DEFAULT, true),
    ADAPTIVE_HEAP(new AdaptiveByteBufAllocator(), false),
    ADAPTIVE_DIRECT(new AdaptiveByteBufAllocator(), true);

    private final ByteBufAllocator allocator;
    private final boolean direct;

    FreshBuffers(ByteBufAllocator allocator, boolean direct) {
        this.allocator = allocator;
        this.direct = direct;
    }

    /** The allocator. */
    public ByteBufAllocator allocator() {
        return allocator;
    }

    /** A new buffer with a packet; its reference is the caller's. */
    public ByteBuf with(Octets packet) {
        ByteBuf buffer = direct ? allocator.directBuffer(packet.length()) : allocator.heapBuffer(packet.length());
        packet.writeTo(buffer);
        return buffer;
    }
}
