package io.github.culvert.nat.testkit.bed;

import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.engine.NatEngine;
import io.github.culvert.nat.engine.NatTable;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.mapping.Session;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Ipv4Prefix;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.refusal.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * An engine with a clock that a test moves, and what comes out of it. The same seed gives the same choices. Not safe
 * for use by several threads.
 */
public final class NatBed {
    private final NatEngine engine;
    private final VirtualClock clock = new VirtualClock();
    private final Deliveries deliveries = new Deliveries();

    /** A bed around an engine that starts at 0. */
    public NatBed(NatEngine engine) {
        this.engine = engine;
    }

    /** The standard bed: inside 192.168.1.0/24, behind {@link Packets#EXT1}. */
    public static NatBed standard() {
        return of(config(Packets.EXT1));
    }

    /** A bed with a configuration of its own. */
    public static NatBed of(NatConfig config) {
        return new NatBed(
                NatEngine.builder(config).random(new SplittableRandom(1)).build());
    }

    /** Inside 192.168.1.0/24, behind the public addresses given. */
    public static NatConfig config(Ipv4Address... publicAddresses) {
        return NatConfig.of(List.of(Ipv4Prefix.parse("192.168.1.0/24")), List.of(publicAddresses));
    }

    /** The engine. */
    public NatEngine engine() {
        return engine;
    }

    /** The NAT table. */
    public NatTable table() {
        return engine.table();
    }

    /** The clock. */
    public VirtualClock clock() {
        return clock;
    }

    /** Sets the clock, in seconds. */
    public NatBed at(double seconds) {
        clock.at(seconds);
        return this;
    }

    /** Sends a packet from the inside; gives what comes out. */
    public Delivery fromInside(Ipv4Packet packet) {
        return send(Side.INSIDE, packet.octets(), ChecksumStatus.VERIFY);
    }

    /** Sends a packet from the outside; gives what comes out. */
    public Delivery fromOutside(Ipv4Packet packet) {
        return send(Side.OUTSIDE, packet.octets(), ChecksumStatus.VERIFY);
    }

    /** Sends bytes that are a packet or not; gives what becomes of it, without what the NAT answers. No reference is left behind. */
    public Delivery send(Side from, Octets packet, ChecksumStatus checksum) {
        List<Delivery> out = sendAll(from, packet, checksum);
        boolean answered = out.size() == 2 && out.get(0).exit() == Delivery.Exit.REFUSED;
        if (out.size() != 1 && !answered) {
            throw new AssertionError("not one packet out, but " + out);
        }
        return out.get(0);
    }

    /** Sends a packet; gives all that comes out at once: nothing if it is held, more than one if the NAT answers. */
    public List<Delivery> sendAll(Side from, Ipv4Packet packet) {
        return sendAll(from, packet.octets(), ChecksumStatus.VERIFY);
    }

    /** Sends bytes that are a packet or not; gives all that comes out. No reference is left behind. */
    public List<Delivery> sendAll(Side from, Octets packet, ChecksumStatus checksum) {
        ByteBuf buffer = Unpooled.buffer(1500);
        packet.writeTo(buffer);
        engine.translate(buffer, from, checksum, clock.nanos(), deliveries.buffers());
        if (buffer.refCnt() != 0) {
            throw new AssertionError("a reference is kept: " + buffer);
        }
        return deliveries.take();
    }

    /** What came out since it was last asked for, by time. */
    public List<Delivery> taken() {
        return deliveries.take();
    }

    /** Does all that is due; gives what comes out by time. */
    public List<Delivery> late() {
        advance();
        return deliveries.take();
    }

    /** Does all that is due; gives the next deadline, in nanoseconds. */
    public long advance() {
        long next = engine.advance(clock.nanos(), Integer.MAX_VALUE, deliveries.buffers());
        while (next <= clock.nanos()) {
            next = engine.advance(clock.nanos(), Integer.MAX_VALUE, deliveries.buffers());
        }
        return next;
    }

    /** Does at most so much of what is due; gives what the engine says. */
    public long advance(int budget) {
        return engine.advance(clock.nanos(), budget, deliveries.buffers());
    }

    /** The live sessions. */
    public List<Session> sessions() {
        List<Session> sessions = new ArrayList<>();
        engine.table().forEachSession(sessions::add);
        return sessions;
    }

    /** The session between two endpoints, such as {@code 192.168.1.10:5000}. */
    public Session session(Protocol protocol, String inside, String remote) {
        return table().session(protocol, Endpoint.parse(inside), Endpoint.parse(remote))
                .orElseThrow();
    }

    /** How often a refusal was counted. */
    public long refused(Refusal reason) {
        return engine.counters().refused(reason);
    }
}
