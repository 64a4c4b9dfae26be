package io.github.culvert.nat.conformance;

import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.OUT2;
import static io.github.culvert.nat.testkit.bed.Packets.echo;
import static io.github.culvert.nat.testkit.bed.Packets.ipv4;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.Exemption;
import io.github.culvert.nat.config.PathPolicy;
import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.IcmpMessage;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Ipv4Prefix;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.lab.Lab;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** RFC 6888 REQ-6: translation can be switched off for some destinations. */
class Rfc6888ExemptionTest {
    private static final Ipv4Prefix ONE = Ipv4Prefix.parse("198.51.100.8/32");
    private static final Octets DATA = Octets.fromHex("00112233445566778899AABB");
    private static final Ipv4Address ROUTER = Ipv4Address.parse("198.18.0.1");

    private final Lab lab = exempting(Exemption.of(ONE));

    private static Lab exempting(Exemption exemption) {
        return Lab.with(config -> config.withExemptions(List.of(exemption)));
    }

    private static Ipv4Packet error(Ipv4Address from, Ipv4Address to, Ipv4Packet quoted) {
        return ipv4(from, to)
                .transport(IcmpMessage.builder().type(3, 3).data(quoted.octets()))
                .build();
    }

    @Test
    @Tag("NAT-CGN-05")
    void theSourceStaysAndNoStateIsMade() {
        Ipv4Packet packet = Lab.udpPacket("IN1:5000 > OUT2:53");
        assertThat(lab.send(packet).arrives("IN1:5000 > OUT2:53").packet()).isEqualTo(packet);
        lab.tcp("IN1:5000 > OUT2:80", TcpFlag.ACK).arrives("IN1:5000 > OUT2:80");
        lab.ping("IN1:7 > OUT2").arrives("IN1:7 > OUT2:7");
        lab.udp("IN1:5000 > OUT1:53").arrives("EXT1:5000 > OUT1:53");
        assertThat(lab.sessions()).hasSize(1);
    }

    @Test
    @Tag("NAT-CGN-05")
    void aRuleMayBeForSomePorts() {
        Lab some = exempting(new Exemption(ONE, 80, 90));
        some.tcp("IN1:5000 > OUT2:80", TcpFlag.SYN).arrives("IN1:5000 > OUT2:80");
        some.tcp("OUT2:90 > IN1:5000", TcpFlag.SYN).arrives("OUT2:90 > IN1:5000");
        some.tcp("IN1:5000 > OUT2:91", TcpFlag.SYN).arrives("EXT1:5000 > OUT2:91");
        some.udp("OUT2:79 > IN1:5000").goesToHost(HostTraffic.NOT_OURS);
        some.ping("IN1:7 > OUT2").arrives("EXT1:7 > OUT2:7");
    }

    @Test
    @Tag("NAT-CGN-05")
    void theRemoteReachesInsideHostsAtTheirOwnAddresses() {
        lab.udp("OUT2:53 > IN1:5000").arrives("OUT2:53 > IN1:5000");
        lab.send(echo(OUT2, IN1, 7)).arrives("OUT2:7 > IN1:7");
        lab.udp("OUT1:53 > IN1:5000").goesToHost(HostTraffic.NOT_OURS);
        lab.udp("OUT2:53 > 192.168.2.1:5000").goesToHost(HostTraffic.NOT_OURS);
        assertThat(lab.sessions()).isEmpty();
    }

    @Test
    void whateverTheProtocolAndInPieces() {
        Ipv4Packet esp = ipv4(IN1, OUT2).protocol(50).payload(DATA).build();
        assertThat(lab.send(esp).packet()).isEqualTo(esp);
        Ipv4Packet piece =
                ipv4(OUT2, IN1).protocol(17).fragmentOffset(8).payload(DATA).build();
        assertThat(lab.send(piece).packet()).isEqualTo(piece);
        Ipv4Packet options = ipv4(OUT2, IN1)
                .options(Octets.fromHex("01010101"))
                .udp(1, 2, DATA)
                .build();
        assertThat(lab.send(options).packet()).isEqualTo(options);
    }

