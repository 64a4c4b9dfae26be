package io.github.culvert.nat.conformance;

import static io.github.culvert.nat.packet.TcpFlag.ACK;
import static io.github.culvert.nat.packet.TcpFlag.RST;
import static io.github.culvert.nat.packet.TcpFlag.SYN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.IcmpPolicy;
import io.github.culvert.nat.config.Limits;
import io.github.culvert.nat.config.Rate;
import io.github.culvert.nat.config.TcpPolicy;
import io.github.culvert.nat.config.UnsolicitedSyn;
import io.github.culvert.nat.engine.Gauge;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.IcmpError;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.packet.TcpSegment;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.testkit.lab.Lab;
import io.github.culvert.nat.testkit.lab.Sent;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Unsolicited SYNs and the six seconds that they wait: RFC 5382 section 4.3, REQ-4. */
class Rfc5382UnsolicitedTest {
    private Lab lab = Lab.standard();

    private Sent in(TcpFlag... flags) {
        return lab.tcp("OUT1:80 > EXT1:4000", flags);
    }

    private long held() {
        lab.bed().advance();
        return lab.bed().engine().counters().gauge(Gauge.HELD_SYNS);
    }

    private static Ipv4Packet syn(int number) {
        return Lab.tcpPacket(
                "198.51." + (number >> 16 & 0xff) + "." + (number >> 8 & 0xff) + ":" + (1 + (number & 0xff))
                        + " > EXT1:4000",
                SYN);
    }

    @Test
    @Tag("NAT-TCP-04")
    void nothingIsSaidForSixSeconds() {
        lab.tcp("IN1:4000 > OUT2:80", SYN).passes();
        in(SYN).isRefused(Refusal.FILTERED);
        lab.at(5.999).late().isSilent();
    }

    @Test
    @Tag("NAT-TCP-05")
    void theConnectionOpensIfTheInsideHostOpensItToo() {
        lab.tcp("IN1:4000 > OUT2:80", SYN).passes();
        in(SYN).isRefused(Refusal.FILTERED);
        lab.at(3).tcp("IN1:4000 > OUT1:80", SYN).arrives("EXT1:4000 > OUT1:80");
        assertThat(held()).isZero();
        lab.at(6.1).late().isSilent();
        in(SYN).arrives("OUT1:80 > IN1:4000");
        lab.at(60).late().isSilent();
    }

    @Test
    @Tag("NAT-TCP-05")
    void theMappingNeedNotBeThereBefore() {
        in(SYN).isRefused(Refusal.NO_MAPPING);
        lab.at(3).tcp("IN1:4000 > OUT1:80", SYN).arrives("EXT1:4000 > OUT1:80");
        lab.at(6.1).late().isSilent();
    }

    @Test
    @Tag("NAT-TCP-06")
    void afterSixSecondsTheSenderHearsThatNobodyIsThere() {
        Octets syn = Lab.tcpPacket("OUT1:80 > EXT1:4000", SYN).octets();
        in(SYN).isRefused(Refusal.NO_MAPPING);
        Ipv4Packet answer = lab.at(6.01).late().arrives("EXT1 > OUT1").packet();
        IcmpError error = (IcmpError) answer.transport();
        assertThat(error.type()).isEqualTo(3);
        assertThat(error.code()).isEqualTo(3);
        assertThat(answer.transportChecksumWrong()).isFalse();
        assertThat(error.octets().slice(8, 28)).isEqualTo(syn.slice(0, 28));
    }

    @Test
    @Tag("NAT-TCP-06")
    void tenSynsHaveOneAnswer() {
        for (int i = 0; i < 10; i++) {
            lab.at(i * 0.6);
            in(SYN).isRefused(Refusal.NO_MAPPING);
        }
        lab.at(6.01).late().arrives("EXT1 > OUT1");
        lab.at(60).late().isSilent();
    }

    @Test
    @Tag("NAT-TCP-06")
    void thePolicyMayBeSilent() {
        lab = Lab.with(c -> c.withTcp(TcpPolicy.STANDARD.withUnsolicitedSyn(UnsolicitedSyn.SILENT)));
        in(SYN).isRefused(Refusal.NO_MAPPING);
        assertThat(held()).isZero();
        lab.at(60).late().isSilent();
    }

    @Test
    void whereNothingIsSaidOutsideNoSynIsHeld() {
        lab = Lab.with(c -> c.withIcmp(IcmpPolicy.STANDARD.withAnswers(Set.of(Side.INSIDE))));
        in(SYN).isRefused(Refusal.NO_MAPPING);
        lab.at(60).late().isSilent();
    }

    @Test
    void onlyASynIsHeldAndOnlyOneThatIsRight() {
        in(SYN, ACK).isRefused(Refusal.NO_MAPPING);
        in(RST).isRefused(Refusal.NO_MAPPING);
        in(ACK).isRefused(Refusal.NO_MAPPING);
        var spoilt = TcpSegment.builder().ports(80, 4000).flags(SYN).checksum(0x0bad);
        Ipv4Packet packet =
                Packets.ipv4(Packets.OUT1, Packets.EXT1).transport(spoilt).build();
        lab.send(packet).isRefused(Refusal.NO_MAPPING);
        assertThat(held()).isZero();
        lab.send(Side.OUTSIDE, packet, ChecksumStatus.TRUSTED).isRefused(Refusal.NO_MAPPING);
        assertThat(held()).isEqualTo(1);
    }

    @Test
    @Tag("SEC-10")
    void whereThereIsNoRoomTheOldestGoesWithoutAnAnswer() {
        lab = Lab.with(c -> c.withLimits(Limits.STANDARD.withHeldSyns(2)));
        for (int number = 0; number < 3; number++) {
            lab.send(syn(number)).isRefused(Refusal.NO_MAPPING);
        }
        assertThat(held()).isEqualTo(2);
        assertThat(lab.at(6.01).late().all())
                .map(out -> out.packet().octets().u16(48))
                .containsExactly(2, 3);
    }

    /** A flood is held within the limit, and answered no faster than the rate: less comes out than the burst allows. */
    @Test
    @Tag("SEC-10")
    void aFloodIsNeitherHeldNorAnswered() {
        lab = Lab.with(c -> c.withIcmp(IcmpPolicy.STANDARD.withAnswerRate(new Rate(10, 10))));
        lab.send(syn(0));
        long memory = lab.bed().engine().counters().gauge(Gauge.MEMORY);
        for (int number = 0; number < 1_000_000; number++) {
            lab.send(syn(number));
        }
        assertThat(held()).isEqualTo(Limits.STANDARD.heldSyns());
        assertThat(lab.bed().engine().counters().gauge(Gauge.MEMORY)).isEqualTo(memory);
        assertThat(lab.at(6.01).late().all()).hasSize(10);
        assertThat(held()).isZero();
    }
}
