package io.github.culvert.nat.testkit.packet;

import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.wire.PacketWindow;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Function;
import java.util.function.Supplier;

/** Every kind of memory that a packet can lie in. The packet never starts at its first byte. */
public enum PacketMemory {
    /** An array. */
    ARRAY {
        @Override
        Held hold(byte[] bytes) {
            byte[] larger = new byte[bytes.length + 2 * BEFORE];
            System.arraycopy(bytes, 0, larger, BEFORE, bytes.length);
            PacketWindow window = new PacketWindow();
            window.open(larger, BEFORE, bytes.length);
            return new Held(window, () -> copy(larger, bytes.length), () -> {});
        }
    },
    /** A Netty heap buffer. */
    NETTY_HEAP {
        @Override
        Held hold(byte[] bytes) {
            return netty(bytes, UnpooledByteBufAllocator.DEFAULT.heapBuffer(), Function.identity());
        }
    },
    /** A Netty direct buffer. */
    NETTY_DIRECT {
        @Override
        Held hold(byte[] bytes) {
            return netty(bytes, UnpooledByteBufAllocator.DEFAULT.directBuffer(), Function.identity());
        }
    },
    /** A slice of a Netty heap buffer. */
    NETTY_HEAP_SLICE {
        @Override
        Held hold(byte[] bytes) {
            return netty(bytes, UnpooledByteBufAllocator.DEFAULT.heapBuffer(), ByteBuf::slice);
        }
    },
    /** A slice of a Netty direct buffer. */
    NETTY_DIRECT_SLICE {
        @Override
        Held hold(byte[] bytes) {
            return netty(bytes, UnpooledByteBufAllocator.DEFAULT.directBuffer(), ByteBuf::slice);
        }
    },
    /** A little-endian view of a Netty heap buffer. */
    NETTY_HEAP_LITTLE_ENDIAN {
        @Override
        Held hold(byte[] bytes) {
            return netty(bytes, UnpooledByteBufAllocator.DEFAULT.heapBuffer(), PacketMemory::littleEndian);
        }
    },
    /** A little-endian view of a Netty direct buffer. */
    NETTY_DIRECT_LITTLE_ENDIAN {
        @Override
        Held hold(byte[] bytes) {
            return netty(bytes, UnpooledByteBufAllocator.DEFAULT.directBuffer(), PacketMemory::littleEndian);
        }
    },
    /** A Netty composite buffer whose components end in the middle of fields. */
    NETTY_COMPOSITE {
        @Override
        Held hold(byte[] bytes) {
            CompositeByteBuf composite = Unpooled.compositeBuffer(bytes.length + 1);
            for (int at = 0; at < bytes.length; at += COMPONENT) {
                int count = Math.min(COMPONENT, bytes.length - at);
                ByteBuf component = UnpooledByteBufAllocator.DEFAULT.directBuffer(count);
                composite.addComponent(true, component.writeBytes(bytes, at, count));
            }
            return opened(composite, composite);
        }
    },
    /** An NIO heap buffer. */
    NIO_HEAP {
        @Override
        Held hold(byte[] bytes) {
            return nio(bytes, ByteBuffer.allocate(bytes.length + 2 * BEFORE), ByteOrder.BIG_ENDIAN);
        }
    },
    /** An NIO direct buffer. */
    NIO_DIRECT {
        @Override
        Held hold(byte[] bytes) {
            return nio(bytes, ByteBuffer.allocateDirect(bytes.length + 2 * BEFORE), ByteOrder.BIG_ENDIAN);
        }
    },
    /** An NIO heap buffer in little-endian order. */
    NIO_HEAP_LITTLE_ENDIAN {
        @Override
        Held hold(byte[] bytes) {
            return nio(bytes, ByteBuffer.allocate(bytes.length + 2 * BEFORE), ByteOrder.LITTLE_ENDIAN);
        }
    },
    /** An NIO direct buffer in little-endian order. */
    NIO_DIRECT_LITTLE_ENDIAN {
        @Override
        Held hold(byte[] bytes) {
            return nio(bytes, ByteBuffer.allocateDirect(bytes.length + 2 * BEFORE), ByteOrder.LITTLE_ENDIAN);
        }
    };

    private static final int BEFORE = 3;
    private static final int COMPONENT = 5;

    /** Puts a packet there. */
    public Held hold(Octets packet) {
        return hold(packet.toByteArray());
    }

    abstract Held hold(byte[] bytes);

    private static Held netty(byte[] bytes, ByteBuf memory, Function<ByteBuf, ByteBuf> view) {
        memory.writeZero(BEFORE).writeBytes(bytes).writeZero(BEFORE);
        memory.setIndex(BEFORE, BEFORE + bytes.length);
        return opened(memory, view.apply(memory));
    }

    private static Held opened(ByteBuf memory, ByteBuf view) {
        PacketWindow window = new PacketWindow();
        window.open(view);
        return new Held(window, () -> Octets.copyOf(view), memory::release);
    }

    private static Held nio(byte[] bytes, ByteBuffer memory, ByteOrder order) {
        memory.position(BEFORE).put(bytes).limit(BEFORE + bytes.length).position(BEFORE);
        PacketWindow window = new PacketWindow();
        window.open(memory.order(order));
        return new Held(window, () -> Octets.copyOf(Unpooled.wrappedBuffer(memory)), () -> {});
    }

    private static Octets copy(byte[] larger, int count) {
        return Octets.of(larger).slice(BEFORE, count);
    }

    @SuppressWarnings("deprecation")
    private static ByteBuf littleEndian(ByteBuf memory) {
        return memory.order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A packet in its memory. */
    public static final class Held implements AutoCloseable {
        private final PacketWindow window;
        private final Supplier<Octets> content;
        private final Runnable release;

        Held(PacketWindow window, Supplier<Octets> content, Runnable release) {
            this.window = window;
            this.content = content;
            this.release = release;
        }

        /** A window on it. */
        public PacketWindow window() {
            return window;
        }

        /** What it is now. */
        public Octets octets() {
            return content.get();
        }

        /** Gives the memory back. */
        @Override
        public void close() {
            release.run();
        }
    }
}
