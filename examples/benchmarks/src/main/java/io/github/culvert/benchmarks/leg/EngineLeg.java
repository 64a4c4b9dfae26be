package io.github.culvert.benchmarks.leg;

import io.github.culvert.benchmarks.traffic.CountingSink;
import io.github.culvert.benchmarks.traffic.Ring;
import io.github.culvert.nat.engine.NatEngine;
import io.github.culvert.nat.packet.ChecksumStatus;

/** The engine, packet by packet. */
public final class EngineLeg extends RingLeg {
    private final NatEngine engine;
    private final ChecksumStatus checksum;
    private final CountingSink sink = new CountingSink();
    private long counted;
    private long now;

    /**
     * A leg.
     *
     * @param name its name
     * @param engine has the sessions
     * @param checksum what is known about the packets
     * @param ring has the packets
     */
    public EngineLeg(String name, NatEngine engine, ChecksumStatus checksum, Ring ring) {
        super(name, ring, Clock.WALL);
        this.engine = engine;
        this.checksum = checksum;
    }

    @Override
    void work(Ring ring) {
        now += 1000;
        for (int i = 0; i < Ring.SIZE; i++) {
            engine.translate(ring.packets[i], ring.sides[i], checksum, now, sink);
        }
    }

    @Override
    void check(long packets) {
        counted += packets;
        if (sink.forwarded() != counted) {
            throw new IllegalStateException(name() + ": refused packets, at last for " + sink.lastReason());
        }
    }
}
