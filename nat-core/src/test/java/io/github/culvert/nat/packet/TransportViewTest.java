package io.github.culvert.nat.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.testkit.packet.GoldenPacket;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Every accessor of UDP, TCP and the tunnels gives what the golden bytes say. */
class TransportViewTest {
    @Test
    void udp() {
        Ipv4Packet packet = GoldenPacket.UDP.packet();
        UdpDatagram udp = (UdpDatagram) packet.transport();

        assertThat(udp.sourcePort()).isEqualTo(5000);
        assertThat(udp.destinationPort()).isEqualTo(53);
        assertThat(udp.length()).isEqualTo(12);
        assertThat(udp.checksum()).isEqualTo(0x3b65);
        assertThat(udp.payload()).isEqualTo(Octets.fromHex("61626364"));
        assertThat(udp.checksumValid(packet.source(), packet.destination())).isTrue();
        assertThat(udp.checksumValid(packet.source(), packet.source())).isFalse();
        assertThat(UdpDatagram.parse(udp.octets()).orElseThrow()).isEqualTo(udp);
    }

    @Test
    void udpWithoutChecksumIsValid() {
        Ipv4Packet packet = GoldenPacket.UDP_WITHOUT_CHECKSUM.packet();
        UdpDatagram udp = (UdpDatagram) packet.transport();

        assertThat(udp.checksum()).isZero();
        assertThat(udp.checksumValid(packet.source(), packet.destination())).isTrue();
    }

    @Test
    void udpEndsAtItsOwnLength() {
        UdpDatagram udp =
                UdpDatagram.parse(Octets.fromHex("1388003500090000 61 ffff")).orElseThrow();

        assertThat(udp.payload()).isEqualTo(Octets.fromHex("61"));
    }

    @Test
    void tcpSyn() {
        TcpSegment tcp = (TcpSegment) GoldenPacket.TCP_SYN.packet().transport();

        assertThat(tcp.sourcePort()).isEqualTo(49152);
        assertThat(tcp.destinationPort()).isEqualTo(443);
        assertThat(tcp.sequence()).isEqualTo(4294967294L);
        assertThat(tcp.acknowledgment()).isZero();
        assertThat(tcp.headerLength()).isEqualTo(40);
        assertThat(tcp.flags()).isEqualTo(TcpFlag.SYN.bit());
        assertThat(tcp.window()).isEqualTo(64240);
        assertThat(tcp.checksum()).isEqualTo(0x9f66);
        assertThat(tcp.options()).isEqualTo(Octets.fromHex("020405b4 0402 080a0000000100000000 01 030307"));
        assertThat(tcp.payload()).isEqualTo(Octets.empty());
    }

    @Test
    void tcpData() {
        Ipv4Packet packet = GoldenPacket.TCP_DATA.packet();
        TcpSegment tcp = (TcpSegment) packet.transport();

        assertThat(tcp.acknowledgment()).isEqualTo(4294967295L);
        assertThat(TcpFlag.values())
                .filteredOn(tcp::has)
                .containsExactly(TcpFlag.FIN, TcpFlag.PSH, TcpFlag.ACK, TcpFlag.URG, TcpFlag.ECE, TcpFlag.CWR);
        assertThat(tcp.urgentPointer()).isEqualTo(3);
        assertThat(tcp.options()).isEqualTo(Octets.empty());
        assertThat(tcp.payload()).isEqualTo(Octets.fromHex("486921"));
        assertThat(tcp.checksumValid(packet.source(), packet.destination())).isTrue();
        assertThat(tcp.checksumValid(packet.source(), packet.source())).isFalse();
        assertThat(TcpSegment.parse(tcp.octets()).orElseThrow()).isEqualTo(tcp);
    }

    @Test
    void plainGre() {
        PlainGre gre = (PlainGre) GoldenPacket.GRE_PLAIN.packet().transport();

        assertThat(gre.version()).isZero();
        assertThat(gre.protocolType()).isEqualTo(0x0800);
        assertThat(gre.checksum()).isEqualTo(OptionalInt.of(0xec57));
        assertThat(gre.key()).isEqualTo(OptionalLong.of(0xbeef));
        assertThat(gre.sequence()).isEqualTo(OptionalLong.of(9));
        assertThat(gre.payload()).isEqualTo(Octets.fromHex("deadbe"));
        assertThat(gre.checksumValid()).isTrue();
    }

