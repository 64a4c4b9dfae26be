package io.github.culvert.nat.engine;

import static io.github.culvert.nat.packet.TcpFlag.ACK;
import static io.github.culvert.nat.packet.TcpFlag.FIN;
import static io.github.culvert.nat.packet.TcpFlag.RST;
import static io.github.culvert.nat.packet.TcpFlag.SYN;
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
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.testkit.bed.NatBed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long sessions live without traffic: RFC 4787 section 4.3, RFC 5382 section 5, RFC 5508 section 3.2, RFC 7857. */
class TimeoutTest {
    private final NatBed bed = NatBed.standard();

    private void out(TcpFlag... flags) {
        assertThat(bed.fromInside(tcp(IN1, 4000, OUT1, 80, flags)))
                .hasToString("outside 203.0.113.1:4000 > 198.51.100.7:80");
    }

    private boolean in(TcpFlag... flags) {
        return bed.fromOutside(tcp(OUT1, 80, EXT1, 4000, flags)).isForwarded();
    }

    private boolean answers() {
        return bed.fromOutside(udp(OUT1, 53, EXT1, 5000)).isForwarded();
    }

    private void established() {
        out(SYN);
        assertThat(in(SYN, ACK)).isTrue();
        out(ACK);
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
    @Tag("NAT-TCP-07")
    void anEstablishedConnectionLivesForTwoHoursAndFourMinutes() {
        assertThat(with(300, 7439, 240, 60).problems())
                .singleElement()
                .hasFieldOrPropertyWithValue("setting", "timeouts.tcp-established");
        established();
        bed.at(7439).advance();
        assertThat(in(ACK)).isTrue();
        bed.at(7439 + 7440.1);
        assertThat(in(ACK)).isFalse();
    }

    @Test
    @Tag("NAT-TCP-08")
    void aHalfOpenConnectionLivesForFourMinutes() {
        out(SYN);
        bed.at(239).advance();
        assertThat(in(SYN, ACK)).isTrue();
    }

    @Test
    @Tag("NAT-TCP-08")
    void onlyTheTimeForOpeningMayBeSetLower() {
        Timeouts other = Timeouts.of(
                ofSeconds(300), ofSeconds(7440), ofSeconds(5), ofSeconds(239), ofSeconds(240), ofSeconds(60));
        assertThat(config(EXT1).withTimeouts(other).problems())
                .singleElement()
                .hasFieldOrPropertyWithValue("setting", "timeouts.tcp-closing");
    }

    @Test
    void aSynWithoutAnAnswerIsForgotten() {
        out(SYN);
        bed.at(240.1);
        assertThat(in(SYN, ACK)).isFalse();
    }

    @Test
    @Tag("NAT-TCP-08")
    void aClosedConnectionLetsTheLastSegmentsThroughAndIsForgotten() {
        established();
        out(FIN, ACK);
        assertThat(in(FIN, ACK)).isTrue();
        bed.at(239).advance();
        out(ACK);
        bed.at(240.1);
        assertThat(in(ACK)).isFalse();
        bed.at(241).advance();
        assertThat(bed.engine().counters().gauge(Gauge.SESSIONS)).isZero();
    }

    @Test
    void segmentsThatOpenNothingDoNotKeepAHalfOpenConnection() {
        out(SYN);
        bed.at(200);
        out(ACK);
        assertThat(in(ACK)).isTrue();
        bed.at(240.1);
        assertThat(in(SYN, ACK)).isFalse();
    }

    @Test
    void aRepeatedSynKeepsAHalfOpenConnection() {
        out(SYN);
        bed.at(200);
        out(SYN);
        bed.at(439);
        assertThat(in(SYN, ACK)).isTrue();
    }

    @Test
    void aRepeatedResetDoesNotKeepAConnection() {
        established();
        assertThat(in(RST)).isTrue();
        bed.at(200);
        assertThat(in(RST)).isTrue();
        out(RST);
        bed.at(240.1);
        assertThat(in(ACK)).isFalse();
    }

    @Test
    @Tag("NAT-TCP-10")
    void aResetConnectionIsRevivedByTraffic() {
        established();
        assertThat(in(RST)).isTrue();
        bed.at(100);
        out(ACK);
        bed.at(100 + 7439).advance();
        assertThat(in(ACK)).isTrue();
    }

    @Test
    @Tag("NAT-TCP-10")
    void aResetConnectionIsForgottenWithoutTraffic() {
        established();
        assertThat(in(RST)).isTrue();
        bed.at(239.9).advance();
        assertThat(bed.sessions()).hasSize(1);
        bed.at(240.1).advance();
        assertThat(bed.sessions()).isEmpty();
        assertThat(in(ACK)).isFalse();
    }

    @Test
    @Tag("NAT-TCP-15")
    void aHalfClosedConnectionStaysForAsLongAsAnEstablishedOne() {
        established();
        out(FIN, ACK);
        for (int i = 1; i <= 12; i++) {
            bed.at(600 * i).advance();
            assertThat(in(ACK)).isTrue();
        }
        bed.at(7200 + 7439).advance();
        assertThat(in(ACK)).isTrue();
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
