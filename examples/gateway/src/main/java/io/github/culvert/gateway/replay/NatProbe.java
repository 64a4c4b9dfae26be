package io.github.culvert.gateway.replay;

import io.github.culvert.nat.engine.NatEngine;
import io.github.culvert.nat.engine.PacketSink;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.refusal.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Hands packets to the engine at their times, and tells the judge which of them came out where. A packet that the
 * engine holds back is known again by its buffer when it leaves.
 */
final class NatProbe implements PacketSink<ByteBuf> {
    /** How much the engine may do at once; more comes with the next call. */
    private static final int BUDGET = 1024;
    /** How many moments between two packets are visited. Beyond that, time jumps to the second packet. */
    private static final int MOST_MOMENTS = 1_000_000;

    private final NatEngine engine;
    private final Judge judge;
    private final Output inside;
    private final Output outside;
    private final CaptureClock clock;
    private final IdentityHashMap<ByteBuf, Passage> held = new IdentityHashMap<>();
    private @Nullable Passage current;
    private long now;
    private long next;

    /**
     * A probe.
     *
     * @param engine started at time 0
     * @param clock the clock of the recording
     */
    NatProbe(NatEngine engine, Judge judge, Output inside, Output outside, CaptureClock clock) {
        this.engine = engine;
        this.judge = judge;
        this.inside = inside;
        this.outside = outside;
        this.clock = clock;
    }

    /** Lets time pass until a moment of the recording. */
    void passTime(long captureNanos) {
        advanceTo(clock.at(captureNanos));
    }

    /** Lets a packet through now. */
    void pass(Passage passage) {
        ByteBuf packet = Unpooled.wrappedBuffer(passage.handedIn());
        current = passage;
        engine.translate(packet, passage.from(), passage.checksum(), now, this);
        current = null;
        next = now;
        if (!passage.isSettled()) {
            held.put(packet, passage);
        }
    }

    /** Visits each moment at which the engine has something to do, as a gateway with a clock would. */
    private void advanceTo(long time) {
        for (int moments = 0; next <= time && moments < MOST_MOMENTS; moments++) {
            now = Math.max(now, next);
            next = engine.advance(now, BUDGET, this);
        }
        now = time;
        next = engine.advance(now, BUDGET, this);
    }

    /** Ends the replay: what has not come out by now never does. */
    void end() {
        advanceTo(now);
        held.values().forEach(judge::neverCameOut);
        held.clear();
    }

    @Override
    public void toInside(ByteBuf packet) {
        Passage passage = passage(packet);
        Datagram out = datagramAndRelease(packet);
        inside.take(time(passage), out.array());
        if (passage == null) {
            judge.outOfNowhere(Direction.INBOUND, out, clock.captureNanos(now));
        } else {
            judge.toInside(passage, out, now);
        }
    }

    @Override
    public void toOutside(ByteBuf packet) {
        Passage passage = passage(packet);
        Datagram out = datagramAndRelease(packet);
        outside.take(time(passage), out.array());
        if (passage == null) {
            judge.outOfNowhere(Direction.OUTBOUND, out, clock.captureNanos(now));
        } else {
            judge.toOutside(passage, out, now);
        }
    }

    @Override
    public void toHost(ByteBuf packet, HostTraffic kind) {
        Passage passage = passage(packet);
        packet.release();
        if (passage != null) {
            judge.toHost(passage, kind);
        }
    }

    @Override
    public void refused(ByteBuf packet, Refusal reason) {
        Passage passage = passage(packet);
        if (passage != null) {
            judge.refused(passage, reason, now);
        }
    }

    /** The packet that this is, or belongs to; null if it is neither held nor the one just handed in. */
    private @Nullable Passage passage(ByteBuf packet) {
        Passage passage = held.remove(packet);
        return passage != null ? passage : current;
    }

    private long time(@Nullable Passage passage) {
        return passage != null ? passage.recorded().timeNanos() : clock.captureNanos(now);
    }

    private static Datagram datagramAndRelease(ByteBuf packet) {
        try {
            return new Datagram(ByteBufUtil.getBytes(packet));
        } finally {
            packet.release();
        }
    }
}
