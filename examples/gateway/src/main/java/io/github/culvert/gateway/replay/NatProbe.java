package io.github.culvert.gateway.replay;

import io.github.culvert.nat.engine.NatEngine;
import io.github.culvert.nat.engine.PacketSink;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.refusal.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Hands packets to the engine at their times, and tells the judge which of them came out where. What comes out in
 * another buffer than went in was held, cut, or made by the NAT; which of these it is can only be seen in its bytes.
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
    private @Nullable Passage current;
    private @Nullable ByteBuf handedIn;
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
    void pass(Recorded recorded) {
        Passage passage = judge.goesIn(recorded, now);
        ByteBuf packet = Unpooled.wrappedBuffer(passage.handedIn());
        current = passage;
        handedIn = packet;
        engine.translate(packet, passage.from(), passage.checksum(), now, this);
        current = null;
        handedIn = null;
        next = now;
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
        judge.end();
    }

    @Override
    public void toInside(ByteBuf packet) {
        left(packet, Direction.INBOUND, inside);
    }

    @Override
    public void toOutside(ByteBuf packet) {
        left(packet, Direction.OUTBOUND, outside);
    }

    private void left(ByteBuf packet, Direction way, Output output) {
        Passage passage = passage(packet);
        Datagram out = datagram(packet);
        packet.release();
        if (passage == null) {
            output.take(clock.captureNanos(now), out.array());
            judge.leftBesides(way, out, now, clock.captureNanos(now));
        } else {
            output.take(passage.recorded().timeNanos(), out.array());
            judge.left(passage, way, out, now);
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
        if (passage == null) {
            judge.refusedBesides(datagram(packet), reason, now, clock.captureNanos(now));
        } else {
            judge.refused(passage, reason, now);
        }
    }

    /** The packet just handed in, if this is it: all others are copies or the NAT's own. */
    @SuppressWarnings("ReferenceEquality") // two packets can have equal bytes
    private @Nullable Passage passage(ByteBuf packet) {
        return packet == handedIn ? current : null;
    }

    private static Datagram datagram(ByteBuf packet) {
        return new Datagram(ByteBufUtil.getBytes(packet));
    }
}
