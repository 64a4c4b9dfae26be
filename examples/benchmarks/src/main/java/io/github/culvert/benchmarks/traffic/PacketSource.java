package io.github.culvert.benchmarks.traffic;

import io.github.culvert.nat.mapping.Side;
import io.netty.buffer.ByteBuf;

/** Packets in an order; after the last comes the first again. */
public interface PacketSource {
    /**
     * How many packets there are.
     *
     * @return the count, at least 1
     */
    int size();

    /**
     * Where a packet comes from.
     *
     * @param entry which packet
     * @return its side
     */
    Side side(int entry);

    /**
     * Makes a packet.
     *
     * @param entry which packet
     * @param packet a buffer with room for {@link Template#LENGTH} bytes; holds this packet alone then
     */
    void write(int entry, ByteBuf packet);
}
