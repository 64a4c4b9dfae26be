package io.github.culvert.nat.conformance;

import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.ipv4;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.Timeouts;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.End;
import io.github.culvert.nat.packet.IcmpMessage;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.Rewrite;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.lab.Lab;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** ICMP queries (RFC 5508 section 3). */
class Rfc5508QueryTest {
    private final Lab lab = Lab.standard();

    @Test
    @Tag("NAT-ICMP-01")
    void twoHostsPingWithOneIdentifierAndEachGetsItsReply() {
        int first = lab.ping("IN1:4369 > OUT1").port();
        int second = lab.ping("IN2:4369 > OUT1").port();
        assertThat(second).isNotEqualTo(first);
        lab.pong("OUT1 > EXT1:" + first).arrives("OUT1:4369 > IN1:4369");
        lab.pong("OUT1 > EXT1:" + second).arrives("OUT1:4369 > IN2:4369");
    }

    @Test
    @Tag("NAT-ICMP-01")
    void theIdentifierIsTheSameForEveryRemote() {
        lab.ping("IN2:7 > OUT1").passes();
        int first = lab.ping("IN1:7 > OUT1").port();
        assertThat(lab.ping("IN1:7 > OUT2").port()).isEqualTo(first);
    }

    @Test
    @Tag("NAT-ICMP-01")
    void aTimestampQueryPassesLikeAnEcho() {
        lab.send(timestamp("IN1", "OUT1", 13)).arrives("EXT1:7 > OUT1:7");
        lab.send(timestamp("OUT1", "EXT1", 14)).arrives("OUT1:7 > IN1:7");
    }

    @Test
    @Tag("NAT-ICMP-13")
    void aTimestampQueryIsRefusedWhereItIsSwitchedOff() {
        Lab echoOnly = Lab.with(config -> config.withIcmp(config.icmp().withPasses(Set.of())));
        echoOnly.send(timestamp("IN1", "OUT1", 13)).isRefused(Refusal.ICMP_DISABLED);
        echoOnly.ping("IN1:7 > OUT1").passes();
        echoOnly.send(timestamp("OUT1", "EXT1", 14)).isRefused(Refusal.ICMP_DISABLED);
    }

    private static Ipv4Packet timestamp(String from, String to, int type) {
        return ipv4(Lab.address(from), Lab.address(to))
                .transport(IcmpMessage.builder()
                        .type(type, 0)
                        .query(7, 1)
                        .data(Octets.fromHex("000000010000000000000000")))
                .build();
    }

    @Test
    @Tag("NAT-ICMP-02")
    void aQuerySessionLastsForAMinute() {
        lab.ping("IN1:7 > OUT1").passes();
        lab.at(59).pong("OUT1 > EXT1:7").arrives("OUT1:7 > IN1:7");
        lab.at(60.1).pong("OUT1 > EXT1:7").isRefused(Refusal.NO_MAPPING);
        lab.late();
        assertThat(lab.sessions()).isEmpty();
    }

    @Test
    @Tag("NAT-ICMP-02")
    void aShorterTimeIsRejected() {
        NatConfig config = NatBed.config(EXT1).withTimeouts(Timeouts.STANDARD.withIcmpQuery(Duration.ofSeconds(59)));
        assertThat(config.problems()).singleElement().asString().startsWith("timeouts.icmp-query: ");
    }

    /** {@code 08 00 08 1D 11 11 00 01 70 69 6E 67}: the addresses are not in the checksum. */
    @Test
    @Tag("NAT-ICMP-03")
    void onlyTheIdentifierEntersTheChecksum() {
        Octets message = Octets.fromHex("0800081D1111000170696E67");
        Ipv4Packet ping =
                ipv4(IN1, Lab.address("OUT1")).protocol(1).payload(message).build();
        Ipv4Packet out = Rewrite.of(End.SOURCE, IN1, 0x1111, EXT1, 0x2222).applyTo(ping, ChecksumStatus.VERIFY);
        assertThat(out.payload()).isEqualTo(Octets.fromHex("0800F70B2222000170696E67"));
        assertThat(out.source()).isEqualTo(EXT1);
    }

    @Test
    @Tag("NAT-ICMP-17")
    void whatIsNeitherQueryNorErrorIsDroppedAndCounted() {
        var advertisement = ipv4(Lab.address("OUT1"), EXT1)
                .transport(IcmpMessage.builder().type(9, 0))
                .build();
        lab.send(advertisement).isRefused(Refusal.ICMP_TYPE);
        assertThat(lab.refused(Refusal.ICMP_TYPE)).isEqualTo(1);
    }
}
