package io.github.culvert.nat.testkit.fuzz;

import static io.github.culvert.nat.testkit.bed.Packets.EXT1;

import io.github.culvert.nat.engine.Gauge;
import io.github.culvert.nat.engine.NatCounters;
import io.github.culvert.nat.engine.NatEngine;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.Parsed;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.bed.Delivery;
import io.github.culvert.nat.testkit.bed.NatBed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Sends a sequence of packets that some bytes describe through an engine with little room, and checks after each packet
 * what must always be true: one counter for whatever comes out, nothing thrown, no reference kept, no more state than
 * allowed, no public endpoint with two owners, nothing untranslated that did not come in, and every accessor of what can
 * be parsed works. In the end all state goes by time, and what was held comes out. The first byte chooses the configuration, see {@link Variants}.
 */
public final class FuzzBed {
    private static final long LONG_AFTER = 100_000L * 1_000_000_000L;

    private final NatBed bed;
    private final Accessors accessors = new Accessors();
    private final List<Octets> given = new ArrayList<>();
    private Octets lastOut = Octets.empty();

    private FuzzBed(int variant) {
        bed = new NatBed(NatEngine.builder(Variants.of(variant))
                .random(new SplittableRandom(1))
                .build());
    }

    /** Does it all, from an engine without state to one without state. */
    public static void run(byte[] data) {
        if (data.length == 0) {
            return;
        }
        FuzzBed fuzz = new FuzzBed(data[0]);
        fuzz.bed.table().reserveForHost(Protocol.UDP, EXT1, 500, 500);
        Frames frames = new Frames(data, 1);
        while (frames.hasNext()) {
            fuzz.send(frames.next(fuzz.lastOut));
            fuzz.check();
        }
        fuzz.end();
    }

    private void send(Frame frame) {
        bed.clock().pass(frame.pauseNanos());
        if (frame.advances()) {
            bed.advance(3);
            bed.taken().forEach(this::checkForm);
        }
        long before = counted();
        List<Delivery> out = bed.sendAll(frame.from(), frame.packet(), frame.checksum());
        require(counted() == before + out.size(), "one counter is raised for each packet that comes out");
        parse(frame.packet());
        given.add(frame.packet());
        if (frame.from() != Side.HOST) {
            out.forEach(this::checkForm);
        }
    }

    /** What the host has asked for is the only thing that reaches it translated. */
    private static boolean isAnswerToHost(Delivery out) {
        return out.reason().equals(HostTraffic.OWN.name());
    }

    /** What was translated, or made by the NAT, is well formed; all else is as it came, also where it came long ago. */
    private void checkForm(Delivery out) {
        if (out.isForwarded() || isAnswerToHost(out)) {
            require(parse(out.octets()), "what comes out is well formed");
        } else {
            require(given.stream().anyMatch(packet -> isStartOf(packet, out.octets())), "what comes out came in");
        }
        if (out.exit() == Delivery.Exit.OUTSIDE) {
            lastOut = out.octets();
        }
    }

    private static boolean isStartOf(Octets packet, Octets out) {
        return out.length() <= packet.length() && packet.slice(0, out.length()).equals(out);
    }

    /** Calls every accessor of what can be parsed; says whether it can. */
    private boolean parse(Octets packet) {
        Parsed<Ipv4Packet> parsed = Ipv4Packet.parse(packet);
        accessors.callAll(parsed);
        return parsed instanceof Parsed.Valid<Ipv4Packet>;
    }

    private long counted() {
        NatCounters counters = bed.engine().counters();
        long sum = 0;
        for (Direction direction : Direction.values()) {
            sum += counters.packets(direction);
        }
        for (Refusal reason : Refusal.values()) {
            sum += counters.refused(reason);
        }
        for (HostTraffic kind : HostTraffic.values()) {
            sum += counters.toHost(kind);
        }
        return sum;
    }

    private void check() {
        Set<Object> endpoints = new HashSet<>();
        int[] mappings = {0};
        bed.table().forEachMapping(mapping -> {
            mappings[0]++;
            require(endpoints.add(List.of(mapping.protocol(), mapping.outside())), "one owner of " + mapping);
        });
        Set<Object> keys = new HashSet<>();
        bed.table()
                .forEachSession(session -> require(
                        keys.add(List.of(session.protocol(), session.outside(), session.remote())),
                        "one session of " + session));
        require(
                keys.size() <= Variants.LIMITS.sessions() && mappings[0] <= Variants.LIMITS.sessions(),
                "state within its limits");
    }

    private void end() {
        bed.clock().pass(LONG_AFTER);
        bed.advance();
        bed.taken().forEach(this::checkForm);
        NatCounters counters = bed.engine().counters();
        require(counters.gauge(Gauge.SESSIONS) == 0, "no session stays");
        require(counters.gauge(Gauge.MAPPINGS) == 0, "no mapping stays");
        require(counters.gauge(Gauge.HOSTS) == 0, "no host stays");
        require(counters.gauge(Gauge.IDENTIFIERS) == 1, "no identifier stays but the reserved one");
        require(counters.gauge(Gauge.HELD_PACKETS) == 0 && counters.gauge(Gauge.HELD_BYTES) == 0, "nothing is held");
        require(counters.gauge(Gauge.HELD_SYNS) == 0, "no SYN waits");
        require(counters.sessionsCreated() == counters.sessionsClosed(), "as many ends as beginnings");
        require(counters.callbackFailures() == 0, "no listener failed");
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError(what);
        }
    }
}
