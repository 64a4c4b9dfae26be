package io.github.culvert.nat.conformance;

import static io.github.culvert.nat.packet.TcpFlag.ACK;
import static io.github.culvert.nat.packet.TcpFlag.FIN;
import static io.github.culvert.nat.packet.TcpFlag.SYN;
import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.EXT4;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.Assignment;
import io.github.culvert.nat.config.IdentifierPolicy;
import io.github.culvert.nat.config.Limits;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.Rest;
import io.github.culvert.nat.event.NatEvent;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Mapping;
import io.github.culvert.nat.mapping.MappingGrant;
import io.github.culvert.nat.mapping.PortRange;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.packet.IcmpMessage;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.bed.NatBed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** RFC 6888: how a large NAT gives out ports. */
class Rfc6888IdentifiersTest {
    private static final NatConfig CARRIER = NatBed.config(EXT1).asCarrier();
    private static final String FULL = "refused IDENTIFIERS_EXHAUSTED";

    /** REQ-3. */
    @Test
    @Tag("NAT-CGN-01")
    void thePoolMayBeAnySetOfAddresses() {
        Ipv4Address third = Ipv4Address.parse("198.18.0.9");
        Pool pool = Pool.of(NatBed.config(EXT1, EXT4, third));
        Set<Ipv4Address> used = new HashSet<>();
        for (int number = 1; number <= 60; number++) {
            var outside = pool.open(Protocol.UDP, Pool.host(number) + ":5000").source();
            used.add(outside.address());
            pool.lab.udp("OUT1:53 > " + outside).arrives("OUT1:53 > " + named(number) + ":5000");
        }
        assertThat(used).containsExactlyInAnyOrder(EXT1, EXT4, third);
    }

    private static String named(int number) {
        return number >= 10 && number <= 12 ? "IN" + (number - 9) : Pool.host(number);
    }

    /** REQ-8. */
    @Test
    @Tag("NAT-CGN-06")
    void aFreedPortRestsBeforeAnyMappingGetsItUnlessItsConnectionClosed() {
        Pool pool = Pool.of(CARRIER).leaving(Protocol.UDP, EXT1, 5000);
        pool.udp("IN1:5000");
        pool.lab.table().closeSessions(session -> true);
        for (int draw = 0; draw < 10_000; draw++) {
            pool.lab.at(119.9 * draw / 10_000);
            assertThat(pool.fate(Protocol.UDP, Pool.host(10 + draw % 2) + ":5000"))
                    .isEqualTo(FULL);
        }
        assertThat(pool.lab.at(120.01).udp("IN2:7000 > OUT1:53").port()).isEqualTo(5000);
        closedConnectionsDoNotRest(Pool.of(CARRIER));
        nothingIsGivenOutAfterAColdStart(IdentifierPolicy.STANDARD.withRest(Rest.STANDARD.withAfterColdStart(true)));
    }

    private static void closedConnectionsDoNotRest(Pool pool) {
        pool.lab.connect("IN1:40000 > OUT1:80");
        pool.lab.tcp("IN1:40000 > OUT1:80", FIN, ACK).passes();
        pool.lab.tcp("OUT1:80 > EXT1:40000", FIN, ACK).passes();
        pool.lab.at(241).late();
        assertThat(pool.open(Protocol.TCP, "IN2:40000").port()).isEqualTo(40_000);
    }

    private static void nothingIsGivenOutAfterAColdStart(IdentifierPolicy policy) {
        Pool cold = Pool.of(CARRIER.withIdentifiers(policy));
        assertThat(cold.fate(Protocol.UDP, "IN1:5000")).isEqualTo(FULL);
        Endpoint suggested = Endpoint.parse(EXT1 + ":5000");
        Endpoint asking = Endpoint.parse("192.168.1.10:5000");
        assertThat(cold.lab.table().requestMapping(Protocol.UDP, asking, Optional.of(suggested), Duration.ofMinutes(1)))
                .isEqualTo(new MappingGrant.Denied(Refusal.IDENTIFIERS_EXHAUSTED));
        cold.lab.at(119.9);
        assertThat(cold.fate(Protocol.TCP, "IN1:5000")).isEqualTo(FULL);
        assertThat(cold.lab.at(120.01).udp("IN1:5000 > OUT1:53").port()).isEqualTo(5000);
        assertThat(Pool.of(CARRIER).udp("IN1:5000")).isEqualTo(5000);
        NatConfig strict = NatBed.config(EXT1).withIdentifiers(policy);
        assertThat(Pool.of(strict).udp("IN1:5000")).isEqualTo(5000);
    }

    @Test
    void aConnectionThatWasNotSeenToCloseRests() {
        Pool pool = Pool.of(CARRIER);
        pool.open(Protocol.TCP, "IN1:40000");
        pool.lab.at(241).late();
        assertThat(pool.open(Protocol.TCP, "IN2:40000").port()).isNotEqualTo(40_000);
    }

