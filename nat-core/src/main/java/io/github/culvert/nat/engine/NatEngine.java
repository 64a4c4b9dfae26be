package io.github.culvert.nat.engine;

import io.github.culvert.nat.event.NatListener;
import io.github.culvert.nat.mapping.NatConfig;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** A NAT: placeholder signatures, replaced by the real engine. */
public final class NatEngine {
    private NatEngine() {}

    /**
     * Starts building an engine.
     *
     * @param config the configuration, validated by {@link Builder#build()}
     * @return a builder
     */
    public static Builder builder(NatConfig config) {
        throw new UnsupportedOperationException(config.toString());
    }

    /** Builds engines. */
    public interface Builder {
        /** Time of the start in nanoseconds; {@code now} of later calls is measured on the same clock. */
        Builder startNanos(long nanos);

        /** Source of unpredictable choices; default: a secure one. */
        Builder random(RandomGenerator random);

        /** Where copies of read-only and shared packets come from; default: unpooled heap buffers. */
        Builder allocator(ByteBufAllocator allocator);

        /** Adds a listener. */
        Builder listener(NatListener listener);

        /** Validates the configuration (InvalidConfigException) and builds. */
        NatEngine build();
    }

    public void translate(
            ByteBuf packet, Side from, ChecksumStatus checksum, long now, PacketSink<? super ByteBuf> sink) {
        throw new UnsupportedOperationException();
    }

    public void translate(PacketBatch batch, long now, PacketSink<? super ByteBuf> sink) {
        throw new UnsupportedOperationException();
    }

    /** In place between position and limit; the limit given to the sink is the end of the packet. Lent. */
    public void translate(
            ByteBuffer packet, Side from, ChecksumStatus checksum, long now, PacketSink<? super ByteBuffer> sink) {
        throw new UnsupportedOperationException();
    }

    public void translate(
            byte[] bytes,
            int offset,
            int length,
            Side from,
            ChecksumStatus checksum,
            long now,
            PacketSink<? super ByteBuffer> sink) {
        throw new UnsupportedOperationException();
    }

    public List<Outcome> translate(Ipv4Packet packet, Side from, ChecksumStatus checksum, long now) {
        throw new UnsupportedOperationException();
    }

    /** Does what is due by time, at most {@code budget} steps; returns when to call again, in nanoseconds. */
    public long advance(long now, int budget, PacketSink<? super ByteBuf> sink) {
        throw new UnsupportedOperationException();
    }

    public NatTable table() {
        throw new UnsupportedOperationException();
    }

    public NatCounters counters() {
        throw new UnsupportedOperationException();
    }

    /** Runs a command on the table within the next {@code advance}; any thread may call. */
    public <T> CompletableFuture<T> submit(Function<? super NatTable, ? extends T> command) {
        throw new UnsupportedOperationException();
    }

    /** Frees the memory; sessions end without events. */
    public void close() {
        throw new UnsupportedOperationException();
    }
}