    @Test
    void errorsAboutSuchPacketsPassWhoeverSendsThem() {
        Lab some = exempting(new Exemption(ONE, 80, 90));
        Ipv4Packet out = Lab.udpPacket("IN1:5000 > OUT2:80");
        Ipv4Packet in = Lab.udpPacket("OUT2:80 > IN1:5000");
        assertThat(some.send(error(ROUTER, IN1, out)).packet()).isEqualTo(error(ROUTER, IN1, out));
        assertThat(some.send(error(IN1, OUT2, in)).packet()).isEqualTo(error(IN1, OUT2, in));
        some.send(error(ROUTER, IN1, Lab.udpPacket("IN1:5000 > OUT2:91"))).goesToHost(HostTraffic.NOT_OURS);
        some.send(error(ROUTER, IN1, Lab.udpPacket("IN2:5000 > OUT2:80"))).goesToHost(HostTraffic.NOT_OURS);
    }

    @Test
    void thePathStillCounts() {
        Lab hop = Lab.with(config -> config.withExemptions(List.of(Exemption.of(ONE)))
                .withPath(PathPolicy.STANDARD.withHop(true).withOutsideMtu(68)));
        Ipv4Packet packet = Lab.udpPacket("IN1:5000 > OUT2:53");
        Ipv4Packet out = hop.send(packet).packet();
        assertThat(out.ttl()).isEqualTo(packet.ttl() - 1);
        assertThat(out.octets().from(12)).isEqualTo(packet.octets().from(12));
        hop.send(ipv4(IN1, OUT2).ttl(1).udp(1, 2, DATA).build()).isRefusedWithAnswer(Refusal.TTL_EXPIRED);
        hop.send(ipv4(IN1, OUT2)
                        .dontFragment()
                        .udp(1, 2, Octets.of(new byte[100]))
                        .build())
                .isRefusedWithAnswer(Refusal.TOO_BIG);
    }

    @Test
    void nobodyPassesWithAnAddressThatIsNotHis() {
        lab.send(Side.INSIDE, Lab.udpPacket("10.9.9.9:5000 > OUT2:53")).isRefused(Refusal.SPOOFED_INSIDE);
        Lab wide = exempting(Exemption.of(Ipv4Prefix.parse("0.0.0.0/0")));
        wide.send(Side.OUTSIDE, Lab.udpPacket("EXT1:1 > IN1:2")).goesToHost(HostTraffic.NOT_OURS);
        wide.send(Side.OUTSIDE, Lab.udpPacket("IN2:1 > IN1:2")).goesToHost(HostTraffic.NOT_OURS);
        wide.send(Side.INSIDE, Lab.udpPacket("IN2:1 > IN1:2")).isRefused(Refusal.MARTIAN_DESTINATION);
        wide.send(Side.INSIDE, Lab.udpPacket("IN2:1 > 240.0.0.1:2")).isRefused(Refusal.MARTIAN_DESTINATION);
    }

    /** It came to a public address, so its answer must come from there. */
    @Test
    void whatBelongsToASessionIsTranslated() {
        StaticForward web = new StaticForward(Protocol.UDP, Lab.endpoint("EXT1:80"), Lab.endpoint("IN1:8080"));
        Lab both = Lab.with(
                config -> config.withExemptions(List.of(Exemption.of(ONE))).withForwards(List.of(web)));
        both.udp("OUT2:53 > EXT1:80").arrives("OUT2:53 > IN1:8080");
        both.udp("IN1:8080 > OUT2:53").arrives("EXT1:80 > OUT2:53");
        both.udp("IN1:8080 > OUT2:54").arrives("IN1:8080 > OUT2:54");
    }

    /** Cut at the border, its end would begin a datagram anew. */
    @Test
    void aFragmentThatReachesBeyondAllLengthsIsRefused() {
        Lab narrow = Lab.with(config ->
                config.withExemptions(List.of(Exemption.of(ONE))).withPath(PathPolicy.STANDARD.withOutsideMtu(100)));
        narrow.send(ipv4(IN1, OUT2)
                        .protocol(17)
                        .fragmentOffset(8191 * 8)
                        .payload(Octets.of(new byte[200]))
                        .build())
                .isRefused(Refusal.BAD_FRAGMENT);
    }
}
