package io.github.culvert.nat.conformance;

import static io.github.culvert.nat.packet.TcpFlag.ACK;
import static io.github.culvert.nat.packet.TcpFlag.FIN;
import static io.github.culvert.nat.packet.TcpFlag.PSH;
import static io.github.culvert.nat.packet.TcpFlag.RST;
import static io.github.culvert.nat.packet.TcpFlag.SYN;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.ConfigProblem;
import io.github.culvert.nat.config.Rate;
import io.github.culvert.nat.config.Rates;
import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.config.TcpPolicy;
import io.github.culvert.nat.config.Timeouts;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.mapping.SessionState;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.packet.TcpSegment;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.testkit.lab.Lab;
import io.github.culvert.nat.testkit.lab.Sent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** NAT behavioural requirements for TCP, as far as one connection goes: RFC 5382 REQ-2 and REQ-5. */
class Rfc5382TcpTest {
    private Lab lab = Lab.standard();

    private Sent out(TcpFlag... flags) {
        return lab.tcp("IN1:4000 > OUT1:80", flags);
    }

    private Sent in(TcpFlag... flags) {
        return lab.tcp("OUT1:80 > EXT1:4000", flags);
    }

    private SessionState state() {
        return lab.session(Protocol.TCP, "IN1:4000", "OUT1:80").orElseThrow().state();
    }

    private static String problemOf(Timeouts timeouts) {
        return NatBed.config(Packets.EXT1).withTimeouts(timeouts).problems().stream()
                .map(ConfigProblem::setting)
                .reduce("", String::concat);
    }

    private void handshake() {
        out(SYN).arrives("EXT1:4000 > OUT1:80");
        in(SYN, ACK).arrives("OUT1:80 > IN1:4000");
        out(ACK).passes();
    }

    @Test
    @Tag("NAT-TCP-02")
    void halfClosedByTheInsideHostFirst() {
        handshake();
        out(FIN, ACK).passes();
        in(ACK).passes();
        in(PSH, ACK).passes();
        out(ACK).passes();
        in(FIN, PSH, ACK).passes();
        out(ACK).passes();
        assertThat(state()).isEqualTo(SessionState.BOTH_FIN);
    }

    @Test
    @Tag("NAT-TCP-02")
    void halfClosedByTheRemoteHostFirst() {
        handshake();
        in(FIN, PSH, ACK).passes();
        out(ACK).passes();
        out(PSH, ACK).passes();
        in(ACK).passes();
        out(FIN, PSH, ACK).passes();
        in(ACK).passes();
        assertThat(state()).isEqualTo(SessionState.BOTH_FIN);
    }

    @Test
    @Tag("NAT-TCP-02")
    void resetByEitherSide() {
        handshake();
        in(RST).passes();
        out(RST, ACK).passes();
        in(RST, ACK).passes();
        assertThat(state()).isEqualTo(SessionState.TRANSITORY);
    }

    @Test
    @Tag("NAT-TCP-02")
    void resetWithoutAcknowledgmentWhileTheConnectionOpens() {
        out(SYN).passes();
        in(RST).passes();
        in(RST, ACK).passes();
        out(SYN).passes();
        in(SYN, ACK).passes();
        assertThat(state()).isEqualTo(SessionState.ESTABLISHED);
    }

    @Test
    @Tag("NAT-TCP-02")
    void dataInTheFirstSegment() {
        var segment = TcpSegment.builder().ports(4000, 80).flags(SYN).payload(Octets.fromHex("616263"));
        var packet = Packets.ipv4(Packets.IN1, Packets.OUT1).transport(segment).build();
        assertThat(lab.send(packet).packet().transportChecksumWrong()).isFalse();
        in(SYN, ACK).passes();
        out(PSH, ACK).passes();
    }

    @Test
    @Tag("NAT-TCP-02")
    void openedFromTheOutsideThroughAForward() {
        lab.table().addForward(new StaticForward(Protocol.TCP, Lab.endpoint("EXT1:4000"), Lab.endpoint("IN1:4000")));
        in(SYN).arrives("OUT1:80 > IN1:4000");
        out(SYN, ACK).arrives("EXT1:4000 > OUT1:80");
        in(ACK).passes();
        in(FIN, ACK).passes();
        out(FIN, ACK).passes();
        in(ACK).passes();
        assertThat(state()).isEqualTo(SessionState.BOTH_FIN);
    }

