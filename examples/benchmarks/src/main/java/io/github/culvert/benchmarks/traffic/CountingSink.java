package io.github.culvert.benchmarks.traffic;

import io.github.culvert.nat.engine.PacketSink;
import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.refusal.Refusal;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Does nothing but keep the count. A refused packet is kept alive, since its buffer goes back into the ring; that
 * counts against the engine.
 */
public final class CountingSink implements PacketSink<ByteBuf> {
    private long forwarded;
    private long others;
    private @Nullable Refusal lastReason;

    /** A sink that has seen nothing. */
    public CountingSink() {}

    @Override
    public void toInside(ByteBuf packet) {
        forwarded++;
    }

    @Override
    public void toOutside(ByteBuf packet) {
        forwarded++;
    }

    @Override
    public void toHost(ByteBuf packet, HostTraffic kind) {
        others++;
    }

    @Override
    public void refused(ByteBuf packet, Refusal reason) {
        packet.retain();
        lastReason = reason;
        others++;
    }

    /**
     * Packets that were translated.
     *
     * @return the count
     */
    public long forwarded() {
        return forwarded;
    }

    /**
     * Packets that were refused, or were the host's.
     *
     * @return the count
     */
    public long others() {
        return others;
    }

    /**
     * Why the last refused packet was refused.
     *
     * @return the reason, or null if none was
     */
    public @Nullable Refusal lastReason() {
        return lastReason;
    }
}
