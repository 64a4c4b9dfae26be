package io.github.culvert.nat.conformance;

import static io.github.culvert.nat.testkit.lab.Errors.cut;
import static io.github.culvert.nat.testkit.lab.Errors.error;
import static io.github.culvert.nat.testkit.lab.Errors.portUnreachable;
import static io.github.culvert.nat.testkit.lab.Errors.quoting;
import static io.github.culvert.nat.testkit.lab.Errors.tooBig;
import static io.github.culvert.nat.testkit.lab.Lab.tcpPacket;
import static io.github.culvert.nat.testkit.lab.Lab.udpPacket;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.AddressForward;
import io.github.culvert.nat.config.OptionalIcmp;
import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.IcmpError;
import io.github.culvert.nat.packet.IcmpMessage;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.packet.UdpDatagram;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.testkit.lab.Lab;
import io.github.culvert.nat.testkit.lab.Sent;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ICMP errors on their way through the NAT (RFC 5508 section 4). */
class Rfc5508ErrorTest {
    private static final String ROUTER = "192.0.2.9";
    private static final Ipv4Packet SENT = udpPacket("EXT1:40000 > OUT1:53");
    private static final Ipv4Packet RECEIVED = udpPacket("OUT1:53 > IN1:5000");

    private final Lab lab = Lab.standard();

    /** A flow of IN1:5000 that has the public port 40000. */
    private Lab withFlow(Lab made) {
        made.table().addForward(new StaticForward(Protocol.UDP, Lab.endpoint("EXT1:40000"), Lab.endpoint("IN1:5000")));
        made.udp("IN1:5000 > OUT1:53").arrives("EXT1:40000 > OUT1:53");
        return made;
    }

    private static Ipv4Packet withByte(Ipv4Packet packet, int at, int change) {
        byte[] bytes = packet.octets().toByteArray();
        bytes[at] ^= (byte) change;
        return new Ipv4Packet(Octets.of(bytes));
    }

    @ParameterizedTest
    @Tag("NAT-ICMP-04")
    @ValueSource(ints = {21, 26, 40, 48, 55, 59})
    void anErrorWithABadChecksumIsDroppedSilently(int at) {
        withFlow(lab).send(withByte(portUnreachable("OUT1", SENT), at, 0x20)).isRefused(Refusal.BAD_ICMP_CHECKSUM);
    }

    @Test
    @Tag("NAT-ICMP-04")
    void anErrorThatQuotesABadHeaderIsDroppedSilently() {
        Octets bad = SENT.octets()
                .slice(0, 8)
                .then(Octets.fromHex("41"))
                .then(SENT.octets().from(9));
        withFlow(lab)
                .send(quoting("OUT1", IcmpMessage.builder().type(3, 3), SENT, bad))
                .isRefused(Refusal.BAD_INNER_IP_CHECKSUM);
    }

    @Test
    void aTrustedErrorIsNotSummed() {
        Ipv4Packet wrong = withByte(portUnreachable("OUT1", SENT), 59, 1);
        assertThat(withFlow(lab)
                        .send(Side.OUTSIDE, wrong, ChecksumStatus.TRUSTED)
                        .packet()
                        .transportChecksumWrong())
                .isTrue();
    }

    @Test
    @Tag("NAT-ICMP-05")
    void optionsOfTheQuotedPacketAreSkipped() {
        Ipv4Packet quoted = Packets.ipv4(SENT.source(), SENT.destination())
                .options(Octets.fromHex("010101010101010101010101"))
                .udp(40000, 53, Octets.empty())
                .build();
        assertThat(quoted.headerLength()).isEqualTo(32);
        withFlow(lab)
                .send(portUnreachable("OUT1", quoted))
                .arrives("OUT1 > IN1")
                .quotes("IN1:5000 > OUT1:53");
    }

    @Test
    @Tag("NAT-ICMP-06")
    void aQuoteWithoutTheTransportChecksumIsEnough() {
        int port = lab.connect("IN1:5000 > OUT1:80");
        Ipv4Packet about = tcpPacket("EXT1:" + port + " > OUT1:80", TcpFlag.ACK);
        Octets out =
                lab.send(cut("OUT1", 28, about)).arrives("OUT1 > IN1").packet().octets();
        assertThat(out.length()).isEqualTo(56);
        assertThat(out.slice(48, 8))
                .isEqualTo(tcpPacket("IN1:5000 > OUT1:80").octets().slice(20, 8));
    }

    @Test
    @Tag("NAT-ICMP-06")
    void theQuotedTransportChecksumIsNeverValidated() {
        Ipv4Packet about = Packets.ipv4(SENT.source(), SENT.destination())
                .transport(UdpDatagram.builder().ports(40000, 53).checksum(0x1234))
                .build();
        withFlow(lab).send(portUnreachable("OUT1", about)).arrives("OUT1 > IN1");
    }