    @Test
    void plainGreWithNothingButItsHeader() {
        PlainGre gre = (PlainGre) GrePacket.parse(Octets.fromHex("00000800 aa")).orElseThrow();

        assertThat(gre.checksum()).isEmpty();
        assertThat(gre.key()).isEmpty();
        assertThat(gre.sequence()).isEmpty();
        assertThat(gre.payload()).isEqualTo(Octets.fromHex("aa"));
        assertThat(gre.checksumValid()).isTrue();
        PlainGre wrong =
                (PlainGre) GrePacket.parse(Octets.fromHex("80000800 00010000")).orElseThrow();
        assertThat(wrong.checksumValid()).isFalse();
    }

    @Test
    void enhancedGre() {
        EnhancedGre gre = (EnhancedGre) GoldenPacket.GRE_ENHANCED.packet().transport();

        assertThat(gre.version()).isEqualTo(1);
        assertThat(gre.protocolType()).isEqualTo(0x880b);
        assertThat(gre.payloadLength()).isEqualTo(4);
        assertThat(gre.callId()).isEqualTo(0x1234);
        assertThat(gre.sequence()).isEqualTo(OptionalLong.of(5));
        assertThat(gre.acknowledgment()).isEqualTo(OptionalLong.of(0xffff_ffffL));
        assertThat(gre.payload()).isEqualTo(Octets.fromHex("ff03c021"));
    }

    @Test
    void enhancedGreThatOnlyAcknowledges() {
        EnhancedGre gre = (EnhancedGre) GoldenPacket.GRE_ACKNOWLEDGMENT.packet().transport();

        assertThat(gre.sequence()).isEmpty();
        assertThat(gre.acknowledgment()).isEqualTo(OptionalLong.of(5));
        assertThat(gre.payload()).isEqualTo(Octets.empty());
    }

    @Test
    void greOfAnotherVersion() {
        GrePacket gre = GrePacket.parse(Octets.fromHex("30018000")).orElseThrow();

        assertThat(gre).isInstanceOf(GreOther.class);
        assertThat(gre.version()).isEqualTo(1);
        assertThat(gre.protocolType()).isEqualTo(0x8000);
    }

    @Test
    void esp() {
        EspPacket esp = (EspPacket) GoldenPacket.ESP.packet().transport();

        assertThat(esp.spi()).isEqualTo(0xc1000001L);
        assertThat(esp.sequence()).isEqualTo(2);
        assertThat(esp.payload()).isEqualTo(Octets.fromHex("a0a1a2a3a4a5a6a7"));
        assertThat(EspPacket.parse(esp.octets()).orElseThrow()).isEqualTo(esp);
    }

    @Test
    void ah() {
        AhPacket ah = (AhPacket) GoldenPacket.AH.packet().transport();

        assertThat(ah.nextHeader()).isEqualTo(6);
        assertThat(ah.headerLength()).isEqualTo(24);
        assertThat(ah.spi()).isEqualTo(0xc1000002L);
        assertThat(ah.sequence()).isEqualTo(3);
        assertThat(ah.icv()).isEqualTo(Octets.fromHex("000102030405060708090a0b"));
        assertThat(ah.payload()).isEqualTo(Octets.fromHex("50515253"));
        assertThat(AhPacket.parse(ah.octets()).orElseThrow()).isEqualTo(ah);
    }

    @Test
    void l2tpv3Data() {
        L2tpv3Data data = (L2tpv3Data) GoldenPacket.L2TPV3_DATA.packet().transport();

        assertThat(data.sessionId()).isEqualTo(0x101);
        assertThat(data.cookieAndPayload()).isEqualTo(Octets.fromHex("c0c1c2c3 d0d1d2"));
        assertThat(L2tpv3Packet.parse(data.octets()).orElseThrow()).isEqualTo(data);
    }

    @Test
    void l2tpv3Control() {
        L2tpv3Control control =
                (L2tpv3Control) GoldenPacket.L2TPV3_CONTROL.packet().transport();

        assertThat(control.length()).isEqualTo(20);
        assertThat(control.connectionId()).isEqualTo(7);
        assertThat(control.ns()).isEqualTo(2);
        assertThat(control.nr()).isEqualTo(3);
        assertThat(control.avps()).isEqualTo(Octets.fromHex("8008000000000014"));
    }
}
