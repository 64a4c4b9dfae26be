package io.github.culvert.nat.engine;

import static io.github.culvert.nat.testkit.bed.NatBed.config;
import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.EXT2;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.IN2;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.bed.Packets.OUT2;
import static io.github.culvert.nat.testkit.bed.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.Limits;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.event.NatEvent;
import io.github.culvert.nat.event.NatListener;
import io.github.culvert.nat.event.Quota;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Mapping;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.mapping.Session;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.table.Crowd;
import io.github.culvert.nat.testkit.bed.NatBed;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What listeners are told. */
class ListenerTest {
    private final List<NatEvent> events = new ArrayList<>();

    private NatBed bed(NatConfig config, NatListener listener) {
        return new NatBed(NatEngine.builder(config)
                .random(new SplittableRandom(1))
                .listener(listener)
                .build());
    }

    /** The events as words without what changes while a session lives. */
    private List<String> words() {
        List<String> words = events.stream().map(ListenerTest::word).toList();
        events.clear();
        return words;
    }

    private static String word(NatEvent event) {
        if (event instanceof NatEvent.MappingCreated created) {
            return "+mapping " + key(created.mapping());
        }
        if (event instanceof NatEvent.MappingRemoved removed) {
            return "-mapping " + key(removed.mapping());
        }
        if (event instanceof NatEvent.AddressBound bound) {
            return "+host " + bound.inside() + " " + bound.outside();
        }
        if (event instanceof NatEvent.AddressReleased released) {
            return "-host " + released.inside() + " " + released.outside();
        }
        if (event instanceof NatEvent.SessionCreated created) {
            return "+session " + key(created.session());
        }
        if (event instanceof NatEvent.SessionClosed closed) {
            return "-session " + key(closed.session());
        }
        return event.toString();
    }

    private static String key(Mapping mapping) {
        return mapping.protocol() + " " + mapping.inside() + " " + mapping.outside()
                + (mapping.permanent() ? " for good" : "");
    }

    private static String key(Session session) {
        return session.protocol() + " " + session.inside() + " " + session.outside() + " " + session.remote();
    }

    @Test
    void areToldOfEachMappingAndSessionInOrder() {
        NatBed bed = bed(config(EXT1), events::add);
        bed.fromInside(udp(IN1, 5000, OUT1, 53));
        bed.fromInside(udp(IN1, 5000, OUT1, 53));
        bed.fromInside(udp(IN1, 5000, OUT2, 53));
        assertThat(words())
                .containsExactly(
                        "+host 192.168.1.10 203.0.113.1",
                        "+mapping UDP 192.168.1.10:5000 203.0.113.1:5000",
                        "+session UDP 192.168.1.10:5000 203.0.113.1:5000 198.51.100.7:53",
                        "+session UDP 192.168.1.10:5000 203.0.113.1:5000 198.51.100.8:53");
        bed.at(301).advance();
        assertThat(words())
                .hasSize(4)
                .endsWith("-mapping UDP 192.168.1.10:5000 203.0.113.1:5000", "-host 192.168.1.10 203.0.113.1");
    }

    @Test
    void areToldOfTheLastCounts() {
        NatBed bed = bed(config(EXT1), events::add);
        for (int i = 0; i < 3; i++) {
            bed.fromInside(udp(IN1, 5000, OUT1, 53));
        }
        bed.fromOutside(udp(OUT1, 53, EXT1, 5000));
        bed.table().closeSessions(session -> true);
        Session last = ((NatEvent.SessionClosed) events.get(3)).session();
        assertThat(last.outbound()).isEqualTo(new Session.Traffic(3, 96));
        assertThat(last.inbound()).isEqualTo(new Session.Traffic(1, 32));
    }

    @Test
    void areToldOfForwardsForGood() {
        StaticForward forward =
                new StaticForward(Protocol.UDP, Endpoint.parse("203.0.113.1:53"), Endpoint.parse("192.168.1.11:5353"));
        NatBed bed = bed(config(EXT1).withForwards(List.of(forward)), events::add);
        bed.fromOutside(udp(OUT1, 1, EXT1, 53));
        bed.table().removeForward(forward);
        assertThat(words())
                .containsExactly(
                        "+host 192.168.1.11 203.0.113.1",
                        "+mapping UDP 192.168.1.11:5353 203.0.113.1:53 for good",
                        "+session UDP 192.168.1.11:5353 203.0.113.1:53 198.51.100.7:1",
                        "-session UDP 192.168.1.11:5353 203.0.113.1:53 198.51.100.7:1",
                        "-mapping UDP 192.168.1.11:5353 203.0.113.1:53 for good",
                        "-host 192.168.1.11 203.0.113.1");
    }

