package io.github.culvert.benchmarks.leg;

import io.github.culvert.benchmarks.traffic.CountingSink;
import io.github.culvert.benchmarks.traffic.Ring;
import io.github.culvert.nat.engine.NatEngine;
import io.github.culvert.nat.engine.PacketBatch;
import io.github.culvert.nat.packet.ChecksumStatus;

/** The engine, in batches of 32; filling them is part of the work. */
public final class BatchLeg extends RingLeg {
    private static final int BATCH = 32;

    private final NatEngine engine;
    private final ChecksumStatus checksum;
    private final CountingSink sink = new CountingSink();
    private final PacketBatch batch = new PacketBatch(BATCH);
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
    public BatchLeg(String name, NatEngine engine, ChecksumStatus checksum, Ring ring) {
        super(name, ring, Clock.WALL);
        this.engine = engine;
        this.checksum = checksum;
    }

    @Override
    void work(Ring ring) {
        now += 1000;
        for (int i = 0; i < Ring.SIZE; i += BATCH) {
            for (int j = i; j < i + BATCH; j++) {
                batch.add(ring.packets[j], ring.sides[j], checksum);
            }
            engine.translate(batch, now, sink);
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
