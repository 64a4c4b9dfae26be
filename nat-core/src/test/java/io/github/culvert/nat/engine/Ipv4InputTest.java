package io.github.culvert.nat.engine;

import static io.github.culvert.nat.mapping.Side.INSIDE;
import static io.github.culvert.nat.mapping.Side.OUTSIDE;
import static io.github.culvert.nat.packet.ChecksumStatus.VERIFY;
import static io.github.culvert.nat.testkit.bed.NatBed.config;
import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.EXT2;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.bed.Packets.OUT2;
import static io.github.culvert.nat.testkit.bed.Packets.ipv4;
import static io.github.culvert.nat.testkit.bed.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.PathPolicy;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.packet.IcmpMessage;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Builder;
import io.github.culvert.nat.packet.Ipv4Prefix;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.TcpSegment;
import io.github.culvert.nat.packet.UdpDatagram;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.bed.NatBed;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is let in at all: RFC 1812 section 5.2.2, RFC 791, RFC 768, RFC 9293. */
class Ipv4InputTest {
    /** IN1:5000 to OUT1:53, with a total length of 32. */
    private static final Octets PACKET = udp(IN1, 5000, OUT1, 53).octets();

    private final NatBed bed = NatBed.standard();

    private String sent(Octets packet) {
        return bed.send(INSIDE, packet, VERIFY).toString();
    }

    /** Replaces the first bytes; the checksum is not corrected. */
    private static Octets starting(String hex, Octets packet) {
        Octets start = Octets.fromHex(hex);
        return start.then(packet.from(start.length()));
    }

    private static Octets datagram(Ipv4Builder builder) {
        return builder.udp(5000, 53, Octets.fromHex("61626364")).octets();
    }

    @Test
    @Tag("NAT-IP-01")
    void refusesEachHeaderThatContradictsItselfUnderANameOfItsOwn() {
        assertThat(sent(PACKET.slice(0, 19))).isEqualTo("refused SHORT_IP_HEADER");
        assertThat(sent(starting("55", PACKET))).isEqualTo("refused BAD_IP_VERSION");
        assertThat(sent(starting("44", PACKET))).isEqualTo("refused BAD_HEADER_LENGTH");
        assertThat(sent(starting("45000013", PACKET))).isEqualTo("refused BAD_TOTAL_LENGTH");
        assertThat(sent(starting("45000064", PACKET.then(PACKET).slice(0, 60)))).isEqualTo("refused CUT_SHORT");
        assertThat(bed.refused(Refusal.CUT_SHORT)).isEqualTo(1);
        assertThat(bed.sessions()).isEmpty();
    }

    @Test
    void refusesNothingAtAll() {
        assertThat(sent(Octets.empty())).isEqualTo("refused SHORT_IP_HEADER");
    }

    @Test
    @Tag("NAT-IP-02")
    void cutsPaddingAndDoesNotSumIt() {
        Octets five = Octets.fromHex("6162636465");
        Octets padded = ipv4(IN1, OUT1)
                .udp(5000, 53, five)
                .linkPadding(Octets.fromHex("ffffffffffffffffffffffffff"))
                .octets();
        assertThat(padded.length()).isEqualTo(46);
        var out = bed.send(INSIDE, padded, VERIFY);
        assertThat(out).hasToString("outside 203.0.113.1:5000 > 198.51.100.7:53");
        assertThat(out.octets().length()).isEqualTo(33);
        assertThat(out.packet().transportChecksumWrong()).isFalse();
    }

    @Test
    @Tag("NAT-IP-03")
    void neverRepairsAHeaderChecksum() {
        Octets golden = Octets.fromHex("4500002012344000 4011 3CAC C0A8010A C6336407 1388 0035 000C 3B65 61626364");
        assertThat(sent(starting("4500002012344000 4011 3CAD", golden))).isEqualTo("refused BAD_IP_CHECKSUM");
        assertThat(sent(golden)).startsWith("outside");
    }

