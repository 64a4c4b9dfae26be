package io.github.culvert.nat.conformance;

import static io.github.culvert.nat.testkit.lab.Errors.portUnreachable;
import static io.github.culvert.nat.testkit.lab.Lab.udpPacket;
import static io.github.culvert.nat.testkit.packet.PacketAssert.assertThatPacket;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.Limits;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.NoRoom;
import io.github.culvert.nat.config.Rate;
import io.github.culvert.nat.mapping.Answer;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.IcmpError;
import io.github.culvert.nat.packet.IcmpMessage;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.testkit.lab.Lab;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The NAT's own ICMP messages (RFC 5508 REQ-8 to REQ-11, RFC 1812 section 4.3.2). */
class Rfc5508AnswerTest {
    private static final Limits TEN_MAPPINGS = Limits.of(100, 100, 10, 100);

    private static NatConfig withNoRoom(NatConfig config, NoRoom noRoom) {
        return config.withLimits(TEN_MAPPINGS).withIcmp(config.icmp().withNoRoom(noRoom));
    }

    /** A NAT that is a hop, so that any packet with one hop left is refused with an answer. */
    private static Lab hop() {
        return Lab.with(config -> config.withPath(config.path().withHop(true)));
    }

    private static Ipv4Packet withTtl(int ttl, String from, String to) {
        return Packets.ipv4(Lab.address(from), Lab.address(to))
                .ttl(ttl)
                .udp(5000, 53, Octets.fromHex("61626364"))
                .build();
    }

    @ParameterizedTest
    @Tag("NAT-ICMP-12")
    @EnumSource(NoRoom.class)
    void aFlowBeyondTheQuotaIsAnswered(NoRoom noRoom) {
        Lab lab = Lab.with(config -> withNoRoom(config, noRoom));
        for (int flow = 1; flow <= 10; flow++) {
            lab.udp("IN1:" + (5000 + flow) + " > OUT1:53").passes();
        }
        Ipv4Packet answer = lab.udp("IN1:5011 > OUT1:53").isRefusedWithAnswer(Refusal.HOST_MAPPING_LIMIT);
        assertThatPacket(answer).hasRightChecksums();
        assertThat(answer.octets().slice(20, 2)).isEqualTo(Octets.of((byte) 3, (byte) noRoom.code()));
        assertThat(answer.destination()).isEqualTo(Packets.IN1);
        assertThat(((IcmpError) answer.transport()).quotedOctets())
                .isEqualTo(udpPacket("IN1:5011 > OUT1:53").octets());
    }

    @Test
    @Tag("NAT-ICMP-12")
    void aCarrierSaysThatTheHostIsUnreachable() {
        assertThat(NatBed.config(Packets.EXT1).asCarrier().icmp().noRoom()).isEqualTo(NoRoom.HOST_UNREACHABLE);
    }

    @Test
    @Tag("NAT-ICMP-12")
    void exhaustionIsAnotherReasonThanQuota() {
        Lab lab = Lab.standard();
        lab.table().reserveForHost(Protocol.UDP, Packets.EXT1, 0, 65_535);
        Ipv4Packet answer = lab.udp("IN1:5000 > OUT1:53").isRefusedWithAnswer(Refusal.IDENTIFIERS_EXHAUSTED);
        assertThat(answer.octets().slice(20, 2)).isEqualTo(Octets.fromHex("030D"));
    }

    @Test
    @Tag("NAT-ICMP-12")
    void theOutsideIsNotToldHowFullTheNatIs() {
        Lab lab = Lab.with(config -> config.withLimits(Limits.of(9, 9, 9, 1)));
        lab.udp("IN1:5000 > OUT1:53").passes();
        lab.udp("OUT1:54 > EXT1:5000").isRefused(Refusal.HOST_SESSION_LIMIT);
    }

    @Test
    @Tag("NAT-ICMP-12")
    @Tag("NAT-ICMP-15")
    void ofManyRefusalsOnlySoManyAreAnsweredAsTheRateSays() {
        Lab lab = Lab.with(config -> config.withPath(config.path().withHop(true))
                .withIcmp(config.icmp().withAnswerRate(new Rate(50, 1))));
        int answers = 0;
        for (int i = 0; i < 10_000; i++) {
            answers +=
                    lab.at(i / 10_000.0).send(withTtl(1, "IN1", "OUT1")).all().size() - 1;
        }
        assertThat(answers).isBetween(45, 50);
        assertThat(lab.bed().engine().counters().answers(Answer.TTL_EXCEEDED)).isEqualTo(answers);
    }

    @Test
    @Tag("NAT-ICMP-15")
    void neverAboutAnIcmpError() {
        Ipv4Packet error = portUnreachable("IN1", udpPacket("OUT1:53 > IN1:5000"));
        Ipv4Packet dying = Packets.ipv4(error.source(), error.destination())
                .ttl(1)
                .protocol(1)
                .payload(error.payload())
                .build();
        hop().send(dying).isRefused(Refusal.TTL_EXPIRED);
    }

    /** It could be an error, and is too short to tell. */
    @Test
    @Tag("NAT-ICMP-15")
    void neverAboutAFragmentOfIcmpWithoutAType() {
        Octets empty = Packets.ipv4(Packets.IN1, Packets.OUT1)
                .ttl(1)
                .protocol(1)
                .moreFragments()
                .payload(Octets.empty())
                .octets();
        assertThat(hop().bed().sendAll(Side.INSIDE, empty, ChecksumStatus.VERIFY))
                .singleElement()
                .hasToString("refused " + Refusal.TTL_EXPIRED);
    }

