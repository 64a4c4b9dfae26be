package io.github.culvert.nat.engine;

import static io.github.culvert.nat.mapping.Side.HOST;
import static io.github.culvert.nat.mapping.Side.INSIDE;
import static io.github.culvert.nat.mapping.Side.OUTSIDE;
import static io.github.culvert.nat.packet.ChecksumStatus.VERIFY;
import static io.github.culvert.nat.testkit.bed.NatBed.config;
import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.IN2;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.bed.Packets.ipv4;
import static io.github.culvert.nat.testkit.bed.Packets.tcp;
import static io.github.culvert.nat.testkit.bed.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.culvert.nat.config.PathPolicy;
import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.testkit.bed.Delivery;
import io.github.culvert.nat.testkit.bed.NatBed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is not the NAT's business goes to the machine it runs on, unchanged. */
class HostTrafficTest {
    private static final Octets DATA = Octets.fromHex("1164000000000000 0000000000000000 0000000000000000");

    private final NatBed bed = NatBed.standard();

    private void goesToTheHost(Side from, Octets packet, HostTraffic kind) {
        Delivery out = bed.send(from, packet, VERIFY);
        assertThat(out).hasToString("host " + kind);
        assertThat(out.octets()).isEqualTo(packet);
        assertThat(bed.engine().counters().toHost(kind)).isPositive();
        assertThat(bed.sessions()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = "HOST", mode = EnumSource.Mode.EXCLUDE)
    @Tag("NAT-HOST-01")
    void versionSix(Side from) {
        goesToTheHost(from, Octets.fromHex("60"), HostTraffic.IPV6);
        goesToTheHost(from, Octets.fromHex("6000000000003AFF").then(DATA), HostTraffic.IPV6);
    }

    /** Whatever its protocol, its source and what is left of its time to live. */
    @ParameterizedTest
    @Tag("NAT-HOST-01")
    @CsvSource({
        "192.168.1.10, 224.0.0.1, MULTICAST",
        "198.51.100.7, 239.255.255.250, MULTICAST",
        "0.0.0.0, 255.255.255.255, BROADCAST",
        "192.168.1.10, 255.255.255.255, BROADCAST",
        "169.254.3.4, 224.0.0.251, MULTICAST",
        "169.254.3.4, 203.0.113.1, LINK_LOCAL",
        "192.168.1.10, 169.254.3.4, LINK_LOCAL",
    })
    void whatIsNoUnicastTraffic(String source, String destination, HostTraffic kind) {
        var hop = NatBed.of(
                config(EXT1).withPath(PathPolicy.STANDARD.withHop(true).withOutsideMtu(68)));
        var packet =
                ipv4(Ipv4Address.parse(source), Ipv4Address.parse(destination)).ttl(1);
        for (int protocol : new int[] {2, 17, 47, 89}) {
            Octets octets =
                    packet.protocol(protocol).payload(ofProtocol(protocol)).octets();
            goesToTheHost(INSIDE, octets, kind);
            goesToTheHost(OUTSIDE, octets, kind);
            assertThat(hop.send(OUTSIDE, octets, VERIFY)).hasToString("host " + kind);
            assertThat(hop.send(INSIDE, octets, VERIFY)).hasToString("host " + kind);
        }
    }

    private static Octets ofProtocol(int protocol) {
        return protocol == 17
                ? Octets.fromHex("1388003500080000")
                : Octets.fromHex("0000080000000000").then(DATA);
    }

    @Test
    @Tag("NAT-HOST-01")
    void packetsFromOutsideToAnAddressThatIsNotOurs() {
        Ipv4Address other = Ipv4Address.parse("203.0.113.99");
        goesToTheHost(OUTSIDE, udp(OUT1, 53, other, 5000).octets(), HostTraffic.NOT_OURS);
        goesToTheHost(OUTSIDE, udp(OUT1, 53, IN1, 5000).octets(), HostTraffic.NOT_OURS);
        goesToTheHost(OUTSIDE, tcp(OUT1, 80, other, 5000).octets(), HostTraffic.NOT_OURS);
        goesToTheHost(OUTSIDE, ipv4(OUT1, other).protocol(50).payload(DATA).octets(), HostTraffic.NOT_OURS);
        goesToTheHost(
                OUTSIDE,
                ipv4(OUT1, other).protocol(17).fragmentOffset(8).payload(DATA).octets(),
                HostTraffic.NOT_OURS);
    }

    @Test
    @Tag("NAT-HOST-02")
    void aReservedIdentifierIsGivenToNobodyInside() {
        bed.table().reserveForHost(Protocol.UDP, EXT1, 500, 500);
        bed.table().reserveForHost(Protocol.UDP, EXT1, 4500, 4500);
        assertThat(bed.fromInside(udp(IN1, 500, OUT1, 500)).packet().octets().u16(20))
                .isNotEqualTo(500)
                .isBetween(1, 1023);
        assertThat(bed.fromInside(udp(IN1, 4500, OUT1, 4500)).packet().octets().u16(20))
                .isNotEqualTo(4500);
        assertThat(bed.fromInside(tcp(IN1, 500, OUT1, 500, TcpFlag.SYN)))
                .hasToString("outside 203.0.113.1:500 > 198.51.100.7:500");
    }

    @Test
    @Tag("NAT-HOST-02")
    void whatIsSentToAReservedIdentifierReachesTheHost() {
        bed.table().reserveForHost(Protocol.UDP, EXT1, 500, 500);
        goesToTheHost(OUTSIDE, udp(OUT1, 500, EXT1, 500).octets(), HostTraffic.RESERVED);
        assertThat(bed.fromOutside(udp(OUT1, 500, EXT1, 501))).hasToString("refused NO_MAPPING");
    }

    @Test
    @Tag("NAT-HOST-02")
    void reservingWhatIsInUseNamesTheHolderAndReservesNothing() {
        bed.fromInside(udp(IN1, 5000, OUT1, 53));
        assertThatIllegalStateException()
                .isThrownBy(() -> bed.table().reserveForHost(Protocol.UDP, EXT1, 4000, 6000))
                .withMessageContaining("203.0.113.1:5000")
                .withMessageContaining("192.168.1.10:5000");
        assertThat(bed.fromOutside(udp(OUT1, 53, EXT1, 4500))).hasToString("refused NO_MAPPING");
    }

    @Test
    void reservingTwiceSaysWho() {
        bed.table().reserveForHost(Protocol.UDP, EXT1, 500, 510);
        assertThatIllegalStateException()
                .isThrownBy(() -> bed.table().reserveForHost(Protocol.UDP, EXT1, 505, 505))
                .withMessageContaining("UDP 203.0.113.1:505 is reserved for the host");
    }

    @Test
    void whatWasOnlyOccupiedByASessionThatIsOverCanBeReserved() {
        bed.fromInside(udp(IN1, 5000, OUT1, 53));
        bed.at(400).fromInside(udp(IN2, 7000, OUT1, 53));
        bed.table().reserveForHost(Protocol.UDP, EXT1, 5000, 5000);
        assertThat(bed.fromOutside(udp(OUT1, 53, EXT1, 5000))).hasToString("host RESERVED");
    }

    @Test
    void aReservationIsGivenUp() {
        bed.table().reserveForHost(Protocol.UDP, EXT1, 0, 65_535);
        assertThat(bed.fromInside(udp(IN1, 5000, OUT1, 53))).hasToString("refused IDENTIFIERS_EXHAUSTED");
        bed.table().releaseForHost(Protocol.UDP, EXT1, 5000, 65_535);
        assertThat(bed.fromInside(udp(IN1, 5000, OUT1, 53))).hasToString("outside 203.0.113.1:5000 > 198.51.100.7:53");
        bed.table().releaseForHost(Protocol.UDP, EXT1, 0, 65_535);
        assertThat(bed.fromOutside(udp(OUT1, 53, EXT1, 5000)))
                .hasToString("inside 198.51.100.7:53 > 192.168.1.10:5000");
    }

    @Test
    void onlyRangesOfOurOwnAddressesCanBeReserved() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bed.table().reserveForHost(Protocol.UDP, OUT1, 500, 500))
                .withMessageContaining("198.51.100.7 is no public address");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bed.table().reserveForHost(Protocol.UDP, EXT1, 500, 65_536))
                .withMessageContaining("500..65536");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bed.table().releaseForHost(Protocol.UDP, EXT1, 7, 6))
                .withMessageContaining("7..6");
    }

    @Test
    void packetsOfTheHostItselfPassAsTheyAre() {
        Octets packet = udp(EXT1, 40_000, OUT1, 53).octets();
        assertThat(bed.send(HOST, packet, VERIFY)).isEqualTo(new Delivery(Delivery.Exit.OUTSIDE, packet, ""));
        Octets routed = ipv4(EXT1, OUT1).options(Octets.fromHex("83030400")).octets();
        assertThat(bed.send(HOST, routed, VERIFY)).isEqualTo(new Delivery(Delivery.Exit.OUTSIDE, routed, ""));
        Octets six = Octets.fromHex("6000000000003AFF").then(DATA);
        assertThat(bed.send(HOST, six, VERIFY)).isEqualTo(new Delivery(Delivery.Exit.OUTSIDE, six, ""));
        Octets fragment = ipv4(EXT1, OUT1).moreFragments().payload(DATA).octets();
        assertThat(bed.send(HOST, fragment, VERIFY)).isEqualTo(new Delivery(Delivery.Exit.OUTSIDE, fragment, ""));
    }

    @Test
    void malformedPacketsOfTheHostAreRefused() {
        assertThat(bed.send(HOST, DATA, VERIFY).reason()).isEqualTo("BAD_IP_VERSION");
    }
}
