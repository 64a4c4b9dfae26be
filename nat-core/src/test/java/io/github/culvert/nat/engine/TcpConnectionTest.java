package io.github.culvert.nat.engine;

import static io.github.culvert.nat.packet.TcpFlag.ACK;
import static io.github.culvert.nat.packet.TcpFlag.FIN;
import static io.github.culvert.nat.packet.TcpFlag.RST;
import static io.github.culvert.nat.packet.TcpFlag.SYN;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.IN3;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.bed.Packets.OUT2;
import static io.github.culvert.nat.testkit.bed.Packets.ipv4;
import static io.github.culvert.nat.testkit.bed.Packets.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.packet.TcpSegment;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.bed.NatBed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** TCP through the NAT: RFC 5382, RFC 7857. */
class TcpConnectionTest {
    private final NatBed bed = NatBed.standard();

    private boolean out(TcpFlag... flags) {
        return bed.fromInside(tcp(IN1, 4000, OUT1, 80, flags)).isForwarded();
    }

    @Test
    @Tag("NAT-TCP-01")
    void oneInsideEndpointHasOnePublicEndpointForAllRemotes() {
        bed.fromInside(tcp(IN3, 40_000, OUT1, 80, SYN));
        int port = bed.fromInside(tcp(IN1, 40_000, OUT1, 80, SYN))
                .packet()
                .octets()
                .u16(20);
        assertThat(port).isNotEqualTo(40_000);
        assertThat(bed.fromInside(tcp(IN1, 40_000, OUT2, 80, SYN))
                        .packet()
                        .octets()
                        .u16(20))
                .isEqualTo(port);
    }

    @Test
    void onlyASynOpensOrASegmentInTheMiddle() {
        assertThat(out(RST, ACK)).isFalse();
        assertThat(out(SYN, ACK)).isFalse();
        assertThat(out(SYN, FIN)).isFalse();
        assertThat(out(SYN, RST)).isFalse();
        assertThat(out()).isFalse();
        assertThat(bed.refused(Refusal.TCP_WITHOUT_SYN)).isEqualTo(5);
        assertThat(bed.sessions()).isEmpty();
    }

    @Test
    void aSynWithAWrongChecksumOpensNothing() {
        var segment = TcpSegment.builder().ports(4000, 80).flags(SYN).checksum(0x1234);
        assertThat(bed.fromInside(ipv4(IN1, OUT1).transport(segment).build()))
                .hasToString("refused BAD_TRANSPORT_CHECKSUM");
        assertThat(bed.sessions()).isEmpty();
    }

    @Test
    @Tag("NAT-PORT-05")
    void noDynamicMappingGetsThePortOfAForward() {
        bed.table()
                .addForward(new StaticForward(
                        Protocol.TCP, Endpoint.parse("203.0.113.1:1723"), Endpoint.parse("192.168.1.12:1723")));
        long refused = 0;
        for (int port = 1024; port < 65_536; port++) {
            Ipv4Address host = new Ipv4Address(IN1.bits() + port % 50);
            var out = bed.fromInside(tcp(host, port, OUT1, 80, SYN));
            assertThat(out.octets().u16(20)).isNotEqualTo(out.isForwarded() ? 1723 : -1);
            refused += out.isForwarded() ? 0 : 1;
        }
        assertThat(refused)
                .isEqualTo(bed.refused(Refusal.IDENTIFIERS_EXHAUSTED))
                .isEqualTo(1);
    }
}
