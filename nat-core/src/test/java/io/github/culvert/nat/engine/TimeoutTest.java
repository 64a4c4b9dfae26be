package io.github.culvert.nat.engine;

import static io.github.culvert.nat.testkit.bed.NatBed.config;
import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.bed.Packets.OUT2;
import static io.github.culvert.nat.testkit.bed.Packets.echo;
import static io.github.culvert.nat.testkit.bed.Packets.echoReply;
import static io.github.culvert.nat.testkit.bed.Packets.tcp;
import static io.github.culvert.nat.testkit.bed.Packets.udp;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.Timeouts;
import io.github.culvert.nat.testkit.bed.NatBed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long sessions live without traffic: RFC 4787 section 4.3, RFC 5508 section 3.2. */
class TimeoutTest {
    private final NatBed bed = NatBed.standard();

    private boolean answers() {
        return bed.fromOutside(udp(OUT1, 53, EXT1, 5000)).isForwarded();
    }

    private static NatConfig with(long udp, long tcp, long closing, long icmp) {
        Timeouts other = Timeouts.of(
                ofSeconds(udp), ofSeconds(tcp), ofSeconds(240), ofSeconds(closing), ofSeconds(240), ofSeconds(icmp));
        return config(EXT1).withTimeouts(other);
    }

    @Test
    @Tag("NAT-UDP-06")
    void udpLivesForTheTimeThatIsSetWhichIsNoLessThanTwoMinutes() {
        assertThat(with(119, 7440, 240, 60).problems())
                .singleElement()
                .hasFieldOrPropertyWithValue("setting", "timeouts.udp");
        NatBed least = NatBed.of(with(120, 7440, 240, 60));
        least.fromInside(udp(IN1, 5000, OUT1, 53));
        assertThat(least.at(119.9).fromOutside(udp(OUT1, 53, EXT1, 5000)).isForwarded())
                .isTrue();
        assertThat(least.at(120.1).fromOutside(udp(OUT1, 53, EXT1, 5000))).hasToString("refused NO_MAPPING");
    }

    @Test
    @Tag("NAT-UDP-08")
    void udpLivesForFiveMinutesByDefaultEvenWithoutAnAnswer() {
        bed.fromInside(udp(IN1, 5000, OUT1, 53));
        bed.at(299).advance();
        assertThat(answers()).isTrue();
        bed.at(300.1);
        assertThat(answers()).isFalse();
    }

    @Test
    void outboundPacketsRefreshWhateverComesBack() {
        for (int i = 0; i <= 10; i++) {
            bed.at(200 * i).fromInside(udp(IN1, 5000, OUT1, 53));
        }
        bed.at(2100).advance();
        assertThat(answers()).isTrue();
    }

    @Test
    void inboundPacketsDoNotRefreshUdp() {
        bed.fromInside(udp(IN1, 5000, OUT1, 53));
        for (int i = 1; i < 6; i++) {
            bed.at(50 * i);
            assertThat(answers()).isTrue();
        }
        bed.at(301);
        assertThat(answers()).isFalse();
    }

    @Test
    void packetsThatTheFilterRefusesRefreshNothing() {
        bed.fromInside(udp(IN1, 5000, OUT1, 53));
        for (int i = 1; i < 6; i++) {
            assertThat(bed.at(50 * i).fromOutside(udp(OUT2, 53, EXT1, 5000))).hasToString("refused FILTERED");
        }
        bed.at(301);
        assertThat(answers()).isFalse();
    }

    @Test
    void theMappingLivesAsLongAsOneOfItsSessions() {
        bed.fromInside(udp(IN1, 5000, OUT1, 53));
        bed.at(200).fromInside(udp(IN1, 5000, OUT1, 54));
        bed.at(400).advance();
        assertThat(bed.sessions()).hasSize(1);
        assertThat(bed.fromOutside(udp(OUT1, 54, EXT1, 5000)).isForwarded()).isTrue();
        assertThat(answers()).as("a new session of the same mapping").isTrue();
    }

    @Test
    void aMappingGoesWithItsLastSession() {
        bed.fromInside(udp(IN1, 5000, OUT1, 53));
        bed.at(200).fromInside(udp(IN1, 5000, OUT1, 54));
        bed.at(501).advance();
        assertThat(answers()).isFalse();
        assertThat(bed.engine().counters().gauge(Gauge.MAPPINGS)).isZero();
        assertThat(bed.engine().counters().gauge(Gauge.IDENTIFIERS)).isZero();
        assertThat(bed.engine().counters().gauge(Gauge.HOSTS)).isZero();
    }

    /** Also if nobody called {@code advance} meanwhile: longer than stamps last, and longer than they come round. */
    @ParameterizedTest
    @ValueSource(
            longs = {
                301,
                86_400 * 26,
                86_400 * 27,
                86_400 * 40,
                86_400 * 52,
                86_400 * 53,
                86_400 * 365,
                86_400L * 100_000
            })
    void aSessionIsOverAfterAnyPause(long seconds) {
        bed.fromInside(udp(IN1, 5000, OUT1, 53));
        bed.at((double) seconds);
        assertThat(answers()).isFalse();
        bed.advance();
        assertThat(bed.engine().counters().gauge(Gauge.SESSIONS)).isZero();
    }

    @Test
    @Tag("NAT-ICMP-02")
    void aQueryLivesForAMinute() {
        assertThat(with(300, 7440, 240, 59).problems())
                .singleElement()
                .hasFieldOrPropertyWithValue("setting", "timeouts.icmp-query");
        bed.fromInside(echo(IN1, OUT1, 7));
        bed.at(59).advance();
        assertThat(bed.fromOutside(echoReply(OUT1, EXT1, 7)).isForwarded()).isTrue();
        assertThat(bed.at(60.1).fromOutside(echoReply(OUT1, EXT1, 7))).hasToString("refused NO_MAPPING");
    }

    @Test
    void timeNeverGoesBack() {
        bed.at(1000).fromInside(udp(IN1, 5000, OUT1, 53));
        bed.at(100).fromInside(udp(IN1, 6000, OUT1, 53));
        bed.at(1299);
        assertThat(answers()).isTrue();
        assertThat(bed.fromOutside(udp(OUT1, 53, EXT1, 6000)).isForwarded()).isTrue();
        bed.at(1300.1);
        assertThat(bed.fromOutside(udp(OUT1, 53, EXT1, 6000)).isForwarded()).isFalse();
    }

    @Test
    void theClockMayStartAnywhere() {
        long start = Long.MAX_VALUE - 5_000_000_000L;
        NatBed late =
                new NatBed(NatEngine.builder(config(EXT1)).startNanos(start).build());
        late.clock().pass(start);
        late.fromInside(udp(IN1, 5000, OUT1, 53));
        late.clock().pass(299_000_000_000L);
        assertThat(late.fromOutside(udp(OUT1, 53, EXT1, 5000)).isForwarded()).isTrue();
        late.clock().pass(2_000_000_000L);
        assertThat(late.fromOutside(udp(OUT1, 53, EXT1, 5000)).isForwarded()).isFalse();
    }
}
