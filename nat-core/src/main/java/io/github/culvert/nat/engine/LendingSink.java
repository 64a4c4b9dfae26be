package io.github.culvert.nat.engine;

import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.refusal.Refusal;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Lets a loop that works on NIO buffers take what {@link NatEngine#advance} gives as Netty buffers: lends each packet to
 * the sink of the loop, and releases it after. As safe for several threads as that sink.
 */
public final class LendingSink implements PacketSink<ByteBuf> {
    private final PacketSink<? super ByteBuffer> sink;

    /**
     * Makes a sink that lends.
     *
     * @param sink is lent each packet
     */
    public LendingSink(PacketSink<? super ByteBuffer> sink) {
        this.sink = Objects.requireNonNull(sink);
    }

    @Override
    public void toInside(ByteBuf packet) {
        try {
            sink.toInside(packet.nioBuffer());
        } finally {
            packet.release();
        }
    }

    @Override
    public void toOutside(ByteBuf packet) {
        try {
            sink.toOutside(packet.nioBuffer());
        } finally {
            packet.release();
        }
    }

    @Override
    public void toHost(ByteBuf packet, HostTraffic kind) {
        try {
            sink.toHost(packet.nioBuffer(), kind);
        } finally {
            packet.release();
        }
    }

    @Override
    public void refused(ByteBuf packet, Refusal reason) {
        sink.refused(packet.nioBuffer(), reason);
    }
}