    /** Ten thousand flows come and go by every way there is. */
    @Test
    void areToldOfOneEndForEachCreation() {
        NatBed bed = bed(config(EXT1, EXT2), events::add);
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 10_000; i++) {
            bed.clock().pass(random.nextLong(1_000_000_000L));
            var host = new Ipv4Address(IN1.bits() + random.nextInt(20));
            var out = bed.fromInside(udp(host, 5000 + random.nextInt(5), remote(random), random.nextInt(5)))
                    .packet();
            bed.fromOutside(udp(
                    out.destination(),
                    random.nextInt(9),
                    out.source(),
                    out.octets().u16(20)));
            if (random.nextInt(100) == 0) {
                bed.table().closeSessions(session -> random.nextBoolean());
            }
        }
        bed.clock().pass(1_000_000_000_000L);
        bed.advance();
        assertThat(ends(words())).isNotEmpty().allMatch(entry -> entry.getValue() == 0);
    }

    private static Ipv4Address remote(SplittableRandom random) {
        return new Ipv4Address(OUT1.bits() + random.nextInt(10));
    }

    /** What was created, and how often more than it ended; never less than 0 on the way. */
    private static java.util.Set<java.util.Map.Entry<String, Integer>> ends(List<String> words) {
        java.util.Map<String, Integer> open = new java.util.HashMap<>();
        for (String word : words) {
            int now = open.merge(word.substring(1), word.startsWith("+") ? 1 : -1, Integer::sum);
            assertThat(now).as(word).isBetween(0, 1);
        }
        return open.entrySet();
    }

    @Test
    void anExceptionIsCountedAndEndsNothing() {
        List<NatEvent> others = new ArrayList<>();
        NatBed bed = new NatBed(NatEngine.builder(config(EXT1))
                .listener(event -> {
                    throw new IllegalStateException("on purpose");
                })
                .listener(others::add)
                .build());
        assertThat(bed.fromInside(udp(IN1, 5000, OUT1, 53)).isForwarded()).isTrue();
        assertThat(bed.engine().counters().callbackFailures()).isEqualTo(3);
        assertThat(others).hasSize(3);
        bed.at(301).advance();
        assertThat(bed.engine().counters().callbackFailures()).isEqualTo(6);
    }

    @Test
    void areToldOfALimitOncePerSecondAndReason() {
        NatBed bed = bed(config(EXT1).withLimits(Limits.of(9, 1, 1, 9)), events::add);
        bed.fromInside(udp(IN1, 5000, OUT1, 53));
        events.clear();
        for (int i = 0; i < 100; i++) {
            bed.at(i * 0.015);
            bed.fromInside(udp(IN2, 5000, OUT1, 53));
            bed.fromInside(udp(IN1, 5001, OUT1, 53));
        }
        assertThat(events)
                .containsExactly(
                        new NatEvent.QuotaExceeded(Quota.HOSTS, Refusal.HOST_LIMIT, 1, IN2),
                        new NatEvent.QuotaExceeded(Quota.PER_HOST, Refusal.HOST_MAPPING_LIMIT, 1, IN1),
                        new NatEvent.QuotaExceeded(Quota.HOSTS, Refusal.HOST_LIMIT, 1, IN2),
                        new NatEvent.QuotaExceeded(Quota.PER_HOST, Refusal.HOST_MAPPING_LIMIT, 1, IN1));
    }

    @Test
    void areToldWhenAnIndexTakesANewSecret() {
        NatBed bed = new NatBed(NatEngine.builder(config(EXT1))
                .random(Crowd.KNOWN)
                .listener(events::add)
                .build());
        Crowd.remotes(Protocol.UDP, IN1, 5000, 150).forEach(remote -> bed.fromInside(udp(IN1, 5000, remote, 53)));
        bed.advance(1);
        assertThat(events).contains(new NatEvent.IndexRekeyed());
    }

    @Test
    void areCountedAlsoWhereNobodyListens() {
        NatBed bed = NatBed.standard();
        bed.fromInside(udp(IN1, 5000, OUT1, 53));
        bed.at(301).advance();
        assertThat(bed.engine().counters().sessionsCreated()).isEqualTo(1);
        assertThat(bed.engine().counters().sessionsClosed()).isEqualTo(1);
    }
}
