package io.github.culvert.nat.engine;

import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.IN2;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.bed.Packets.OUT2;
import static io.github.culvert.nat.testkit.bed.Packets.tcp;
import static io.github.culvert.nat.testkit.bed.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.testkit.bed.NatBed;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How public endpoints are given out: RFC 4787 sections 4 and 5, RFC 6888. */
class UdpMappingTest {
    private final NatBed bed = NatBed.standard();

    private static Ipv4Address host(int number) {
        return new Ipv4Address(IN1.bits() + number);
    }

    private static int outsidePort(NatBed nat, Ipv4Packet packet) {
        return nat.fromInside(packet).packet().octets().u16(20);
    }

    @Test
    @Tag("NAT-UDP-01")
    void oneInsideEndpointHasOnePublicEndpointForAllRemotes() {
        bed.fromInside(udp(IN2, 5000, OUT1, 53));
        int port = outsidePort(bed, udp(IN1, 5000, OUT1, 53));
        assertThat(outsidePort(bed, udp(IN1, 5000, OUT2, 3478))).isEqualTo(port).isNotEqualTo(5000);
        assertThat(outsidePort(bed, udp(IN1, 5000, OUT1, 54))).isEqualTo(port);
    }

    @Test
    @Tag("NAT-UDP-03")
    void noTwoInsideEndpointsShareAPublicEndpoint() {
        Set<Integer> ports = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            assertThat(ports.add(outsidePort(bed, udp(host(i), 5000, host(1000 + i), 53))))
                    .isTrue();
        }
        assertThat(ports).contains(5000);
    }

    @Test
    void aPortIsKeptIfItIsFree() {
        assertThat(outsidePort(bed, udp(IN1, 5000, OUT1, 53))).isEqualTo(5000);
        assertThat(outsidePort(bed, udp(IN1, 7, OUT1, 53))).isEqualTo(7);
        assertThat(outsidePort(bed, udp(IN1, 0, OUT1, 53))).isZero();
        assertThat(outsidePort(bed, udp(IN1, 65_535, OUT1, 53))).isEqualTo(65_535);
    }

    @Test
    void aRemoteAddressThatWasSentToMayAnswerFromAnyPort() {
        bed.fromInside(udp(IN1, 5000, OUT1, 53));
        assertThat(bed.fromOutside(udp(OUT1, 53, EXT1, 5000)))
                .hasToString("inside 198.51.100.7:53 > 192.168.1.10:5000");
        assertThat(bed.fromOutside(udp(OUT1, 99, EXT1, 5000)))
                .hasToString("inside 198.51.100.7:99 > 192.168.1.10:5000");
        assertThat(bed.fromOutside(udp(OUT2, 53, EXT1, 5000))).hasToString("refused FILTERED");
        assertThat(bed.fromOutside(udp(OUT1, 53, EXT1, 5001))).hasToString("refused NO_MAPPING");
    }

    @Test
    void theFilterIsThatOfTheInsideEndpointAndProtocol() {
        bed.fromInside(udp(IN1, 5000, OUT1, 53));
        bed.fromInside(udp(IN1, 5001, OUT2, 53));
        assertThat(bed.fromOutside(udp(OUT2, 53, EXT1, 5000))).hasToString("refused FILTERED");
        assertThat(bed.fromOutside(tcp(OUT1, 53, EXT1, 5000, TcpFlag.SYN))).hasToString("refused NO_MAPPING");
    }

    @Test
    void aSessionThatWasOpenedFromOutsideIsAnsweredThroughTheSameMapping() {
        bed.fromInside(udp(IN2, 5000, OUT2, 53));
        int port = outsidePort(bed, udp(IN1, 5000, OUT1, 53));
        bed.fromOutside(udp(OUT1, 99, EXT1, port));
        assertThat(outsidePort(bed, udp(IN1, 5000, OUT1, 99))).isEqualTo(port);
        assertThat(bed.session(Protocol.UDP, "192.168.1.10:5000", "198.51.100.7:99")
                        .inbound()
                        .packets())
                .isEqualTo(1);
    }

    @Test
    void udpAndTcpHaveMappingsOfTheirOwn() {
        bed.fromInside(udp(IN2, 5000, OUT1, 53));
        assertThat(outsidePort(bed, udp(IN1, 5000, OUT1, 53))).isNotEqualTo(5000);
        assertThat(outsidePort(bed, tcp(IN1, 5000, OUT1, 53, TcpFlag.SYN))).isEqualTo(5000);
    }
}