    @Test
    @Tag("NAT-ICMP-07")
    void extensionsStayUntouched() {
        Octets mpls = Octets.fromHex("2000DEAD00080101000010FF");
        Ipv4Packet error = Packets.ipv4(Lab.address(ROUTER), SENT.source())
                .transport(IcmpMessage.builder().type(11, 0).quoting(SENT.octets(), mpls))
                .build();
        Sent out = withFlow(lab).send(error).arrives(ROUTER + " > IN1");
        IcmpError translated = (IcmpError) out.packet().transport();
        assertThat(translated.quotedOctets().length()).isEqualTo(128);
        assertThat(translated.extensions()).isEqualTo(mpls);
        out.quotes("IN1:5000 > OUT1:53");
    }

    @Test
    @Tag("NAT-ICMP-08")
    void anErrorFromOutsideReachesTheHostInItsOwnWords() {
        Sent out = withFlow(lab).send(portUnreachable("OUT1", SENT));
        out.arrives("OUT1 > IN1").quotes("IN1:5000 > OUT1:53");
        assertThat(((IcmpError) out.packet().transport()).quotedOctets())
                .isEqualTo(udpPacket("IN1:5000 > OUT1:53").octets());
        assertThat(out.packet().octets().slice(20, 2)).isEqualTo(Octets.fromHex("0303"));
    }

    @Test
    @Tag("NAT-ICMP-08")
    void anErrorAboutNobodysPacketIsDroppedSilently() {
        withFlow(lab);
        lab.send(portUnreachable("OUT1", udpPacket("EXT1:40000 > OUT1:54"))).isRefused(Refusal.NO_QUOTED_SESSION);
        lab.send(portUnreachable("OUT1", udpPacket("EXT1:40001 > OUT1:53"))).isRefused(Refusal.NO_QUOTED_SESSION);
        lab.send(portUnreachable("OUT1", tcpPacket("EXT1:40000 > OUT1:53"))).isRefused(Refusal.NO_QUOTED_SESSION);
    }

    @Test
    @Tag("NAT-ICMP-09")
    void anErrorFromTheHostLeavesInTheNameOfTheNat() {
        Sent out = withFlow(lab).send(portUnreachable("IN1", RECEIVED));
        out.arrives("EXT1 > OUT1").quotes("OUT1:53 > EXT1:40000");
    }

    @Test
    @Tag("NAT-ICMP-09")
    void anErrorFromARouterInsideLeavesInTheNameOfTheNat() {
        Sent out = withFlow(lab).send(error("192.168.1.254", 11, 0, RECEIVED));
        out.arrives("EXT1 > OUT1").quotes("OUT1:53 > EXT1:40000");
        assertThat(out.packet().octets().toString().toUpperCase(java.util.Locale.ROOT))
                .doesNotContain("C0A801");
    }

    @Test
    @Tag("NAT-ICMP-09")
    void whoHasAPublicAddressForItselfSpeaksInItsOwnName() {
        AddressForward own = new AddressForward(Lab.address("EXT2"), Lab.address("IN2"));
        Lab basic = withFlow(Lab.with(2, config -> config.withAddressForwards(List.of(own))));
        basic.send(error("IN2", 11, 0, RECEIVED)).arrives("EXT2 > OUT1").quotes("OUT1:53 > EXT1:40000");
        basic.send(error("IN1", 3, 3, RECEIVED)).arrives("EXT1 > OUT1");
    }

    @Test
    void anErrorAboutARequestToAnAddressOfItsOwnPasses() {
        AddressForward own = new AddressForward(Lab.address("EXT2"), Lab.address("IN2"));
        Lab basic = Lab.with(2, config -> config.withAddressForwards(List.of(own)));
        basic.send(Packets.echo(Packets.OUT1, Packets.EXT2, 7)).arrives("OUT1:7 > IN2:7");
        basic.send(error("192.168.1.254", 3, 1, Packets.echo(Packets.OUT1, Packets.IN2, 7)))
                .arrives("EXT2 > OUT1")
                .quotes("OUT1:7 > EXT2:7");
    }

    @Test
    @Tag("NAT-ICMP-10")
    void anErrorAboutAQueryNeitherRefreshesNorEndsItsSession() {
        lab.ping("IN1:7 > OUT1").passes();
        Ipv4Packet ping = Packets.echo(Lab.address("EXT1"), Lab.address("OUT1"), 7);
        lab.at(30).send(error(ROUTER, 3, 1, ping)).arrives(ROUTER + " > IN1").quotes("IN1:7 > OUT1:7");
        lab.at(59.9).pong("OUT1 > EXT1:7").passes();
        lab.at(60.1).pong("OUT1 > EXT1:7").isRefused(Refusal.NO_MAPPING);
    }

    @ParameterizedTest
    @Tag("NAT-ICMP-13")
    @CsvSource({"3, 0", "3, 1", "3, 13", "11, 0", "11, 1"})
    void unreachableAndTimeExceededPass(int type, int code) {
        withFlow(Lab.with(c -> c.withIcmp(c.icmp().withPasses(Set.of()))))
                .send(error(ROUTER, type, code, SENT))
                .quotes("IN1:5000 > OUT1:53");
    }

