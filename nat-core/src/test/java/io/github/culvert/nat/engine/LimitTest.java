package io.github.culvert.nat.engine;

import static io.github.culvert.nat.testkit.bed.NatBed.config;
import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.IN2;
import static io.github.culvert.nat.testkit.bed.Packets.IN3;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.bed.Packets.OUT2;
import static io.github.culvert.nat.testkit.bed.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.Limits;
import io.github.culvert.nat.mapping.HostUsage;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.testkit.bed.NatBed;
import org.junit.jupiter.api.Test;

/** What is full refuses what is new, and touches nothing that is there: RFC 6888 REQ-4, REQ-5. */
class LimitTest {
    private static NatBed limited(int sessions, int hosts, int mappingsPerHost, int sessionsPerHost) {
        return NatBed.of(config(EXT1).withLimits(Limits.of(sessions, hosts, mappingsPerHost, sessionsPerHost)));
    }

    private static String sent(NatBed bed, Ipv4Address host, int port, Ipv4Address remote) {
        return bed.fromInside(udp(host, port, remote, 53))
                .toString()
                .split(" ")[1]
                .split(":")[0];
    }

    @Test
    void mappingsOfAHost() {
        NatBed bed = limited(100, 100, 2, 100);
        assertThat(sent(bed, IN1, 1, OUT1)).isEqualTo("203.0.113.1");
        assertThat(sent(bed, IN1, 2, OUT1)).isEqualTo("203.0.113.1");
        assertThat(sent(bed, IN1, 3, OUT1)).isEqualTo("HOST_MAPPING_LIMIT");
        assertThat(sent(bed, IN1, 1, OUT2)).as("another session of a mapping").isEqualTo("203.0.113.1");
        assertThat(sent(bed, IN2, 3, OUT1)).isEqualTo("203.0.113.1");
    }

    @Test
    void sessionsOfAHost() {
        NatBed bed = limited(100, 100, 100, 2);
        assertThat(sent(bed, IN1, 1, OUT1)).isEqualTo("203.0.113.1");
        assertThat(sent(bed, IN1, 1, OUT2)).isEqualTo("203.0.113.1");
        assertThat(sent(bed, IN1, 1, IN1)).isEqualTo("MARTIAN_DESTINATION");
        assertThat(sent(bed, IN1, 1, EXT1)).isEqualTo("HOST_SESSION_LIMIT");
        assertThat(sent(bed, IN1, 2, OUT1)).isEqualTo("HOST_SESSION_LIMIT");
        assertThat(sent(bed, IN2, 2, OUT1)).isEqualTo("203.0.113.1");
    }

    @Test
    void whatAHostHasCanBeRead() {
        NatBed bed = limited(100, 100, 2, 100);
        sent(bed, IN1, 1, OUT1);
        sent(bed, IN1, 1, OUT2);
        sent(bed, IN1, 2, OUT1);
        sent(bed, IN1, 3, OUT1);
        assertThat(bed.table().usageOf(IN1)).contains(new HostUsage(IN1, EXT1, 2, 2, 0, 0, 3));
        assertThat(bed.table().usageOf(IN2)).isEmpty();
    }

    @Test
    void sessionsFromOutsideCountForTheirInsideHost() {
        NatBed bed = limited(100, 100, 100, 2);
        bed.fromInside(udp(IN1, 1, OUT1, 53));
        assertThat(bed.fromOutside(udp(OUT1, 54, EXT1, 1)).isForwarded()).isTrue();
        assertThat(bed.fromOutside(udp(OUT1, 55, EXT1, 1))).hasToString("refused HOST_SESSION_LIMIT");
        assertThat(bed.fromOutside(udp(OUT1, 53, EXT1, 1)).isForwarded()).isTrue();
    }

    @Test
    void hosts() {
        NatBed bed = limited(100, 2, 100, 100);
        assertThat(sent(bed, IN1, 1, OUT1)).isEqualTo("203.0.113.1");
        assertThat(sent(bed, IN2, 1, OUT1)).isEqualTo("203.0.113.1");
        assertThat(sent(bed, IN3, 1, OUT1)).isEqualTo("HOST_LIMIT");
        assertThat(sent(bed, IN2, 2, OUT1)).isEqualTo("203.0.113.1");
    }

    @Test
    void sessionsInAll() {
        NatBed bed = limited(2, 100, 100, 100);
        sent(bed, IN1, 1, OUT1);
        sent(bed, IN2, 1, OUT1);
        assertThat(sent(bed, IN3, 1, OUT1)).isEqualTo("SESSION_LIMIT");
        assertThat(sent(bed, IN1, 1, OUT1)).isEqualTo("203.0.113.1");
    }

    @Test
    void roomComesBackWhenSessionsEnd() {
        NatBed bed = limited(1, 1, 1, 1);
        sent(bed, IN1, 1, OUT1);
        assertThat(sent(bed, IN2, 1, OUT1)).isEqualTo("HOST_LIMIT");
        bed.at(301);
        assertThat(sent(bed, IN2, 1, OUT1)).isEqualTo("203.0.113.1");
        bed.table().closeSessions(session -> true);
        assertThat(sent(bed, IN3, 1, OUT1)).isEqualTo("203.0.113.1");
    }

    @Test
    void whatIsRefusedLeavesNothingBehind() {
        NatBed bed = limited(1, 5, 1, 1);
        sent(bed, IN1, 1, OUT1);
        for (int i = 0; i < 100; i++) {
            sent(bed, IN2, i, OUT1);
            sent(bed, IN1, i, OUT2);
        }
        bed.advance();
        NatCounters counters = bed.engine().counters();
        assertThat(counters.gauge(Gauge.HOSTS)).isEqualTo(1);
        assertThat(counters.gauge(Gauge.MAPPINGS)).isEqualTo(1);
        assertThat(counters.gauge(Gauge.IDENTIFIERS)).isEqualTo(1);
    }

    @Test
    void identifiersOfOneClassRunOut() {
        NatBed bed = NatBed.standard();
        bed.table().reserveForHost(Protocol.UDP, EXT1, 2, 1023);
        assertThat(sent(bed, IN1, 500, OUT1)).isEqualTo("203.0.113.1");
        assertThat(sent(bed, IN2, 500, OUT1)).isEqualTo("IDENTIFIERS_EXHAUSTED");
        assertThat(sent(bed, IN2, 5000, OUT1)).isEqualTo("203.0.113.1");
    }
}
