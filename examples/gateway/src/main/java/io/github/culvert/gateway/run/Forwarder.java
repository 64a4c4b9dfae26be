package io.github.culvert.gateway.run;

import io.github.culvert.gateway.tun.TunDevice;
import io.github.culvert.gateway.tun.TunPair;
import io.github.culvert.nat.engine.NatEngine;
import io.github.culvert.nat.engine.PacketSink;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Forwards between two TUN devices through an engine, all in the one thread that calls {@link #run}.
 *
 * <p>Why one thread: an engine belongs to one, and a packet costs far more in the two system calls than in the engine.
 * Reading threads would add a queue and a wake-up between cores to every packet, and gain nothing that the kernel does
 * not eat up with its own work on the other core. So this thread reads both devices without blocking, in turns of at
 * most {@link #TURN} packets so that neither side starves, and sleeps in poll(2) when both are empty: no spinning, and
 * under load no poll at all.
 */
final class Forwarder {
    /** Packets read from one device before it is the other's turn. */
    static final int TURN = 64;
    /** Steps of work by time in one go, so that packets do not wait for it long. */
    private static final int STEPS = 256;
    /** A packet has at most 65535 bytes. */
    private static final int LARGEST_PACKET = 65_535;
    /** New sessions can have deadlines before the one that the engine last named; none is ever later by more. */
    private static final long LONGEST_SLEEP = TimeUnit.SECONDS.toNanos(1);

    private final TunPair tuns;
    private final NatEngine engine;
    private final LongSupplier clock;
    private final Requests requests;
    private final Runnable report;
    private final DeviceSink sink;
    private final PacketSink<ByteBuf> held;
    private final ByteBuffer packet = ByteBuffer.allocateDirect(LARGEST_PACKET);
    private long deadline;

    /**
     * Makes a forwarder.
     *
     * @param tuns the devices
     * @param engine the engine, which belongs to the thread that will call {@link #run}
     * @param clock nanoseconds; never goes back; that of the engine
     * @param requests what others ask for
     * @param report is run by the forwarding thread when somebody asked for a report
     */
    Forwarder(TunPair tuns, NatEngine engine, LongSupplier clock, Requests requests, Runnable report) {
        this.tuns = tuns;
        this.engine = engine;
        this.clock = clock;
        this.requests = requests;
        this.report = report;
        sink = new DeviceSink(tuns, clock);
        held = sink.held();
        deadline = clock.getAsLong();
        requests.wakeBy(tuns::wakeUp);
    }

    /**
     * Forwards until it is asked to stop.
     *
     * @throws IOException if a device is gone
     */
    void run() throws IOException {
        try {
            forward();
        } catch (IOException e) {
            engine.advance(clock.getAsLong(), STEPS, held); // brings the gauges up to date
            throw e;
        }
        engine.advance(clock.getAsLong(), STEPS, held);
    }

    private void forward() throws IOException {
        while (!requests.isStopping()) {
            boolean insideIsEmpty = turn(tuns.inside(), Side.INSIDE);
            boolean outsideIsEmpty = turn(tuns.outside(), Side.OUTSIDE);
            long left = advance();
            if (requests.takeReport()) {
                engine.advance(clock.getAsLong(), STEPS, held);
                report.run();
            }
            if (insideIsEmpty && outsideIsEmpty && left > 0) {
                tuns.await(left);
            }
        }
    }

    DeviceSink sink() {
        return sink;
    }

    /** Forwards what waits at one device, up to {@link #TURN} packets. Says whether nothing is left. */
    private boolean turn(TunDevice from, Side side) throws IOException {
        for (int i = 0; i < TURN; i++) {
            packet.clear();
            if (from.read(packet) <= 0) {
                return true;
            }
            packet.flip();
            engine.translate(packet, side, ChecksumStatus.VERIFY, clock.getAsLong(), sink);
        }
        return false;
    }

    /** Does what is due by time. Says how many nanoseconds are left until the next. */
    private long advance() {
        long now = clock.getAsLong();
        if (deadline - now <= 0) {
            long next = engine.advance(now, STEPS, held);
            deadline = next == Long.MAX_VALUE ? now + LONGEST_SLEEP : Math.min(next - now, LONGEST_SLEEP) + now;
        }
        return deadline - now;
    }
}
