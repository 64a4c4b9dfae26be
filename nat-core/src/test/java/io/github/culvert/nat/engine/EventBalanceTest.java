package io.github.culvert.nat.engine;

import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.EXT2;
import static io.github.culvert.nat.testkit.bed.Packets.EXT3;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.AddressForward;
import io.github.culvert.nat.config.Assignment;
import io.github.culvert.nat.config.Behaviour;
import io.github.culvert.nat.config.Behaviours;
import io.github.culvert.nat.config.IdentifierPolicy;
import io.github.culvert.nat.config.Limits;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.Pairing;
import io.github.culvert.nat.config.Rate;
import io.github.culvert.nat.config.Rates;
import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.config.Timeouts;
import io.github.culvert.nat.event.NatEvent;
import io.github.culvert.nat.mapping.Dependence;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Mapping;
import io.github.culvert.nat.mapping.PortlessSession;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.mapping.Session;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.testkit.lab.Lab;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

/** Every beginning that listeners are told of has one end with the same key, by whatever way it ends. */
class EventBalanceTest {
    private final Map<List<Object>, Integer> open = new HashMap<>();
    private SplittableRandom random = new SplittableRandom(0);

    private void told(NatEvent event) {
        int change = switch (event.natEvent()) {
            case 4, 8, 14, 16 -> 1;
            case 5, 9, 15, 17 -> -1;
            default -> 0;
        };
        if (change != 0) {
            assertThat(open.merge(key(event), change, Integer::sum))
                    .as("%s", event)
                    .isBetween(0, 1);
        }
    }

    private static List<Object> key(NatEvent event) {
        if (event instanceof NatEvent.OfMapping about) {
            Mapping mapping = about.mapping();
            return List.of(mapping.protocol(), mapping.inside(), mapping.outside());
        }
        if (event instanceof NatEvent.OfSession about) {
            Session session = about.session();
            return List.of(session.protocol(), session.inside(), session.outside(), session.remote());
        }
        if (event instanceof NatEvent.AddressBound bound) {
            return List.of(bound.inside(), bound.outside());
        }
        if (event instanceof NatEvent.AddressReleased released) {
            return List.of(released.inside(), released.outside());
        }
        if (event instanceof NatEvent.BlockAllocated allocated) {
            return List.of(allocated.inside(), allocated.block());
        }
        if (event instanceof NatEvent.BlockFreed freed) {
            return List.of(freed.inside(), freed.block());
        }
        PortlessSession session = ((NatEvent.OfPortless) event).session();
        return List.of(session.protocol(), session.inside(), session.outside(), session.remote());
    }

    /** What a NAT may be set to that has a say in who gets what. */
    enum Kind {
        STANDARD(config -> config),
        CARRIER(NatConfig::asCarrier),
        DEPENDENT(config -> config.withBehaviours(
                Behaviours.all(new Behaviour(Dependence.ADDRESS_DEPENDENT, Dependence.ENDPOINT_INDEPENDENT)))),
        BLOCKS(config -> config.withIdentifiers(IdentifierPolicy.STANDARD
                .withAssignment(new Assignment.Blocks(16_384))
                .withPairing(Pairing.FALL_OVER))),
        DETERMINISTIC(config -> config.withIdentifiers(
                IdentifierPolicy.STANDARD.withAssignment(new Assignment.Deterministic(1024, 64)))),
        FORWARDED(config -> config.withAddressForwards(List.of(new AddressForward(EXT2, Packets.IN2))));

        final UnaryOperator<NatConfig> change;

        Kind(UnaryOperator<NatConfig> change) {
            this.change = change;
        }
    }