    @Test
    void oneOfManyConnectionsThatWasNotSeenToCloseIsEnoughToRest() {
        Pool pool = Pool.of(CARRIER);
        pool.lab.tcp("IN1:40000 > OUT2:80", SYN).passes();
        pool.lab.at(100).connect("IN1:40000 > OUT1:80");
        pool.lab.tcp("IN1:40000 > OUT1:80", FIN, ACK).passes();
        pool.lab.tcp("OUT1:80 > EXT1:40000", FIN, ACK).passes();
        pool.lab.at(241).late();
        assertThat(pool.lab.sessions()).hasSize(1);
        pool.lab.at(341).late();
        assertThat(pool.lab.sessions()).isEmpty();
        assertThat(pool.open(Protocol.TCP, "IN2:40000").port()).isNotEqualTo(40_000);
    }

    @Test
    void whereFilteringIsStricterNothingRests() {
        Pool pool = Pool.standard();
        pool.udp("IN1:5000");
        pool.lab.table().closeSessions(session -> true);
        assertThat(pool.udp("IN2:5000")).isEqualTo(5000);
    }

    @Test
    void beyondTheMostThatMayRestTheOldestIsFreeEarly() {
        IdentifierPolicy two = IdentifierPolicy.STANDARD.withRest(Rest.STANDARD.withMost(2));
        Pool pool = Pool.of(CARRIER.withIdentifiers(two));
        for (int port = 5000; port < 5003; port++) {
            pool.udp("IN1:" + port);
            pool.lab.table().closeSessions(session -> true);
        }
        assertThat(pool.udp("IN2:5000")).isEqualTo(5000);
        assertThat(pool.udp("IN2:5001")).isNotEqualTo(5001);
        assertThat(pool.udp("IN2:5002")).isNotEqualTo(5002);
    }

    /** REQ-11 A to D. */
    @Test
    @Tag("NAT-CGN-08")
    void whatFindsNoRoomIsDroppedAndToldAndMakesNone() {
        Pool pool = Pool.of(CARRIER.withLimits(Limits.STANDARD.withSessions(3))).leaving(Protocol.TCP, EXT1, 5000);
        pool.udp("IN1:5000");
        pool.udp("IN1:5001");
        pool.open(Protocol.TCP, "IN1:5000");
        List<Mapping> before = mappings(pool);
        var answer = pool.open(Protocol.UDP, "IN2:5000").isRefusedWithAnswer(Refusal.SESSION_LIMIT);
        assertThat(answer.transport()).isInstanceOf(IcmpMessage.class);
        pool.lab.table().closeSessions(session -> session.inside().identifier() == 5001);
        before.removeIf(mapping -> mapping.inside().identifier() == 5001);
        assertThat(pool.fate(Protocol.TCP, "IN2:5000")).isEqualTo(FULL);
        assertThat(mappings(pool)).isEqualTo(before);
        assertThat(pool.events(NatEvent.QuotaExceeded.class))
                .extracting(NatEvent.QuotaExceeded::reason)
                .containsExactly(Refusal.SESSION_LIMIT);
        assertThat(pool.events(NatEvent.IdentifiersExhausted.class)).hasSize(1);
    }

    private static List<Mapping> mappings(Pool pool) {
        List<Mapping> mappings = new ArrayList<>();
        pool.lab.table().forEachMapping(mappings::add);
        return mappings;
    }

    /** REQ-13 to REQ-15. */
    @Test
    @Tag("NAT-CGN-10")
    void aBlockIsOneRecordAndPortsWithinItAreNotSequential() {
        IdentifierPolicy blocks = IdentifierPolicy.STANDARD.withAssignment(new Assignment.Blocks(256));
        Pool pool = Pool.of(CARRIER.withIdentifiers(blocks));
        List<Integer> positions = new ArrayList<>();
        for (int number = 1; number <= 40; number++) {
            for (int flow = 0; flow < 256; flow++) {
                positions.add(pool.udp(Pool.host(number) + ":" + (2000 + flow)) % 256);
            }
        }
        assertThat(pool.events(NatEvent.BlockAllocated.class))
                .hasSize(40)
                .allMatch(event -> event.block().size() == 256 && event.block().first() % 256 == 0);
        assertThat(Uniform.serialCorrelation(positions)).isBetween(-0.04, 0.04);
    }

    @Test
    void aBlockServesAllProtocolsAndGoesWithTheLastOfItsPorts() {
        IdentifierPolicy blocks = IdentifierPolicy.STANDARD.withAssignment(new Assignment.Blocks(64));
        Pool pool = Pool.of(NatBed.config(EXT1).withIdentifiers(blocks));
        for (int flow = 0; flow < 64; flow++) {
            pool.open(Protocol.UDP, "IN1:" + (2000 + flow));
            pool.open(Protocol.TCP, "IN1:" + (2000 + flow));
            pool.open(Protocol.ICMP, "IN1:" + flow);
        }
        PortRange block = pool.events(NatEvent.BlockAllocated.class).get(0).block();
        assertThat(pool.events(NatEvent.BlockAllocated.class)).hasSize(1);
        assertThat(block.contains(pool.udp("IN1:7"))).as("a further block").isFalse();
        pool.expire();
        assertThat(pool.events(NatEvent.BlockFreed.class)).hasSize(2);
        assertThat(pool.events.get(pool.events.size() - 1)).isInstanceOf(NatEvent.AddressReleased.class);
    }
}
