package io.github.culvert.nat.engine;

import static io.github.culvert.nat.mapping.Side.HOST;
import static io.github.culvert.nat.packet.TcpFlag.ACK;
import static io.github.culvert.nat.packet.TcpFlag.RST;
import static io.github.culvert.nat.packet.TcpFlag.SYN;
import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.bed.Packets.echo;
import static io.github.culvert.nat.testkit.bed.Packets.echoReply;
import static io.github.culvert.nat.testkit.bed.Packets.ipv4;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.Limits;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.PathPolicy;
import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.mapping.SessionState;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.IcmpMessage;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.bed.Delivery;
import io.github.culvert.nat.testkit.bed.Delivery.Exit;
import io.github.culvert.nat.testkit.lab.Lab;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The machine that the NAT runs on shares a public address with the inside hosts. */
class OwnTrafficTest {
    private final Lab lab = Lab.standard();

    private Delivery host(Ipv4Packet packet) {
        return lab.send(HOST, packet).one();
    }

    private void isUnchanged(Ipv4Packet packet, Exit exit) {
        assertThat(host(packet)).isEqualTo(new Delivery(exit, packet.octets(), ""));
    }

    @Test
    @Tag("NAT-HOST-03")
    void itsIdentifiersAreNobodyElses() {
        isUnchanged(Lab.udpPacket("EXT1:40000 > OUT1:53"), Exit.OUTSIDE);
        for (int remote = 1; remote < 50; remote++) {
            assertThat(lab.udp("IN1:40000 > OUT1:" + remote).port()).isNotEqualTo(40_000);
        }
        lab.udp("OUT1:53 > EXT1:40000").goesToHost(HostTraffic.OWN);
        lab.udp("OUT2:53 > EXT1:40000").isRefused(Refusal.FILTERED);
    }

    @Test
    @Tag("NAT-HOST-03")
    void anAnswerReachesItAsItCame() {
        isUnchanged(Lab.tcpPacket("EXT1:40000 > OUT1:80", SYN), Exit.OUTSIDE);
        Ipv4Packet answer = Lab.tcpPacket("OUT1:80 > EXT1:40000", SYN, ACK);
        assertThat(lab.send(answer).one()).isEqualTo(new Delivery(Exit.HOST, answer.octets(), "OWN"));
        assertThat(lab.session(Protocol.TCP, "EXT1:40000", "OUT1:80")
                        .orElseThrow()
                        .state())
                .isEqualTo(SessionState.ESTABLISHED);
    }

    @Test
    @Tag("NAT-HOST-03")
    void anIdentifierThatAnInsideHostHasIsTranslatedForIt() {
        lab.udp("IN1:40000 > OUT1:53").arrives("EXT1:40000 > OUT1:53");
        Ipv4Packet out = host(Lab.udpPacket("EXT1:40000 > OUT1:53")).packet();
        int port = out.octets().u16(20);
        assertThat(port).isNotEqualTo(40_000);
        Delivery answer = lab.udp("OUT1:53 > EXT1:" + port).one();
        assertThat(answer).hasToString("host OWN");
        assertThat(answer.octets())
                .isEqualTo(Lab.udpPacket("OUT1:53 > EXT1:40000").octets());
        lab.udp("OUT1:53 > EXT1:40000").arrives("OUT1:53 > IN1:40000");
    }

    @Test
    @Tag("NAT-HOST-03")
    void pingsHaveIdentifiersToo() {
        isUnchanged(echo(EXT1, OUT1, 7), Exit.OUTSIDE);
        assertThat(lab.ping("IN1:7 > OUT1").port()).isNotEqualTo(7);
        lab.send(echoReply(OUT1, EXT1, 7)).goesToHost(HostTraffic.OWN);
        isUnchanged(echoReply(EXT1, OUT1, 9), Exit.OUTSIDE);
    }

    @Test
    @Tag("NAT-HOST-03")
    void itsIdentifiersAreFreeAgainAfterTheTimeout() {
        isUnchanged(Lab.udpPacket("EXT1:40000 > OUT1:53"), Exit.OUTSIDE);
        lab.at(301).late().isSilent();
        assertThat(lab.sessions()).isEmpty();
        lab.udp("OUT1:53 > EXT1:40000").isRefused(Refusal.NO_MAPPING);
    }

    @Test
    void errorsAboutItAreForTheHost() {
        Ipv4Packet sent = Lab.udpPacket("EXT1:40000 > OUT1:53");
        lab.send(HOST, sent).passes();
        Ipv4Packet error = ipv4(OUT1, EXT1)
                .ttl(1)
                .transport(IcmpMessage.builder().type(3, 3).data(sent.octets()))
                .build();
        assertThat(lab.send(error).goesToHost(HostTraffic.OWN).one().octets()).isEqualTo(error.octets());
    }