    @ParameterizedTest
    @Tag("NAT-ICMP-13")
    @ValueSource(ints = {4, 15, 16})
    void deprecatedTypesDoNotPass(int type) {
        withFlow(lab).send(error("OUT1", type, 0, SENT)).isRefused(Refusal.ICMP_DEPRECATED);
        lab.send(error("IN1", type, 0, RECEIVED)).isRefused(Refusal.ICMP_DEPRECATED);
    }

    @ParameterizedTest
    @Tag("NAT-ICMP-13")
    @CsvSource({"5, REDIRECT", "12, PARAMETER_PROBLEM"})
    void redirectAndParameterProblemPassWhereTheyAreSwitchedOn(int type, OptionalIcmp passes) {
        Octets pointer = Octets.fromHex("14000000");
        var message = IcmpMessage.builder().type(type, 0).query(0x1400, 0);
        Lab on = withFlow(Lab.with(c -> c.withIcmp(c.icmp().withPasses(Set.of(passes)))));
        Sent out = on.send(quoting(ROUTER, message, SENT, SENT.octets())).quotes("IN1:5000 > OUT1:53");
        assertThat(out.packet().octets().slice(24, 4)).isEqualTo(pointer);
        Lab off = withFlow(Lab.with(c -> c.withIcmp(c.icmp().withPasses(Set.of()))));
        off.send(error(ROUTER, type, 0, SENT)).isRefused(Refusal.ICMP_DISABLED);
    }

    @Test
    @Tag("NAT-ICMP-14")
    void tooBigPassesInBothDirectionsWithItsMtu() {
        withFlow(lab);
        assertThat(lab.send(tooBig(ROUTER, 1400, SENT))
                        .arrives(ROUTER + " > IN1")
                        .packet()
                        .octets()
                        .slice(26, 2))
                .isEqualTo(Octets.fromHex("0578"));
        assertThat(lab.send(tooBig("192.168.1.254", 1400, RECEIVED))
                        .arrives("EXT1 > OUT1")
                        .packet()
                        .octets()
                        .slice(26, 2))
                .isEqualTo(Octets.fromHex("0578"));
    }

    @Test
    void anErrorThatIsNotForTheSenderOfThePacketIsDropped() {
        Ipv4Packet astray = Packets.ipv4(Lab.address(ROUTER), Lab.address("EXT2"))
                .transport(IcmpMessage.builder().type(3, 3).data(SENT.octets()))
                .build();
        withFlow(Lab.with(2, c -> c)).send(astray).isRefused(Refusal.NO_QUOTED_SESSION);
    }

    @Test
    void anErrorAboutAPacketOfTheHostGoesToTheHost() {
        lab.table().reserveForHost(Protocol.UDP, Lab.address("EXT1"), 500, 500);
        lab.send(portUnreachable("OUT1", udpPacket("EXT1:500 > OUT1:500"))).goesToHost(HostTraffic.RESERVED);
    }

    @Test
    void anErrorAboutAnEndedSessionIsDropped() {
        lab.udp("IN1:5000 > OUT1:53").passes();
        lab.at(301)
                .send(portUnreachable("OUT1", udpPacket("EXT1:5000 > OUT1:53")))
                .isRefused(Refusal.NO_QUOTED_SESSION);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 19, 20, 27})
    void lessThanEightBytesOfTheTransportAreNoQuote(int bytes) {
        withFlow(lab).send(cut("OUT1", bytes, SENT)).isRefused(Refusal.BAD_QUOTED_PACKET);
    }

    /** The quoted length leaves less than a header, whatever follows. */
    @Test
    void aQuotedLengthIsRespected() {
        var message = IcmpMessage.builder().type(3, 3).query(6, 0);
        withFlow(lab).send(quoting("OUT1", message, SENT, SENT.octets())).isRefused(Refusal.BAD_QUOTED_PACKET);
    }

    @Test
    void nobodySpeaksOfLaterFragments() {
        Ipv4Packet fragment = Packets.ipv4(SENT.source(), SENT.destination())
                .protocol(17)
                .fragmentOffset(8)
                .payload(SENT.octets().from(20))
                .build();
        withFlow(lab).send(portUnreachable("OUT1", fragment)).isRefused(Refusal.BAD_QUOTED_PACKET);
    }

    @Test
    void anErrorCountsDownWhereTheNatIsAHop() {
        Lab hop = withFlow(Lab.with(c -> c.withPath(c.path().withHop(true))));
        assertThat(hop.send(portUnreachable("OUT1", SENT)).packet().ttl()).isEqualTo(63);
        assertThat(hop.send(portUnreachable("IN1", RECEIVED)).packet().ttl()).isEqualTo(63);
    }

    @Test
    void anErrorAboutEspWithoutASessionIsDropped() {
        Ipv4Packet esp = Packets.ipv4(SENT.source(), SENT.destination())
                .protocol(50)
                .payload(Octets.fromHex("0000100000000001"))
                .build();
        withFlow(lab).send(tooBig(ROUTER, 1400, esp)).isRefused(Refusal.NO_QUOTED_SESSION);
    }
}
