package io.github.culvert.nat.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.Limits;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.Rate;
import io.github.culvert.nat.config.Rates;
import io.github.culvert.nat.engine.Gauge;
import io.github.culvert.nat.engine.NatEngine;
import io.github.culvert.nat.event.NatEvent;
import io.github.culvert.nat.event.Quota;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Mapping;
import io.github.culvert.nat.mapping.MappingGrant;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.testkit.lab.Lab;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** RFC 6888, what a NAT for many subscribers must bound, and what they may ask for. */
class Rfc6888LimitsTest {
    /** A lab that sends no messages of its own. */
    private static Lab lab(UnaryOperator<Limits> limits, UnaryOperator<Rates> rates) {
        return Lab.with(config ->
                quiet(config).withLimits(limits.apply(config.limits())).withRates(rates.apply(config.rates())));
    }

    private static NatConfig quiet(NatConfig config) {
        return config.withIcmp(config.icmp().withAnswers(Set.of()));
    }

    private static Lab limited(UnaryOperator<Limits> limits) {
        return lab(limits, rates -> rates);
    }

    /** How many of so many flows of a host, one each millisecond, pass. */
    private static long flows(Lab lab, String host, int count) {
        return IntStream.range(0, count)
                .filter(i -> lab.at(i / 1000.0)
                        .udp(host + ":" + (2000 + i) + " > OUT1:53")
                        .one()
                        .isForwarded())
                .count();
    }

    @Test
    @Tag("NAT-CGN-02")
    void req4PortsOfASubscriberAreLimitedPerProtocol() {
        Lab lab = limited(limits -> limits.withUdpMappingsPerHost(100));
        assertThat(flows(lab, "IN1", 100)).isEqualTo(100);
        lab.udp("IN1:9000 > OUT1:53").isRefused(Refusal.HOST_MAPPING_LIMIT);
        lab.udp("IN2:9000 > OUT1:53").passes();
        lab.tcp("IN1:9000 > OUT1:80", TcpFlag.SYN).passes();
        lab.ping("IN1:9 > OUT1").passes();
    }

    @Test
    @Tag("NAT-CGN-03")
    void req4cNewStateOfASubscriberIsLimitedInItsRate() {
        Lab lab = lab(limits -> limits, rates -> rates.withSessionsPerHost(new Rate(50, 100)));
        lab.udp("IN1:1024 > OUT1:53").passes();
        assertThat(flows(lab, "IN1", 1000)).isBetween(140L, 150L);
        lab.udp("IN1:9000 > OUT1:53").isRefused(Refusal.HOST_SESSION_RATE);
        lab.udp("IN1:1024 > OUT1:53").passes();
        lab.udp("IN2:9000 > OUT1:53").passes();
    }

    @Test
    void req5bNewStateIsLimitedInItsRateInAll() {
        Lab lab = lab(limits -> limits, rates -> rates.withSessions(new Rate(50, 100)));
        long passed = flows(lab, "IN1", 500) + flows(lab, "IN2", 1000);
        assertThat(passed).isBetween(140L, 150L);
        lab.udp("IN3:9000 > OUT1:53").isRefused(Refusal.SESSION_RATE);
    }

    @Test
    @Tag("NAT-CGN-04")
    void req5SessionsOfAMappingAreLimitedAndTheMappingSurvives() {
        Lab lab = limited(limits -> limits.withSessionsPerMapping(1000));
        for (int i = 0; i < 10_000; i++) {
            lab.udp("IN1:5000 > 198.18." + (i >> 8) + "." + (i & 255) + ":53");
        }
        assertThat(lab.sessions()).hasSize(1000);
        lab.udp("IN1:5000 > OUT1:53").isRefused(Refusal.MAPPING_SESSION_LIMIT);
        lab.udp("198.18.3.231:53 > EXT1:5000").arrives("198.18.3.231:53 > IN1:5000");
        lab.udp("IN1:5001 > OUT1:53").passes();
    }

