package io.github.culvert.benchmarks.leg;

import io.github.culvert.benchmarks.traffic.Ring;
import io.netty.buffer.ByteBuf;

/** No work at all: what it costs to keep a refused packet alive in the sink, and the engine to release it. */
public final class RetainLeg extends RingLeg {
    /**
     * A leg.
     *
     * @param name its name
     * @param ring has the packets
     */
    public RetainLeg(String name, Ring ring) {
        super(name, ring, Clock.WALL);
    }

    @Override
    void work(Ring ring) {
        for (ByteBuf packet : ring.packets) {
            packet.retain();
            packet.release();
        }
    }

    @Override
    void check(long packets) {}
}