    @Test
    void itHasNoShareToUseUpButThereMustBeRoom() {
        NatConfig narrow = io.github.culvert.nat.testkit.bed.NatBed.config(EXT1).withLimits(Limits.of(4, 1, 1, 1));
        Lab full = Lab.with(config -> narrow);
        full.udp("IN1:5000 > OUT1:53").passes();
        for (int port = 1; port <= 3; port++) {
            full.send(HOST, Lab.udpPacket("EXT1:" + port + " > OUT1:53")).passes();
        }
        full.send(HOST, Lab.udpPacket("EXT1:9 > OUT1:53")).isRefused(Refusal.SESSION_LIMIT);
        full.udp("IN2:5000 > OUT1:53").isRefusedWithAnswer(Refusal.HOST_LIMIT);
    }

    @Test
    void whatOpensNoSessionPassesWithoutOne() {
        isUnchanged(Lab.tcpPacket("EXT1:40000 > OUT1:80", RST), Exit.OUTSIDE);
        isUnchanged(Lab.udpPacket("198.18.0.1:40000 > OUT1:80"), Exit.OUTSIDE);
        isUnchanged(
                ipv4(EXT1, OUT1)
                        .protocol(50)
                        .payload(Octets.fromHex("0000000100000001"))
                        .build(),
                Exit.OUTSIDE);
        byte[] wrong = Lab.udpPacket("EXT1:40000 > OUT1:80").octets().toByteArray();
        wrong[27] ^= 1;
        isUnchanged(new Ipv4Packet(Octets.of(wrong)), Exit.OUTSIDE);
        assertThat(lab.sessions()).isEmpty();
    }

    @Test
    void itTakesNoHop() {
        Lab hop = Lab.with(
                config -> config.withPath(PathPolicy.STANDARD.withHop(true).withOutsideMtu(68)));
        Octets long1 = Octets.of(new byte[200]);
        Ipv4Packet packet = ipv4(EXT1, OUT1).ttl(1).udp(40_000, 53, long1).build();
        assertThat(hop.send(HOST, packet).one()).isEqualTo(new Delivery(Exit.OUTSIDE, packet.octets(), ""));
        Ipv4Packet answer = ipv4(OUT1, EXT1).ttl(1).udp(53, 40_000, long1).build();
        assertThat(hop.send(answer).one()).isEqualTo(new Delivery(Exit.HOST, answer.octets(), "OWN"));
    }

    /** A service of the host answers the inside host itself, which it has seen. */
    @Test
    void insideHostsReachItsReservedIdentifiersUntranslated() {
        lab.table().reserveForHost(Protocol.UDP, EXT1, 53, 53);
        Ipv4Packet question = Lab.udpPacket("IN1:5000 > EXT1:53");
        assertThat(lab.send(question).one()).isEqualTo(new Delivery(Exit.HOST, question.octets(), "RESERVED"));
        isUnchanged(Lab.udpPacket("EXT1:53 > IN1:5000"), Exit.INSIDE);
        isUnchanged(Lab.udpPacket("EXT1:53 > OUT1:5000"), Exit.OUTSIDE);
        assertThat(lab.sessions()).isEmpty();
    }

    @Test
    void itTalksToInsideHostsAtTheirPublicEndpoints() {
        lab.udp("IN1:5000 > EXT1:40000").isRefused(Refusal.NO_MAPPING);
        lab.send(HOST, Lab.udpPacket("EXT1:40000 > EXT1:5000")).arrives("EXT1:40000 > IN1:5000");
        Delivery answer = lab.udp("IN1:5000 > EXT1:40000").one();
        assertThat(answer).hasToString("host OWN");
        assertThat(answer.octets())
                .isEqualTo(Lab.udpPacket("EXT1:5000 > EXT1:40000").octets());
        lab.udp("IN2:7 > EXT1:40000").goesToHost(HostTraffic.OWN);
    }

    @Test
    void insideNobodyMayUseItsAddress() {
        isUnchanged(Lab.udpPacket("EXT1:40000 > OUT1:53"), Exit.OUTSIDE);
        lab.send(io.github.culvert.nat.mapping.Side.INSIDE, Lab.udpPacket("EXT1:40000 > OUT1:53"))
                .isRefused(Refusal.SPOOFED_INSIDE);
    }

    @Test
    void anImmutableAnswerIsTranslatedToo() {
        lab.udp("IN1:40000 > OUT1:53");
        int port = host(Lab.udpPacket("EXT1:40000 > OUT1:53")).packet().octets().u16(20);
        Ipv4Packet answer = Lab.udpPacket("OUT1:53 > EXT1:" + port);
        List<Outcome> out = lab.bed()
                .engine()
                .translate(answer, io.github.culvert.nat.mapping.Side.OUTSIDE, ChecksumStatus.VERIFY, 0);
        assertThat(out).containsExactly(new Outcome.ToHost(Lab.udpPacket("OUT1:53 > EXT1:40000"), HostTraffic.OWN));
    }
}
