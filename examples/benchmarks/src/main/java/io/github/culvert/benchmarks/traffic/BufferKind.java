package io.github.culvert.benchmarks.traffic;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Where packets lie. Unpooled, as Netty makes them by default: bounds and reference counts are checked. */
public enum BufferKind {
    /** Byte arrays. */
    HEAP {
        @Override
        public ByteBuf buffer(int capacity) {
            return Unpooled.buffer(capacity);
        }
    },
    /** Memory outside the heap. */
    DIRECT {
        @Override
        public ByteBuf buffer(int capacity) {
            return Unpooled.directBuffer(capacity);
        }
    };

    /**
     * Makes a buffer.
     *
     * @param capacity its capacity in bytes
     * @return an empty buffer
     */
    public abstract ByteBuf buffer(int capacity);
}