    @Test
    void req5SessionsOfASubscriberAreLimited() {
        Lab lab = limited(limits -> limits.withSessionsPerHost(10));
        assertThat(flows(lab, "IN1", 20)).isEqualTo(10);
        lab.udp("IN2:9000 > OUT1:53").passes();
    }

    /** The rate and the limit of one host leave all others what they need. */
    @Test
    void oneFloodingHostTakesNothingFromTheOthers() {
        Lab lab = lab(limits -> limits.withSessionsPerHost(200), rates -> rates.withSessionsPerHost(new Rate(50, 100)));
        for (int i = 0; i < 5_000; i++) {
            lab.at(i / 1000.0).udp("IN1:" + (1024 + i) + " > OUT1:53");
            if (i % 50 == 0) {
                lab.udp("IN2:" + (1024 + i) + " > OUT1:53").passes();
            }
        }
        assertThat(lab.table().usageOf(Packets.IN1).orElseThrow().sessions()).isLessThanOrEqualTo(200);
    }

    @Test
    @Tag("NAT-CGN-07")
    void req9ASubscriberMayAskForAMappingWithALifetime() {
        Lab lab = limited(limits -> limits.withTcpMappingsPerHost(1));
        Mapping mapping = granted(ask(lab, "IN1:443", "EXT1:443", 600));
        assertThat(mapping.outside()).isEqualTo(Lab.endpoint("EXT1:443"));
        assertThat(lab.table().usageOf(Packets.IN1).orElseThrow().tcpMappings()).isEqualTo(1);
        assertThat(ask(lab, "IN1:444", "EXT1:444", 600)).isEqualTo(new MappingGrant.Denied(Refusal.HOST_MAPPING_LIMIT));
        lab.at(599.9).late();
        lab.tcp("OUT1:9 > EXT1:443", TcpFlag.SYN).arrives("OUT1:9 > IN1:443");
        assertThat(live(lab, "IN1:443", 1200)).isFalse();
    }

    /** The same without a single packet. */
    @Test
    void req9AMappingThatNobodyUsesIsGoneAfterItsLifetime() {
        Lab lab = Lab.standard();
        ask(lab, "IN1:443", "EXT1:443", 600);
        assertThat(live(lab, "IN1:443", 599.9)).isTrue();
        assertThat(live(lab, "IN1:443", 600.1)).isFalse();
        lab.late();
        assertThat(lab.bed().engine().counters().gauge(Gauge.IDENTIFIERS)).isZero();
        assertThat(lab.table().usageOf(Packets.IN1)).isEmpty();
    }

    private static boolean live(Lab lab, String inside, double seconds) {
        lab.at(seconds).late();
        return lab.table().mappingOf(Protocol.TCP, Lab.endpoint(inside)).isPresent();
    }

    private static MappingGrant ask(Lab lab, String inside, String outside, int seconds) {
        Optional<Endpoint> suggested = Optional.of(Lab.endpoint(outside));
        return lab.table().requestMapping(Protocol.TCP, Lab.endpoint(inside), suggested, Duration.ofSeconds(seconds));
    }

    private static Mapping granted(MappingGrant grant) {
        return ((MappingGrant.Granted) grant).mapping();
    }

    @Test
    void req11NothingThatIsThereMakesRoom() {
        List<NatEvent> events = new ArrayList<>();
        NatConfig full = quiet(NatBed.config(Packets.EXT1)).withLimits(Limits.of(3, 9, 9, 9));
        Lab lab = Lab.around(NatEngine.builder(full)
                .random(new SplittableRandom(1))
                .listener(events::add)
                .build());
        flows(lab, "IN1", 3);
        Set<Object> before = Set.copyOf(lab.sessions());
        events.clear();
        lab.udp("IN2:9000 > OUT1:53").isRefused(Refusal.SESSION_LIMIT);
        assertThat(Set.<Object>copyOf(lab.sessions())).isEqualTo(before);
        assertThat(events)
                .containsExactly(new NatEvent.QuotaExceeded(Quota.SESSIONS, Refusal.SESSION_LIMIT, 3, Packets.IN2));
    }
}
