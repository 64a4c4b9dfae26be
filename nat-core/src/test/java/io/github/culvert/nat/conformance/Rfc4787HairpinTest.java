package io.github.culvert.nat.conformance;

import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.ipv4;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.Limits;
import io.github.culvert.nat.config.PathPolicy;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.bed.Delivery;
import io.github.culvert.nat.testkit.lab.Lab;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** RFC 4787 section 6: hairpinning, REQ-9. */
class Rfc4787HairpinTest {
    private static final Octets ESP = Octets.fromHex("0A0B0C0D00000001").then(Octets.fromHex("00112233445566778899"));

    private final Lab lab = Lab.standard();

    /** Both have sent to each other's public endpoint, as hosts do that punch holes. */
    private void open(String one, String other) {
        lab.udp("IN1:" + one + " > EXT1:" + other);
        lab.udp("IN2:" + other + " > EXT1:" + one);
    }

    @Test
    @Tag("NAT-UDP-12")
    void eachOfTwoInsideHostsSeesThePublicEndpointOfTheOther() {
        lab.udp("IN3:5000 > OUT1:53");
        lab.udp("IN2:7000 > OUT1:53").arrives("EXT1:7000 > OUT1:53");
        int port = lab.udp("IN1:5000 > OUT1:53").port();
        lab.udp("IN2:7000 > EXT1:" + port).isRefused(Refusal.FILTERED);
        lab.udp("IN1:5000 > EXT1:7000").arrives("EXT1:" + port + " > IN2:7000");
        lab.udp("IN2:7000 > EXT1:" + port).arrives("EXT1:7000 > IN1:5000");
    }

    @Test
    @Tag("NAT-UDP-12")
    void ikeAndEspInUdpTurnRoundAndRawEspIsRefused() {
        open("4500", "4501");
        lab.udp("IN1:4500 > EXT1:4501").arrives("EXT1:4500 > IN2:4501");
        lab.udp("IN2:4501 > EXT1:4500").arrives("EXT1:4501 > IN1:4500");
        lab.send(ipv4(IN1, EXT1).protocol(50).payload(ESP).build()).isRefused(Refusal.HAIRPIN);
    }

    @Test
    @Tag("NAT-UDP-12")
    void theFilterIsThatForTrafficFromOutside() {
        lab.udp("IN2:7000 > OUT1:53");
        lab.udp("IN1:5000 > EXT1:7000").isRefused(Refusal.FILTERED);
        lab.udp("IN1:5000 > EXT1:7001").isRefused(Refusal.NO_MAPPING);
        lab.udp("IN2:7000 > EXT1:9").isRefused(Refusal.NO_MAPPING);
        lab.udp("IN1:5000 > EXT1:7000").arrives("EXT1:5000 > IN2:7000");
    }

    @Test
    @Tag("SEC-12")
    void toItselfAPacketIsDeliveredOnce() {
        Lab hop = Lab.with(config -> config.withPath(PathPolicy.STANDARD.withHop(true)));
        Ipv4Packet packet = Lab.udpPacket("IN1:5000 > EXT1:5000");
        Ipv4Packet out = hop.send(packet).arrives("EXT1:5000 > IN1:5000").packet();
        assertThat(out.ttl()).isEqualTo(packet.ttl() - 1);
        hop.send(packet).arrives("EXT1:5000 > IN1:5000");
        assertThat(hop.sessions()).hasSize(1);
    }

    @Test
    @Tag("SEC-12")
    void theQuotaOfTheReceiverCounts() {
        Lab narrow = Lab.with(config -> config.withLimits(Limits.of(100, 100, 100, 1)));
        narrow.udp("IN2:7000 > EXT1:5000");
        narrow.udp("IN1:5000 > EXT1:7000").arrives("EXT1:5000 > IN2:7000");
        narrow.udp("IN3:5001 > EXT1:7000").isRefusedWithAnswer(Refusal.HOST_SESSION_LIMIT);
        narrow.udp("IN2:7000 > OUT1:53").isRefusedWithAnswer(Refusal.HOST_SESSION_LIMIT);
    }

    @Test
    void whatIsRefusedOnItsWayInIsAsItWas() {
        lab.udp("IN2:7000 > OUT1:53");
        Octets packet = Lab.udpPacket("IN1:5000 > EXT1:7000").octets();
        Delivery out = lab.send(Lab.udpPacket("IN1:5000 > EXT1:7000")).one();
        assertThat(out.exit()).isEqualTo(Delivery.Exit.REFUSED);
        assertThat(out.octets()).isEqualTo(packet);
        assertThat(lab.session(Protocol.UDP, "IN1:5000", "EXT1:7000")).isPresent();
    }

    @Test
    void bothSessionsCountThePacket() {
        open("5000", "7000");
        lab.udp("IN1:5000 > EXT1:7000").passes();
        var first = lab.session(Protocol.UDP, "IN1:5000", "EXT1:7000").orElseThrow();
        var second = lab.session(Protocol.UDP, "IN2:7000", "EXT1:5000").orElseThrow();
        assertThat(first.outbound().packets()).isEqualTo(2);
        assertThat(first.inbound().packets()).isEqualTo(1);
        assertThat(second.outbound().packets()).isEqualTo(1);
        assertThat(second.inbound().packets()).isEqualTo(1);
    }

    @Test
    @Tag("NAT-IP-04")
    void fromOutsideNobodyMayUseOneOfOurOwnAddresses() {
        open("5000", "7000");
        lab.udp("IN1:5000 > EXT1:7000").passes();
        lab.send(Side.OUTSIDE, Lab.udpPacket("EXT1:5000 > EXT1:7000")).isRefused(Refusal.MARTIAN_SOURCE);
        lab.send(Side.OUTSIDE, Lab.udpPacket("EXT1:5001 > EXT1:7000")).isRefused(Refusal.MARTIAN_SOURCE);
    }

    @Test
    void noHopIsLeftWhereTheNatIsOne() {
        Lab hop = Lab.with(config -> config.withPath(PathPolicy.STANDARD.withHop(true)));
        Ipv4Packet last = ipv4(IN1, EXT1).ttl(1).udp(5000, 5000, ESP).build();
        hop.send(last).isRefusedWithAnswer(Refusal.TTL_EXPIRED);
        assertThat(hop.sessions()).isEmpty();
    }
}
