package io.github.culvert.nat.engine;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;

/** An allocator that has memory for a few buffers only. */
final class NoMemory extends io.netty.buffer.AbstractByteBufAllocator {
    private final ByteBufAllocator source = UnpooledByteBufAllocator.DEFAULT;
    private int left;

    /** Has none at all. */
    NoMemory() {
        this(0);
    }

    NoMemory(int buffers) {
        left = buffers;
    }

    private void take() {
        if (left-- <= 0) {
            throw new OutOfMemoryError("on purpose");
        }
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        take();
        return source.heapBuffer(initialCapacity, maxCapacity);
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        take();
        return source.directBuffer(initialCapacity, maxCapacity);
    }

    @Override
    public boolean isDirectBufferPooled() {
        return false;
    }
}
