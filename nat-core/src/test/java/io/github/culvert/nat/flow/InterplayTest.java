package io.github.culvert.nat.flow;

import static io.github.culvert.nat.packet.TcpFlag.ACK;
import static io.github.culvert.nat.packet.TcpFlag.SYN;
import static io.github.culvert.nat.testkit.lab.Errors.error;
import static io.github.culvert.nat.testkit.lab.Errors.portUnreachable;
import static io.github.culvert.nat.testkit.lab.Lab.tcpPacket;
import static io.github.culvert.nat.testkit.lab.Lab.udpPacket;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.AddressForward;
import io.github.culvert.nat.config.Exemption;
import io.github.culvert.nat.config.PathPolicy;
import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.testkit.lab.Lab;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where two features of the NAT meet in one packet. */
class InterplayTest {
    private static final StaticForward WEB =
            new StaticForward(Protocol.TCP, Lab.endpoint("EXT1:80"), Lab.endpoint("IN2:80"));
    private static final Octets BIG = Octets.of(new byte[1420]);

    private final Lab lab = Lab.standard();

    @Test
    void aConnectionThatTurnsRoundOutlivesItsTimeout() {
        Lab web = Lab.with(config -> config.withForwards(List.of(WEB)));
        web.tcp("IN1:40000 > EXT1:80", SYN).passes();
        web.tcp("IN2:80 > EXT1:40000", SYN, ACK).passes();
        web.at(7450).tcp("IN1:40000 > EXT1:80", ACK).arrives("EXT1:40000 > IN2:80");
    }

    @Test
    void aConnectionOfTheHostOutlivesItsTimeout() {
        lab.send(Side.HOST, tcpPacket("EXT1:40000 > OUT1:80", SYN)).passes();
        lab.tcp("OUT1:80 > EXT1:40000", SYN, ACK).goesToHost(HostTraffic.OWN);
        lab.at(7450).tcp("OUT1:80 > EXT1:40000", ACK).goesToHost(HostTraffic.OWN);
    }

    @Test
    void theHostAndARemoteOpenAtOnce() {
        lab.tcp("OUT1:80 > EXT1:40000", SYN).isRefused(Refusal.NO_MAPPING);
        lab.at(3).send(Side.HOST, tcpPacket("EXT1:40000 > OUT1:80", SYN)).passes();
        lab.at(6.1).late().isSilent();
    }

    @Test
    void whatIsTooBigToTurnRoundIsToldTheMtuOfTheInside() {
        Lab narrow = Lab.with(config -> config.withPath(PathPolicy.STANDARD.withInsideMtu(1400)));
        Ipv4Packet big = Packets.ipv4(Packets.IN1, Packets.EXT1)
                .dontFragment()
                .udp(5000, 6000, BIG)
                .build();
        Ipv4Packet answer = narrow.send(big).isRefusedWithAnswer(Refusal.TOO_BIG);
        assertThat(answer.octets().u16(26)).isEqualTo(1400);
    }

    @Test
    void nobodyInsideReportsErrorsInTheNameOfTheHost() {
        lab.send(Side.HOST, udpPacket("EXT1:40000 > OUT1:53")).passes();
        lab.send(portUnreachable("IN1", udpPacket("OUT1:53 > EXT1:40000"))).isRefused(Refusal.NO_QUOTED_SESSION);
    }

    @Test
    void aPingWithAWrongChecksumIsNobodyWhoAsks() {
        lab.ping("IN3:9 > OUT1").arrives("EXT1:9 > OUT1:9");
        lab.ping("IN1:9 > EXT1").isRefused(Refusal.FILTERED);
        lab.at(50).ping("IN1:9 > EXT1").isRefused(Refusal.FILTERED);
        lab.at(62).late();
        lab.ping("IN2:9 > OUT1").arrives("EXT1:9 > OUT1:9");
        lab.ping("IN2:9 > EXT1").isRefused(Refusal.NO_MAPPING);
        byte[] wrong = Packets.echo(Packets.IN1, Packets.EXT1, 9).octets().toByteArray();
        wrong[22] ^= 1;
        lab.send(new Ipv4Packet(Octets.of(wrong))).isRefused(Refusal.BAD_ICMP_CHECKSUM);
        lab.ping("IN3:9 > EXT1").arrives("EXT1:9 > IN2:9");
    }

    @Test
    void whatIsForTheHostNeedsNotFitTheInside() {
        Lab narrow = Lab.with(config ->
                config.asCarrier().withPath(PathPolicy.STANDARD.withHop(true).withInsideMtu(1400)));
        narrow.send(Side.HOST, udpPacket("EXT1:40000 > OUT1:53")).passes();
        narrow.send(Packets.ipv4(Packets.OUT2, Packets.EXT1)
                        .ttl(1)
                        .dontFragment()
                        .udp(53, 40000, BIG)
                        .build())
                .goesToHost(HostTraffic.OWN);
    }

    @Test
    void aTinyFragmentToAnExemptRemoteIsRefused() {
        Lab exempt = Lab.with(config -> config.withExemptions(
                List.of(Exemption.of(io.github.culvert.nat.packet.Ipv4Prefix.parse("198.51.100.8/32")))));
        Octets tiny = Packets.ipv4(Packets.IN1, Packets.OUT2)
                .moreFragments()
                .protocol(6)
                .payload(Octets.of(new byte[8]))
                .octets();
        exempt.sendEach(Side.INSIDE, List.of(tiny)).isRefused(Refusal.SHORT_TRANSPORT_HEADER);
    }

