package io.github.culvert.nat.conformance;

import static io.github.culvert.nat.testkit.packet.PacketAssert.assertThatPacket;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.IcmpError;
import io.github.culvert.nat.packet.Ipv4Builder;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.testkit.lab.Lab;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a router does where a packet cannot go on (RFC 1812 sections 4.3.2 and 5.2.7, RFC 4787 REQ-13). */
class Rfc1812AnswerTest {
    private final Lab lab = Lab.with(config ->
            config.withPath(config.path().withHop(true).withOutsideMtu(1400).withInsideMtu(1300)));

    private static Ipv4Builder datagram(String from, String to, int length) {
        return Packets.ipv4(Lab.address(from), Lab.address(to)).udp(5000, 5000, Octets.of(new byte[length - 28]));
    }

    private static IcmpError error(Ipv4Packet answer) {
        assertThatPacket(answer).hasTtl(64).hasRightChecksums();
        return (IcmpError) answer.transport();
    }

    @ParameterizedTest
    @Tag("NAT-IP-06")
    @ValueSource(ints = {0, 1})
    void whoHasNoHopLeftIsToldSoAndGetsNoMapping(int ttl) {
        Ipv4Packet packet = datagram("IN1", "OUT1", 100).ttl(ttl).build();
        Ipv4Packet answer = lab.send(packet).isRefusedWithAnswer(Refusal.TTL_EXPIRED);
        assertThat(answer.destination()).isEqualTo(Packets.IN1);
        assertThat(answer.octets().slice(20, 2)).isEqualTo(Octets.fromHex("0B00"));
        assertThat(error(answer).quotedOctets()).isEqualTo(packet.octets());
        assertThat(lab.sessions()).isEmpty();
    }

    @Test
    @Tag("NAT-IP-06")
    void elseTheTimeToLiveCountsDown() {
        assertThatPacket(lab.udp("IN1:5000 > OUT1:53").packet()).hasTtl(63).hasRightChecksums();
    }

    @Test
    void whatIsTooBigForTheOutsideIsToldTheMtu() {
        Ipv4Packet answer =
                lab.send(datagram("IN1", "OUT1", 1500).dontFragment().build()).isRefusedWithAnswer(Refusal.TOO_BIG);
        assertThat(answer.octets().slice(20, 2)).isEqualTo(Octets.fromHex("0304"));
        assertThat(answer.octets().slice(26, 2)).isEqualTo(Octets.fromHex("0578"));
        assertThat(answer.destination()).isEqualTo(Packets.IN1);
        assertThat(error(answer).nextHopMtu()).isEqualTo(1400);
        assertThat(lab.sessions()).isEmpty();
    }

    @Test
    void whatIsTooBigForTheInsideIsToldTheMtuInTheOutsideView() {
        lab.udp("IN1:5000 > OUT1:5000").passes();
        Ipv4Packet packet = datagram("OUT1", "EXT1", 1400).dontFragment().build();
        Ipv4Packet answer = lab.send(packet).isRefusedWithAnswer(Refusal.TOO_BIG);
        assertThat(Packets.route(answer)).isEqualTo("203.0.113.1 > 198.51.100.7");
        assertThat(error(answer).nextHopMtu()).isEqualTo(1300);
        assertThat(error(answer).quotedOctets()).isEqualTo(packet.octets().slice(0, 548));
    }

    @Test
    void aMessageQuotesAsMuchAsFitsIn576Bytes() {
        Ipv4Packet packet = datagram("IN1", "OUT1", 1000).ttl(1).build();
        Ipv4Packet answer = lab.send(packet).isRefusedWithAnswer(Refusal.TTL_EXPIRED);
        assertThat(answer.octets().length()).isEqualTo(576);
        assertThat(error(answer).quotedOctets()).isEqualTo(packet.octets().slice(0, 548));
    }

    @ParameterizedTest
    @ValueSource(ints = {28, 60, 100, 1000})
    void aMessageToTheOutsideIsNoLargerThanThePacketAsFarAsItCan(int length) {
        lab.udp("IN1:5000 > OUT1:5000").passes();
        Ipv4Packet packet = datagram("OUT1", "EXT1", length).ttl(1).build();
        Ipv4Packet answer = lab.send(packet).isRefusedWithAnswer(Refusal.TTL_EXPIRED);
        assertThat(answer.octets().length()).isEqualTo(Math.min(576, Math.max(56, length)));
        assertThat(error(answer).quotedOctets())
                .isEqualTo(packet.octets().slice(0, answer.octets().length() - 28));
    }

    @Test
    void thePaddingOfTheLinkIsNotQuoted() {
        Octets padded = datagram("IN1", "OUT1", 32).ttl(1).octets().then(Octets.fromHex("A5A5A5A5A5A5A5A5"));
        var out = lab.bed().sendAll(Side.INSIDE, padded, ChecksumStatus.VERIFY);
        assertThat(out.get(1).octets().length()).isEqualTo(28 + 32);
    }
}