    @Property(tries = 120)
    @Tag("NAT-LOG-07")
    void everyBeginningHasOneEnd(@ForAll long seed, @ForAll Kind kind) {
        random = new SplittableRandom(seed);
        open.clear();
        Lab lab = Lab.around(NatEngine.builder(kind.change
                        .apply(NatBed.config(EXT1, EXT2))
                        .withLimits(Limits.of(60, 8, 20, 30).withSessionsPerMapping(5))
                        .withPortless(Set.of(97)))
                .random(random.split())
                .listener(this::told)
                .build());
        double now = 0;
        for (int i = 0; i < 500; i++) {
            now += random.nextInt(40) == 0 ? random.nextDouble(3e6) : random.nextDouble(20);
            lab.at(now);
            act(lab);
            if (random.nextInt(10) == 0) {
                turn(lab);
            }
        }
        lab.table().reconfigure(Timeouts.STANDARD);
        lab.table().releaseForHost(Protocol.UDP, EXT1, 5002, 5003);
        for (int port = 0; port < 8; port++) {
            lab.table().removeForward(forward(port));
        }
        lab.at(now + 1e7).late();
        assertThat(open.values()).containsOnly(0);
        assertThat(List.of(Gauge.SESSIONS, Gauge.MAPPINGS, Gauge.HOSTS, Gauge.IDENTIFIERS))
                .allMatch(gauge -> lab.bed().engine().counters().gauge(gauge) == 0);
        NatCounters counters = lab.bed().engine().counters();
        assertThat(counters.sessionsCreated()).isPositive().isEqualTo(counters.sessionsClosed());
        assertThat(counters.callbackFailures()).isZero();
    }

    private void act(Lab lab) {
        String inside = "192.168.1." + (10 + random.nextInt(9)) + ":" + (5000 + random.nextInt(4));
        String remote = "198.51.100." + (7 + random.nextInt(3)) + ":" + (50 + random.nextInt(4));
        switch (random.nextInt(12)) {
            case 0 -> add(lab, random.nextInt(8));
            case 1 -> lab.table().removeForward(forward(random.nextInt(8)));
            case 2 ->
                lab.table()
                        .requestMapping(
                                Protocol.UDP,
                                Lab.endpoint(inside),
                                Optional.empty(),
                                Duration.ofSeconds(1 + random.nextInt(500)));
            case 3 -> lab.table().releaseMapping(Protocol.UDP, Lab.endpoint(inside));
            case 4 -> lab.table().closeSessions(session -> random.nextInt(4) == 0);
            case 5 -> lab.table().closePortless(session -> random.nextInt(4) == 0);
            case 6 -> lab.late();
            case 7 ->
                lab.send(Packets.ipv4(
                                Lab.endpoint(inside).address(),
                                Lab.endpoint(remote).address())
                        .protocol(97)
                        .payload(Octets.fromHex("0102"))
                        .build());
            case 8 -> lab.udp(remote + " > EXT1:" + (5000 + random.nextInt(8)));
            case 9 -> lab.tcp(inside + " > " + remote, TcpFlag.SYN);
            default -> lab.udp(inside + " > " + remote);
        }
    }

    /** What turns round, what is changed, and what the host does. */
    private void turn(Lab lab) {
        String inside = "192.168.1." + (10 + random.nextInt(9)) + ":" + (5000 + random.nextInt(4));
        String outside = (random.nextBoolean() ? "EXT1:" : "EXT2:") + (5000 + random.nextInt(4));
        Ipv4Address address = random.nextBoolean() ? EXT2 : EXT3;
        switch (random.nextInt(9)) {
            case 0 -> tried(() -> lab.table().addPublicAddress(address));
            case 1 -> tried(() -> lab.table().removePublicAddress(address));
            case 2 -> tried(() -> lab.table().reserveForHost(Protocol.UDP, EXT1, 5002, 5003));
            case 3 -> lab.table().releaseForHost(Protocol.UDP, EXT1, 5002, 5003);
            case 4 -> lab.table().reconfigure(Timeouts.STANDARD.withUdp(Duration.ofSeconds(120 + random.nextInt(300))));
            case 5 -> lab.table().reconfigure(Rates.STANDARD.withSessionsPerHost(new Rate(1 + random.nextInt(3), 4)));
            case 6 -> lab.send(Side.HOST, Lab.udpPacket("EXT1:" + (5000 + random.nextInt(4)) + " > OUT1:53"));
            default -> lab.udp(inside + " > " + outside);
        }
    }

    /** Does what may be refused in this state. */
    private static void tried(Runnable action) {
        try {
            action.run();
        } catch (IllegalStateException | IllegalArgumentException refused) {
            assertThat(refused).hasMessageNotContaining("Index");
        }
    }

    private static void add(Lab lab, int port) {
        try {
            lab.table().addForward(forward(port));
        } catch (IllegalStateException inUse) {
            // there is one already
        }
    }

    private static StaticForward forward(int port) {
        return new StaticForward(Protocol.UDP, new Endpoint(EXT1, 5000 + port), new Endpoint(Packets.IN1, 6000 + port));
    }
}