    @Test
    void errorsAboutPortlessPackets() {
        Lab some = Lab.with(config -> config.withPortless(Set.of(97)));
        Ipv4Packet out = portless("IN1", "OUT1");
        some.send(out).passes();
        some.send(portless("OUT1", "EXT1")).passes();
        some.send(portUnreachable("192.0.2.9", portless("EXT1", "OUT1")))
                .arrives("192.0.2.9 > IN1")
                .quotes("IN1 > OUT1");
        some.send(error("IN1", 3, 2, portless("OUT1", "IN1")))
                .arrives("EXT1 > OUT1")
                .quotes("OUT1 > EXT1");
        some.send(portUnreachable("192.0.2.9", portless("EXT1", "OUT2"))).isRefused(Refusal.NO_QUOTED_SESSION);
    }

    @Test
    void portlessWithOneToOne() {
        Lab some = Lab.with(
                2,
                config -> config.withPortless(Set.of(97))
                        .withAddressForwards(List.of(new AddressForward(Packets.EXT2, Packets.IN2))));
        some.send(portless("IN2", "OUT1")).arrives("EXT2 > OUT1");
        some.send(portless("IN1", "OUT1")).arrives("EXT1 > OUT1");
        some.send(portless("OUT1", "EXT2")).arrives("OUT1 > IN2");
        some.at(310).send(portless("OUT1", "EXT2")).isRefused(Refusal.NO_MAPPING);
        some.send(portless("IN1", "EXT2")).isRefused(Refusal.HAIRPIN);
    }

    @Test
    void nobodyOutsideReportsErrorsAboutWhatTurnedRound() {
        lab.udp("IN2:6000 > EXT1:5000").isRefused(Refusal.NO_MAPPING);
        lab.udp("IN1:5000 > EXT1:6000").arrives("EXT1:5000 > IN2:6000");
        lab.send(portUnreachable("OUT1", udpPacket("EXT1:5000 > EXT1:6000"))).isRefused(Refusal.NO_QUOTED_SESSION);
    }

    @Test
    void aReplyToWhatIsTheHostsByNowGoesToTheHost() {
        Lab some = Lab.with(
                2, config -> config.withAddressForwards(List.of(new AddressForward(Packets.EXT2, Packets.IN2))));
        some.ping("IN2:7 > EXT1").isRefused(Refusal.NO_MAPPING);
        some.table().reserveForHost(Protocol.ICMP, Packets.EXT1, 7, 7);
        some.pong("IN2 > EXT1:7").goesToHost(HostTraffic.RESERVED);
    }

    @Test
    void fragmentsOfTwoHostsThatTurnRoundAreNotMixed() {
        Lab narrow = Lab.with(config -> config.asCarrier().withPath(PathPolicy.STANDARD.withInsideMtu(800)));
        narrow.udp("IN2:6000 > OUT1:53").arrives("EXT1:6000 > OUT1:53");
        int one = identification(narrow, Packets.IN1);
        int other = identification(narrow, Packets.IN3);
        assertThat(one).isNotEqualTo(other);
    }

    private static int identification(Lab lab, Ipv4Address host) {
        Ipv4Packet big = Packets.ipv4(host, Packets.EXT1)
                .identification(7)
                .udp(5000, 6000, BIG)
                .build();
        return lab.send(big).all().get(0).octets().u16(4);
    }

    @Test
    void whatTurnedRoundAtAnAddressThatIsGoneGoesOut() {
        Lab two = Lab.with(2, config -> config);
        String at = two.udp("IN1:5000 > OUT1:53").source().toString();
        boolean first = at.startsWith(Packets.EXT1.toString());
        String other = first ? "EXT2" : "EXT1";
        String mine = first ? "EXT1" : "EXT2";
        two.udp("IN1:5000 > " + other + ":6000").isRefused(Refusal.NO_MAPPING);
        two.table().removePublicAddress(Lab.address(other));
        two.udp("IN1:5000 > " + other + ":6000").arrives(mine + ":5000 > " + other + ":6000");
        two.table().addPublicAddress(Lab.address(other));
        two.udp("IN1:5000 > " + other + ":6000").isRefused(Refusal.NO_MAPPING);
    }

    @Test
    void portlessSessionsEndWithTheirAddress() {
        Lab two = Lab.with(2, config -> config.withPortless(Set.of(97)));
        Ipv4Address at = two.send(portless("IN1", "OUT1")).packet().source();
        Ipv4Address other = at.equals(Packets.EXT1) ? Packets.EXT2 : Packets.EXT1;
        two.table().removePublicAddress(at);
        assertThat(two.send(portless("IN1", "OUT1")).packet().source()).isEqualTo(other);
    }

    private static Ipv4Packet portless(String from, String to) {
        return Packets.ipv4(Lab.address(from), Lab.address(to))
                .protocol(97)
                .payload(Octets.fromHex("00112233445566778899"))
                .build();
    }
}
