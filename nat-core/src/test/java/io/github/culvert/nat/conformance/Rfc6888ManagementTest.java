package io.github.culvert.nat.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.culvert.nat.config.InvalidConfigException;
import io.github.culvert.nat.config.Limits;
import io.github.culvert.nat.config.Rate;
import io.github.culvert.nat.config.Rates;
import io.github.culvert.nat.config.Timeouts;
import io.github.culvert.nat.engine.Gauge;
import io.github.culvert.nat.engine.NatCounters;
import io.github.culvert.nat.mapping.HostUsage;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.testkit.lab.Lab;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** RFC 6888 REQ-10: whatever a limit or timer decides can be read and set while the NAT runs. */
class Rfc6888ManagementTest {
    private final Lab lab = Lab.with(config -> config.withIcmp(config.icmp().withAnswers(Set.of())));

    private static List<String> names(Class<?> settings) {
        return Arrays.stream(settings.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    /** The names are API: whoever changes one changes this list. */
    @Test
    @Tag("NAT-CGN-12")
    void req10TheNamesOfGaugesLimitsRatesAndTimeouts() {
        assertThat(Stream.of(Gauge.values()).map(Gauge::name))
                .contains("SESSIONS", "MAPPINGS", "HOSTS", "ADDRESSES", "IDENTIFIERS", "HELD_PACKETS", "MEMORY");
        assertThat(names(HostUsage.class))
                .contains("mappings", "udpMappings", "tcpMappings", "icmpMappings", "sessions");
        assertThat(names(Limits.class))
                .contains(
                        "sessions",
                        "hosts",
                        "mappings",
                        "mappingsPerHost",
                        "udpMappingsPerHost",
                        "tcpMappingsPerHost",
                        "icmpMappingsPerHost",
                        "sessionsPerHost",
                        "sessionsPerMapping",
                        "heldSyns",
                        "thresholds");
        assertThat(names(Rates.class)).contains("sessionsPerHost", "sessions", "midStream");
        assertThat(names(Timeouts.class))
                .contains(
                        "udp",
                        "tcpEstablished",
                        "tcpOpening",
                        "tcpClosing",
                        "tcpReset",
                        "icmpQuery",
                        "portless",
                        "heldSyn",
                        "fragments");
    }

    @Test
    @Tag("NAT-CGN-12")
    void req10GaugesTellHowMuchThereIsOfEach() {
        lab.udp("IN1:5000 > OUT1:53");
        lab.udp("IN1:5000 > OUT2:53");
        lab.tcp("IN2:5000 > OUT1:80", TcpFlag.SYN);
        lab.late();
        NatCounters counters = lab.bed().engine().counters();
        assertThat(counters.gauge(Gauge.SESSIONS)).isEqualTo(3);
        assertThat(counters.gauge(Gauge.MAPPINGS)).isEqualTo(2);
        assertThat(counters.gauge(Gauge.HOSTS)).isEqualTo(2);
        assertThat(counters.gauge(Gauge.ADDRESSES)).isEqualTo(1);
        assertThat(lab.table().usageOf(Packets.IN1)).contains(new HostUsage(Packets.IN1, Packets.EXT1, 1, 1, 0, 0, 2));
    }

    @Test
    @Tag("NAT-CGN-12")
    void req10LimitsCanBeSet() {
        lab.udp("IN1:5000 > OUT1:53");
        lab.udp("IN1:5001 > OUT1:53");
        lab.table().reconfigure(Limits.STANDARD.withSessions(1));
        assertThat(lab.bed().engine().counters().limit(Gauge.SESSIONS)).isEqualTo(1);
        assertThat(lab.bed().engine().config().limits().sessions()).isEqualTo(1);
        lab.udp("IN1:5002 > OUT1:53").isRefused(Refusal.SESSION_LIMIT);
        lab.udp("IN1:5001 > OUT1:53").passes();
        lab.table().reconfigure(Limits.STANDARD);
        lab.udp("IN1:5002 > OUT1:53").passes();
    }

    @Test
    @Tag("NAT-CGN-12")
    void req10RatesCanBeSet() {
        lab.table().reconfigure(Rates.STANDARD.withSessionsPerHost(new Rate(1, 2)));
        lab.udp("IN1:5000 > OUT1:53").passes();
        lab.udp("IN1:5001 > OUT1:53").passes();
        lab.udp("IN1:5002 > OUT1:53").isRefused(Refusal.HOST_SESSION_RATE);
        lab.table().reconfigure(Rates.STANDARD);
        lab.udp("IN1:5002 > OUT1:53").passes();
        lab.table().reconfigure(Rates.STANDARD.withSessionsPerHost(new Rate(1000, 1)));
        lab.at(0.01).udp("IN1:5003 > OUT1:53").passes();
    }

    @Test
    @Tag("NAT-CGN-12")
    void req10TimeoutsCanBeSetAlsoForSessionsThatAreThere() {
        lab.udp("IN1:5000 > OUT1:53");
        lab.table().reconfigure(Timeouts.STANDARD.withUdp(Duration.ofMinutes(2)));
        lab.at(119).late();
        assertThat(lab.sessions()).hasSize(1);
        lab.at(120.2).late();
        assertThat(lab.bed().engine().counters().gauge(Gauge.SESSIONS)).isZero();
        lab.udp("IN1:5000 > OUT1:53");
        lab.table().reconfigure(Timeouts.STANDARD);
        lab.at(419).udp("OUT1:53 > EXT1:5000").passes();
    }

    @Test
    void whatIsNotAllowedLeavesTheOldOneInForce() {
        assertThatThrownBy(() -> lab.table().reconfigure(Timeouts.STANDARD.withUdp(Duration.ofSeconds(119))))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("timeouts.udp");
        assertThatThrownBy(() -> lab.table().reconfigure(Limits.STANDARD.withSessions(0)))
                .isInstanceOf(InvalidConfigException.class);
        assertThat(lab.bed().engine().config().timeouts()).isEqualTo(Timeouts.STANDARD);
        lab.udp("IN1:5000 > OUT1:53").passes();
        lab.at(299).udp("OUT1:53 > EXT1:5000").passes();
    }
}