    @ParameterizedTest
    @Tag("NAT-IP-04")
    @CsvSource({
        "0.0.0.1, MARTIAN_SOURCE, MARTIAN_DESTINATION",
        "0.255.255.255, MARTIAN_SOURCE, MARTIAN_DESTINATION",
        "127.0.0.1, MARTIAN_SOURCE, MARTIAN_DESTINATION",
        "127.255.255.255, MARTIAN_SOURCE, MARTIAN_DESTINATION",
        "240.0.0.1, MARTIAN_SOURCE, MARTIAN_DESTINATION",
        "255.255.255.254, MARTIAN_SOURCE, MARTIAN_DESTINATION",
        "224.0.0.1, MARTIAN_SOURCE, MULTICAST",
        "239.255.255.255, MARTIAN_SOURCE, MULTICAST",
        "255.255.255.255, MARTIAN_SOURCE, BROADCAST",
    })
    void refusesAddressesThatNoHostCanHave(String martian, String asSource, String asDestination) {
        Ipv4Address address = Ipv4Address.parse(martian);
        assertThat(bed.fromInside(ipv4(address, OUT1).udp(1, 2, PACKET).build()).reason())
                .isEqualTo(asSource);
        assertThat(bed.fromOutside(ipv4(address, EXT1).udp(1, 2, PACKET).build())
                        .reason())
                .isEqualTo(asSource);
        assertThat(bed.fromInside(ipv4(IN1, address).udp(1, 2, PACKET).build()).reason())
                .isEqualTo(asDestination);
        assertThat(bed.fromOutside(ipv4(OUT1, address).udp(1, 2, PACKET).build())
                        .reason())
                .isEqualTo(asDestination);
        assertThat(bed.sessions()).isEmpty();
    }

    @Test
    @Tag("NAT-IP-04")
    void refusesThemAlsoWhereAnInsideNetworkContainsThem() {
        NatBed wide = NatBed.of(NatConfig.of(List.of(Ipv4Prefix.parse("0.0.0.0/1")), List.of(EXT1)));
        var loopback =
                ipv4(Ipv4Address.parse("127.0.0.1"), OUT1).udp(1, 2, PACKET).build();
        assertThat(wide.fromInside(loopback)).hasToString("refused MARTIAN_SOURCE");
        assertThat(wide.fromInside(ipv4(Ipv4Address.parse("10.1.2.3"), OUT1)
                                .udp(1, 2, PACKET)
                                .build())
                        .isForwarded())
                .isTrue();
    }

    @Test
    @Tag("NAT-IP-04")
    void refusesOurOwnPoolAsASourceFromOutside() {
        NatBed two = NatBed.of(config(EXT1, EXT2));
        two.fromInside(udp(IN1, 5000, OUT1, 53));
        for (Ipv4Address own : new Ipv4Address[] {EXT1, EXT2}) {
            assertThat(two.fromOutside(ipv4(own, EXT1).udp(53, 5000, PACKET).build()))
                    .hasToString("refused MARTIAN_SOURCE");
        }
        assertThat(two.fromOutside(ipv4(IN1, EXT1).udp(53, 5000, PACKET).build()))
                .hasToString("refused MARTIAN_SOURCE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.168.1.77", "203.0.113.1", "127.0.0.1", "224.0.0.5"})
    void aReservedIdentifierIsNoWayInForAMartian(String source) {
        bed.table().reserveForHost(Protocol.UDP, EXT1, 500, 500);
        var packet = ipv4(Ipv4Address.parse(source), EXT1).udp(500, 500, PACKET).build();
        assertThat(bed.fromOutside(packet)).hasToString("refused MARTIAN_SOURCE");
    }

    @ParameterizedTest
    @Tag("NAT-IP-05")
    @ValueSource(strings = {"83000000", "83010000", "07000000", "83050400", "010107ff", "01010183"})
    void refusesAnOptionThatDoesNotFit(String options) {
        assertThat(sent(datagram(ipv4(IN1, OUT1).options(Octets.fromHex(options)))))
                .isEqualTo("refused BAD_OPTION");
    }

