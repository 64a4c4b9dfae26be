package io.github.culvert.benchmarks.leg;

import io.github.culvert.benchmarks.traffic.BufferKind;
import io.github.culvert.benchmarks.traffic.CountingSink;
import io.github.culvert.benchmarks.traffic.Engines;
import io.github.culvert.benchmarks.traffic.PacketSource;
import io.github.culvert.benchmarks.traffic.Ring;
import io.github.culvert.nat.engine.NatEngine;
import io.github.culvert.nat.packet.ChecksumStatus;

/**
 * Every packet opens a session, and time goes on so that on average one expires: the number of live sessions stays.
 * The engine is asked to do what is due after every 32 packets.
 */
public final class ChurnLeg extends RingLeg {
    private static final int BURST = 32;
    private static final int BUDGET = 256;
    /** Compiling all of the slow path takes long. */
    private static final int WARM_UP = 4_000_000;

    private final NatEngine engine;
    private final CountingSink sink = new CountingSink();
    private final long nanosPerPacket;
    private final int live;
    private long packets;
    private long now;

    /**
     * A leg; opens the first sessions.
     *
     * @param name its name
     * @param engine has no sessions yet; they last {@link Engines#SHORT}
     * @param flows the packets, at least twice as many as live sessions
     * @param live how many sessions to keep alive
     */
    public ChurnLeg(String name, NatEngine engine, PacketSource flows, int live) {
        super(name, new Ring(flows, BufferKind.HEAP), Clock.CPU);
        this.engine = engine;
        this.live = live;
        this.nanosPerPacket = Engines.SHORT.toNanos() / live;
        round(Math.max(2 * live, WARM_UP) / Ring.SIZE + 1);
    }

    @Override
    void work(Ring ring) {
        for (int i = 0; i < Ring.SIZE; i += BURST) {
            for (int j = i; j < i + BURST; j++) {
                now += nanosPerPacket;
                engine.translate(ring.packets[j], ring.sides[j], ChecksumStatus.TRUSTED, now, sink);
            }
            engine.advance(now, BUDGET, sink);
        }
    }

    /** All were opened, and but for those of a few milliseconds as many closed. */
    @Override
    void check(long more) {
        packets += more;
        long created = engine.counters().sessionsCreated();
        long stillLive = created - engine.counters().sessionsClosed();
        boolean steady = stillLive > live * 0.99 && stillLive < live * 1.01;
        if (created != packets || sink.others() != 0 || !steady) {
            throw new IllegalStateException(name() + ": " + packets + " packets, " + created + " sessions created, "
                    + stillLive + " live, " + sink.others() + " refused, at last for " + sink.lastReason());
        }
    }
}