    @Test
    @Tag("NAT-ICMP-15")
    void aPingIsNoErrorAndIsAnswered() {
        Ipv4Packet ping = Packets.ipv4(Packets.IN1, Packets.OUT1)
                .ttl(1)
                .transport(IcmpMessage.builder().echoRequest(7, 1))
                .build();
        hop().send(ping).isRefusedWithAnswer(Refusal.TTL_EXPIRED);
    }

    @Test
    @Tag("NAT-ICMP-15")
    void neverAboutALaterFragment() {
        Ipv4Packet fragment = Packets.ipv4(Packets.IN1, Packets.OUT1)
                .ttl(1)
                .protocol(17)
                .fragmentOffset(8)
                .payload(Octets.fromHex("0102030405060708"))
                .build();
        assertThat(hop().send(fragment).all()).noneMatch(out -> out.isForwarded());
    }

    @ParameterizedTest
    @Tag("NAT-ICMP-15")
    @ValueSource(strings = {"224.0.0.1", "255.255.255.255", "240.0.0.1", "127.0.0.1", "0.0.0.0", "169.254.1.1"})
    void neverAboutWhatIsForManyOrForNobody(String destination) {
        assertThat(hop().send(withTtl(1, "IN1", destination)).all()).hasSize(1).noneMatch(out -> out.isForwarded());
    }

    @ParameterizedTest
    @Tag("NAT-ICMP-15")
    @ValueSource(strings = {"0.0.0.0", "0.1.2.3", "127.0.0.1", "224.0.0.1", "255.255.255.255", "10.0.0.1"})
    void neverToASourceThatNobodyInsideHas(String source) {
        assertThat(hop().send(Side.INSIDE, withTtl(1, source, "OUT1")).all())
                .hasSize(1)
                .noneMatch(out -> out.isForwarded());
    }

    @Test
    @Tag("NAT-ICMP-15")
    void neverAboutWhatIsDroppedSilently() {
        Lab lab = hop();
        lab.udp("OUT1:53 > EXT1:5000").isRefused(Refusal.NO_MAPPING);
        lab.udp("IN1:5000 > OUT1:53").passes();
        lab.udp("OUT2:53 > EXT1:5000").isRefused(Refusal.FILTERED);
        lab.tcp("IN1:5000 > OUT1:80", TcpFlag.RST);
        byte[] bad = withTtl(1, "IN1", "OUT1").octets().toByteArray();
        bad[1] = 7;
        assertThat(lab.bed().send(Side.INSIDE, Octets.of(bad), ChecksumStatus.VERIFY))
                .hasToString("refused BAD_IP_CHECKSUM");
        assertThat(lab.bed().engine().counters().packets(Direction.INBOUND)).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Side.class,
            names = {"INSIDE", "OUTSIDE"})
    @Tag("NAT-ICMP-17")
    void answersCanBeSwitchedOffForASide(Side off) {
        Lab lab = Lab.with(config -> config.withPath(config.path().withHop(true))
                .withIcmp(config.icmp().withAnswers(off == Side.INSIDE ? Set.of(Side.OUTSIDE) : Set.of(Side.INSIDE))));
        lab.udp("IN1:53 > OUT1:5000").passes();
        assertThat(lab.send(withTtl(1, "IN1", "OUT1")).all()).hasSize(off == Side.INSIDE ? 1 : 2);
        assertThat(lab.send(withTtl(1, "OUT1", "EXT1")).all()).hasSize(off == Side.OUTSIDE ? 1 : 2);
    }

    @Test
    @Tag("NAT-ICMP-17")
    void aSynThatNobodyTookStaysWithoutAnAnswerWhereTheOutsideIsSwitchedOff() {
        Lab lab = Lab.with(config -> config.withIcmp(config.icmp().withAnswers(Set.of(Side.INSIDE))));
        lab.tcp("OUT1:80 > EXT1:4000", TcpFlag.SYN).isRefused(Refusal.NO_MAPPING);
        lab.at(60).late().isSilent();
    }

    @Test
    void theConfiguredAddressSpeaksToTheInside() {
        Ipv4Address router = Ipv4Address.parse("192.168.1.1");
        Lab lab = Lab.with(config -> config.withPath(config.path().withHop(true))
                .withIcmp(config.icmp().withInsideAddress(Optional.of(router))));
        assertThat(lab.send(withTtl(1, "IN1", "OUT1"))
                        .isRefusedWithAnswer(Refusal.TTL_EXPIRED)
                        .source())
                .isEqualTo(router);
        lab.udp("IN1:53 > OUT1:5000").passes();
        assertThat(lab.send(withTtl(1, "OUT1", "EXT1"))
                        .isRefusedWithAnswer(Refusal.TTL_EXPIRED)
                        .source())
                .isEqualTo(Packets.EXT1);
    }

    @Test
    void withoutOneItIsThePublicAddressOfTheHost() {
        Lab lab = Lab.with(4, config -> config.withPath(config.path().withHop(true)));
        Ipv4Address own = lab.udp("IN1:9 > OUT1:53").source().address();
        assertThat(lab.send(withTtl(1, "IN1", "OUT1"))
                        .isRefusedWithAnswer(Refusal.TTL_EXPIRED)
                        .source())
                .isEqualTo(own);
    }
}