    @Test
    @Tag("NAT-TCP-03")
    void bothSidesOpenAtOnce() {
        out(SYN).passes();
        lab.at(0.1);
        in(SYN).arrives("OUT1:80 > IN1:4000");
        assertThat(state()).isEqualTo(SessionState.ESTABLISHED);
        out(SYN, ACK).passes();
        in(SYN, ACK).passes();
        assertThat(state()).isEqualTo(SessionState.ESTABLISHED);
    }

    @Test
    @Tag("NAT-TCP-07")
    void anEstablishedConnectionLivesForTwoHoursAndFourMinutes() {
        assertThat(problemOf(Timeouts.STANDARD.withTcpEstablished(ofSeconds(7439))))
                .isEqualTo("timeouts.tcp-established");
        handshake();
        lab.at(7439).late().isSilent();
        in(PSH, ACK).arrives("OUT1:80 > IN1:4000");
    }

    @Test
    @Tag("NAT-TCP-08")
    void aConnectionThatOpensOrClosesLivesForFourMinutes() {
        out(SYN).passes();
        lab.at(239).late().isSilent();
        in(SYN, ACK).passes();
        out(FIN, ACK).passes();
        in(FIN, ACK).passes();
        lab.at(239 + 239).late().isSilent();
        out(ACK).passes();
        lab.at(239 + 241).late();
        assertThat(lab.sessions()).isEmpty();
    }

    @Test
    @Tag("NAT-TCP-08")
    void onlyTheTimeForOpeningMayBeLess() {
        assertThat(problemOf(Timeouts.STANDARD.withTcpOpening(ofSeconds(5)))).isEmpty();
        assertThat(problemOf(Timeouts.STANDARD.withTcpClosing(ofSeconds(239)))).isEqualTo("timeouts.tcp-closing");
    }

    @Test
    @Tag("NAT-TCP-15")
    void aHalfClosedConnectionKeepsTheLongTime() {
        handshake();
        out(FIN, ACK).passes();
        for (int i = 1; i <= 12; i++) {
            lab.at(600 * i).late().isSilent();
            in(PSH, ACK).arrives("OUT1:80 > IN1:4000");
        }
    }

    @Test
    @Tag("NAT-TCP-16")
    void aConnectionIsPickedUpInItsMiddle() {
        out(PSH, ACK).arrives("EXT1:4000 > OUT1:80");
        assertThat(state()).isEqualTo(SessionState.TRANSITORY);
        lab.at(239);
        in(PSH, ACK).arrives("OUT1:80 > IN1:4000");
        assertThat(state()).isEqualTo(SessionState.ESTABLISHED);
        lab.at(239 + 7439);
        in(ACK).passes();
    }

    @Test
    @Tag("NAT-TCP-16")
    void aConnectionThatWasPickedUpGoesWithoutAnAnswer() {
        out(PSH, ACK).passes();
        lab.at(240.1);
        in(ACK).isRefused(Refusal.NO_MAPPING);
    }

    @Test
    @Tag("NAT-TCP-16")
    void onlyTheInsideHostGoesOnWithoutASession() {
        in(PSH, ACK).isRefused(Refusal.NO_MAPPING);
        lab.tcp("IN1:4000 > OUT1:81", SYN).passes();
        in(PSH, ACK).isRefused(Refusal.TCP_WITHOUT_SYN);
        out(RST).isRefused(Refusal.TCP_WITHOUT_SYN);
        out(SYN, ACK).isRefused(Refusal.TCP_WITHOUT_SYN);
        assertThat(lab.sessions()).hasSize(1);
    }

    @Test
    @Tag("NAT-TCP-16")
    void pickingUpCanBeSwitchedOff() {
        lab = Lab.with(config -> config.withTcp(TcpPolicy.STANDARD.withMidStream(false)));
        out(PSH, ACK).isRefused(Refusal.TCP_WITHOUT_SYN);
    }

    @Test
    @Tag("NAT-TCP-16")
    void pickingUpIsRateLimited() {
        lab = Lab.with(config -> config.withRates(Rates.STANDARD.withMidStream(new Rate(1, 2))));
        lab.tcp("IN1:4000 > OUT1:80", ACK).passes();
        lab.tcp("IN2:4001 > OUT1:80", ACK).passes();
        assertThat(lab.tcp("IN1:4002 > OUT1:80", ACK).all().get(0)).hasToString("refused MID_STREAM_RATE");
        lab.tcp("IN1:4000 > OUT1:80", ACK).passes();
        lab.at(1.01).tcp("IN1:4002 > OUT1:80", ACK).passes();
    }
}
