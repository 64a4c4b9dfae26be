package io.github.culvert.nat.testkit.allocation;

import io.github.culvert.nat.engine.PacketSink;
import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.refusal.Refusal;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/** Sinks that allocate nothing: they keep what they are handed until it is asked for, and count. */
public final class Keeping {
    private final ByteBuf[] kept;
    private final Runnable onRefusal;
    private int size;
    private int forwarded;
    private int refused;

    /** Keeps at most so many packets at a time. */
    public Keeping(int most) {
        this(most, () -> {});
    }

    /** The same, and does something with each refusal, while the packet is lent. */
    public Keeping(int most, Runnable onRefusal) {
        this.kept = new ByteBuf[most];
        this.onRefusal = onRefusal;
    }

    /** Releases what was handed over. */
    public void release() {
        while (size > 0) {
            kept[--size].release();
        }
    }

    /** How many were translated so far. */
    public int forwarded() {
        return forwarded;
    }

    /** How many were refused so far. */
    public int refused() {
        return refused;
    }

    /** The sink for Netty buffers. */
    public PacketSink<ByteBuf> buffers() {
        return new PacketSink<>() {
            @Override
            public void toInside(ByteBuf packet) {
                forwarded++;
                kept[size++] = packet;
            }

            @Override
            public void toOutside(ByteBuf packet) {
                toInside(packet);
            }

            @Override
            public void toHost(ByteBuf packet, HostTraffic kind) {
                kept[size++] = packet;
            }

            @Override
            public void refused(ByteBuf packet, Refusal reason) {
                refused++;
                onRefusal.run();
            }
        };
    }

    /** The sink for NIO buffers. */
    public PacketSink<ByteBuffer> lent() {
        return new PacketSink<>() {
            @Override
            public void toInside(ByteBuffer packet) {
                forwarded++;
            }

            @Override
            public void toOutside(ByteBuffer packet) {
                forwarded++;
            }

            @Override
            public void toHost(ByteBuffer packet, HostTraffic kind) {}

            @Override
            public void refused(ByteBuffer packet, Refusal reason) {
                refused++;
                onRefusal.run();
            }
        };
    }
}
