package io.github.culvert.benchmarks.leg;

import io.github.culvert.benchmarks.traffic.CountingSink;
import io.github.culvert.benchmarks.traffic.Ring;
import io.github.culvert.nat.engine.NatEngine;
import io.github.culvert.nat.packet.ChecksumStatus;

/** The engine, packet by packet, all of which it refuses. */
public final class RefusalLeg extends RingLeg {
    private final NatEngine engine;
    private final CountingSink sink = new CountingSink();
    private long counted;
    private long now;

    /**
     * A leg.
     *
     * @param name its name
     * @param engine refuses the packets
     * @param ring has the packets
     */
    public RefusalLeg(String name, NatEngine engine, Ring ring) {
        super(name, ring, Clock.WALL);
        this.engine = engine;
    }

    @Override
    void work(Ring ring) {
        now += 1000;
        for (int i = 0; i < Ring.SIZE; i++) {
            engine.translate(ring.packets[i], ring.sides[i], ChecksumStatus.TRUSTED, now, sink);
        }
    }

    @Override
    void check(long packets) {
        counted += packets;
        if (sink.others() != counted) {
            throw new IllegalStateException(name() + ": " + sink.forwarded() + " packets translated");
        }
    }
}