    @ParameterizedTest
    @Tag("NAT-IP-05")
    @ValueSource(strings = {"830704C633640700", "890704C633640700"})
    void refusesASourceRouteUnlessItIsAllowed(String options) {
        Octets packet = datagram(ipv4(IN1, OUT1).options(Octets.fromHex(options)));
        assertThat(sent(packet)).isEqualTo("refused SOURCE_ROUTE");
        NatBed lenient = NatBed.of(config(EXT1).withPath(PathPolicy.STANDARD.withSourceRoutes(true)));
        assertThat(lenient.send(INSIDE, packet, VERIFY)).hasToString("outside 203.0.113.1:5000 > 198.51.100.7:53");
        Octets answer = ipv4(OUT1, EXT1)
                .options(Octets.fromHex(options))
                .udp(53, 5000, PACKET)
                .octets();
        assertThat(lenient.send(OUTSIDE, answer, VERIFY)).hasToString("inside 198.51.100.7:53 > 192.168.1.10:5000");
        assertThat(bed.send(OUTSIDE, answer, VERIFY)).hasToString("refused SOURCE_ROUTE");
    }

    @Test
    @Tag("NAT-IP-05")
    void findsThePortsBehindOtherOptions() {
        var out = bed.send(INSIDE, datagram(ipv4(IN1, OUT1).options(Octets.fromHex("01010100"))), VERIFY);
        assertThat(out).hasToString("outside 203.0.113.1:5000 > 198.51.100.7:53");
        assertThat(out.octets().u16(24)).isEqualTo(5000);
        assertThat(out.packet().transportChecksumWrong()).isFalse();
        var back = bed.send(
                OUTSIDE,
                ipv4(OUT1, EXT1)
                        .options(Octets.fromHex("01010100"))
                        .udp(53, 5000, PACKET)
                        .octets(),
                VERIFY);
        assertThat(back).hasToString("inside 198.51.100.7:53 > 192.168.1.10:5000");
    }

    @Test
    @Tag("NAT-IP-07")
    void refusesTransportHeadersThatDoNotFitTheirPayload() {
        assertThat(sent(udpOfLength(7))).isEqualTo("refused BAD_UDP_LENGTH");
        assertThat(sent(udpOfLength(13))).isEqualTo("refused BAD_UDP_LENGTH");
        assertThat(sent(tcpWithHeaderOf(16))).isEqualTo("refused BAD_TCP_OFFSET");
        assertThat(sent(tcpWithHeaderOf(24))).isEqualTo("refused BAD_TCP_OFFSET");
        assertThat(sent(cut(1, 7))).isEqualTo("refused SHORT_TRANSPORT_HEADER");
        assertThat(sent(cut(17, 7))).isEqualTo("refused SHORT_TRANSPORT_HEADER");
        assertThat(sent(cut(6, 19))).isEqualTo("refused SHORT_TRANSPORT_HEADER");
        assertThat(bed.sessions()).isEmpty();
    }

    @Test
    void theLeastThatIsAHeaderPasses() {
        assertThat(sent(udpOfLength(8))).startsWith("outside");
        assertThat(sent(ipv4(IN1, OUT1)
                        .transport(IcmpMessage.builder().echoRequest(7, 1))
                        .octets()))
                .startsWith("outside");
        assertThat(sent(tcpWithHeaderOf(20))).isEqualTo("refused TCP_WITHOUT_SYN");
    }

    private static Octets udpOfLength(int length) {
        var datagram = UdpDatagram.builder()
                .ports(5000, 53)
                .payload(Octets.fromHex("61626364"))
                .length(length);
        return ipv4(IN1, OUT1).transport(datagram.checksum(0)).octets();
    }

    private static Octets tcpWithHeaderOf(int length) {
        return ipv4(IN1, OUT1)
                .transport(TcpSegment.builder().ports(5000, 80).headerLength(length))
                .octets();
    }

    private static Octets cut(int protocol, int length) {
        return ipv4(IN1, OUT1)
                .protocol(protocol)
                .payload(PACKET.slice(0, length))
                .octets();
    }

    @Test
    @Tag("SEC-11")
    void refusesASourceThatIsInNoInsideNetwork() {
        assertThat(bed.fromInside(ipv4(OUT2, OUT1).udp(1, 2, PACKET).build())).hasToString("refused SPOOFED_INSIDE");
        assertThat(bed.fromInside(ipv4(Ipv4Address.parse("10.9.9.9"), OUT1)
                        .udp(1, 2, PACKET)
                        .build()))
                .hasToString("refused SPOOFED_INSIDE");
        assertThat(bed.fromInside(ipv4(EXT1, OUT1).udp(1, 2, PACKET).build())).hasToString("refused SPOOFED_INSIDE");
        assertThat(bed.sessions()).isEmpty();
    }
}
