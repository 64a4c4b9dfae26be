package io.github.culvert.nat.engine;

import static io.github.culvert.nat.packet.TcpFlag.ACK;
import static io.github.culvert.nat.packet.TcpFlag.FIN;
import static io.github.culvert.nat.packet.TcpFlag.RST;
import static io.github.culvert.nat.packet.TcpFlag.SYN;
import static io.github.culvert.nat.testkit.bed.NatBed.config;
import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
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

/** How long TCP sessions live without traffic, and what keeps them: RFC 5382 section 5, RFC 7857 section 2. */
class TcpTimeoutTest {
    private final NatBed bed = NatBed.standard();

    private void out(TcpFlag... flags) {
        assertThat(bed.fromInside(tcp(IN1, 4000, OUT1, 80, flags)))
                .hasToString("outside 203.0.113.1:4000 > 198.51.100.7:80");
    }

    private boolean in(TcpFlag... flags) {
        return bed.fromOutside(tcp(OUT1, 80, EXT1, 4000, flags)).isForwarded();
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
    @Tag("NAT-TCP-07")
    void anEstablishedConnectionLivesForTwoHoursAndFourMinutes() {
        assertThat(with(300, 7439, 240, 60).problems())
                .singleElement()
                .hasFieldOrPropertyWithValue("setting", "timeouts.tcp-established");
        established();
        bed.at(7439).advance();
        assertThat(in(ACK)).isTrue();
        bed.at(7439 + 7440 + 239.9);
        assertThat(in(ACK)).isTrue();
        bed.at(7439 + 7440 + 240.1);
        assertThat(in(ACK)).isFalse();
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
}
