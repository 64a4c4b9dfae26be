package io.github.culvert.nat.conformance;

import static io.github.culvert.nat.packet.TcpFlag.ACK;
import static io.github.culvert.nat.packet.TcpFlag.FIN;
import static io.github.culvert.nat.packet.TcpFlag.PSH;
import static io.github.culvert.nat.packet.TcpFlag.RST;
import static io.github.culvert.nat.packet.TcpFlag.SYN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.mapping.SessionState;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.lab.Lab;
import io.github.culvert.nat.testkit.lab.Sent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** TCP session tracking: RFC 7857 section 2, figure 1, and section 7.1. */
class Rfc7857StatesTest {
    private final Lab lab = Lab.standard();

    private Sent out(TcpFlag... flags) {
        return lab.tcp("IN1:4000 > OUT1:80", flags);
    }

    private Sent in(TcpFlag... flags) {
        return lab.tcp("OUT1:80 > EXT1:4000", flags);
    }

    private SessionState state() {
        return lab.session(Protocol.TCP, "IN1:4000", "OUT1:80").orElseThrow().state();
    }

    @Test
    @Tag("NAT-TCP-09")
    void onlyASynOfTheOtherSideEstablishes() {
        out(SYN).passes();
        lab.at(100);
        in(ACK).passes();
        assertThat(state()).isEqualTo(SessionState.INIT);
        lab.at(239.9);
        assertThat(state()).isEqualTo(SessionState.INIT);
        lab.at(240.1).late();
        assertThat(lab.sessions()).isEmpty();
    }

    @Test
    @Tag("NAT-TCP-09")
    void theFinsOfBothSidesLeadToTheEnd() {
        lab.connect("IN1:4000 > OUT1:80");
        assertThat(state()).isEqualTo(SessionState.ESTABLISHED);
        out(FIN, ACK).passes();
        assertThat(state()).isEqualTo(SessionState.INSIDE_FIN);
        in(FIN, ACK).passes();
        assertThat(state()).isEqualTo(SessionState.BOTH_FIN);
        lab.at(240.1).late();
        assertThat(lab.sessions()).isEmpty();
    }

    @Test
    @Tag("NAT-TCP-09")
    void aConnectionWithoutTrafficWaitsForItsEndAndIsBroughtBack() {
        lab.connect("IN1:4000 > OUT1:80");
        lab.at(7439).late();
        assertThat(state()).isEqualTo(SessionState.ESTABLISHED);
        lab.at(7440.1).late();
        assertThat(state()).isEqualTo(SessionState.TRANSITORY);
        lab.at(7679);
        out(PSH, ACK).passes();
        assertThat(state()).isEqualTo(SessionState.ESTABLISHED);
        lab.at(7679 + 7440 + 240.1).late();
        assertThat(lab.sessions()).isEmpty();
    }

    /** The same where nobody calls advance: the packet itself finds that the time is up. */
    @Test
    @Tag("NAT-TCP-09")
    void theTimeIsUpWhoeverFindsOut() {
        lab.connect("IN1:4000 > OUT1:80");
        lab.at(7450);
        in(RST).passes();
        assertThat(state()).isEqualTo(SessionState.TRANSITORY);
        lab.at(7680.1);
        in(ACK).isRefused(Refusal.NO_MAPPING);
    }

    @Test
    @Tag("NAT-TCP-10")
    void aResetIsForwardedAndTheConnectionRevived() {
        lab.connect("IN1:4000 > OUT1:80");
        in(RST).arrives("OUT1:80 > IN1:4000");
        assertThat(state()).isEqualTo(SessionState.TRANSITORY);
        lab.at(100);
        out(PSH, ACK).arrives("EXT1:4000 > OUT1:80");
        lab.at(100 + 7439).late();
        in(ACK).passes();
    }

    @Test
    @Tag("NAT-TCP-10")
    void aConnectionThatWasResetStaysForFourMinutes() {
        lab.connect("IN1:4000 > OUT1:80");
        in(RST).passes();
        lab.at(239.9).late();
        assertThat(lab.sessions()).hasSize(1);
        lab.at(240.1).late();
        assertThat(lab.sessions()).isEmpty();
    }

    /** A connection that the inside host has forgotten: the first RST begins its end, and nothing puts that off. */
    @Test
    @Tag("NAT-TCP-11")
    void resetsThatAnswerDataDoNotKeepAConnection() {
        lab.connect("IN1:4000 > OUT1:80");
        for (int at = 100; at <= 300; at += 100) {
            lab.at(at).late();
            in(PSH, ACK).arrives("OUT1:80 > IN1:4000");
            out(RST).arrives("EXT1:4000 > OUT1:80");
        }
        lab.at(340.1).late();
        in(PSH, ACK).isRefused(Refusal.NO_MAPPING);
    }

    /** Attempts to connect to a mapping's host, which it turns down: the mapping ends when its own session does. */
    @Test
    @Tag("NAT-TCP-11")
    void resetsThatAnswerSynsDoNotKeepAMapping() {
        out(SYN).passes();
        for (int at = 39; at < 240; at += 100) {
            lab.at(at).late();
            lab.tcp("OUT1:99 > EXT1:4000", SYN).arrives("OUT1:99 > IN1:4000");
            lab.tcp("IN1:4000 > OUT1:99", RST, ACK).arrives("EXT1:4000 > OUT1:99");
            assertThat(lab.sessions()).hasSize(1);
        }
        lab.at(240.1).late();
        lab.tcp("OUT1:99 > EXT1:4000", SYN).isRefused(Refusal.NO_MAPPING);
    }

    /** SYNs that nobody answers do not put off the end of the session that the first one opened. */
    @Test
    @Tag("NAT-TCP-11")
    void synsWithoutAnAnswerDoNotKeepASession() {
        out(SYN).passes();
        for (int at = 0; at < 240; at += 100) {
            lab.at(at);
            lab.tcp("OUT1:99 > EXT1:4000", SYN).passes();
        }
        lab.at(240.1).late();
        assertThat(lab.sessions()).isEmpty();
    }
}
