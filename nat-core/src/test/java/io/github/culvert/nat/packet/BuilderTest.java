package io.github.culvert.nat.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.culvert.nat.testkit.packet.GoldenPacket;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The builders give the golden bytes, lengths and checksums included, and wrong values where they are told to. */
class BuilderTest {
    private static final Octets ABCD = Octets.fromHex("61626364");
    private static final Ipv4Address ANY = new Ipv4Address(0);

    @Test
    void udp() {
        assertThat(outbound().udp(5000, 53, ABCD).build()).isEqualTo(GoldenPacket.UDP.packet());
        assertThat(outbound()
                        .options(Octets.fromHex("010101"))
                        .udp(5000, 53, ABCD)
                        .build())
                .isEqualTo(GoldenPacket.UDP_WITH_OPTIONS.packet());
        assertThat(outbound()
                        .transport(UdpDatagram.builder()
                                .ports(5000, 53)
                                .payload(ABCD)
                                .checksum(0))
                        .build())
                .isEqualTo(GoldenPacket.UDP_WITHOUT_CHECKSUM.packet());
    }

    @Test
    void tcp() {
        TcpBuilder syn = TcpSegment.builder()
                .ports(49152, 443)
                .sequence(4294967294L)
                .flags(TcpFlag.SYN)
                .window(64240)
                .options(Octets.fromHex("020405b4 0402 080a0000000100000000 01 030307"));
        TcpBuilder data = TcpSegment.builder()
                .ports(443, 49152)
                .sequence(4096)
                .acknowledgment(4294967295L)
                .flags(TcpFlag.FIN, TcpFlag.PSH, TcpFlag.URG, TcpFlag.ECE, TcpFlag.CWR)
                .window(502)
                .urgentPointer(3)
                .payload(Octets.fromHex("486921"));

        assertThat(outbound().transport(syn).build()).isEqualTo(GoldenPacket.TCP_SYN.packet());
        assertThat(outbound()
                        .source("198.51.100.7")
                        .destination("192.168.1.10")
                        .ttl(51)
                        .typeOfService(0x10)
                        .transport(data)
                        .build())
                .isEqualTo(GoldenPacket.TCP_DATA.packet());
    }

    @Test
    void icmp() {
        IcmpBuilder echo = IcmpMessage.builder().echoRequest(0x1111, 1).data(Octets.fromHex("70696e67"));
        Octets quoted = ((IcmpError) GoldenPacket.ICMP_TOO_BIG.packet().transport()).quotedOctets();
        IcmpBuilder tooBig = IcmpMessage.builder().fragmentationNeeded(1400).data(quoted);
        IcmpBuilder extended = IcmpMessage.builder()
                .type(11, 0)
                .query(0, 0)
                .quoting(quoted, Octets.fromHex("20007b82 00080101 12345140"));

        assertThat(outbound().transport(echo).build()).isEqualTo(GoldenPacket.ICMP_ECHO.packet());
        assertThat(fromRouter().transport(tooBig).build()).isEqualTo(GoldenPacket.ICMP_TOO_BIG.packet());
        assertThat(fromRouter().transport(extended).build()).isEqualTo(GoldenPacket.ICMP_WITH_EXTENSIONS.packet());
    }

    @Test
    void gre() {
        PlainGreBuilder plain =
                PlainGre.builder().withChecksum().key(0xbeef).sequence(9).payload(Octets.fromHex("deadbe"));
        EnhancedGreBuilder data = EnhancedGre.builder()
                .callId(0x1234)
                .sequence(5)
                .acknowledgment(0xffff_ffffL)
                .payload(Octets.fromHex("ff03c021"));
        EnhancedGreBuilder acknowledgment = EnhancedGre.builder().callId(0x1234).acknowledgment(5);

        assertThat(outbound().transport(plain).build()).isEqualTo(GoldenPacket.GRE_PLAIN.packet());
        assertThat(outbound().transport(data).build()).isEqualTo(GoldenPacket.GRE_ENHANCED.packet());
        assertThat(outbound().transport(acknowledgment).build()).isEqualTo(GoldenPacket.GRE_ACKNOWLEDGMENT.packet());
    }

    @Test
    void ipsec() {
        EspBuilder esp = EspPacket.builder().spi(0xc1000001L).sequence(2).payload(Octets.fromHex("a0a1a2a3a4a5a6a7"));
        AhBuilder ah = AhPacket.builder()
                .association(0xc1000002L, 3)
                .icv(Octets.fromHex("000102030405060708090a0b"))
                .payload(6, Octets.fromHex("50515253"));

        assertThat(outbound().transport(esp).build()).isEqualTo(GoldenPacket.ESP.packet());
        assertThat(outbound().transport(ah).build()).isEqualTo(GoldenPacket.AH.packet());
    }

    @Test
    void l2tpv3() {
        L2tpv3DataBuilder data = L2tpv3Data.builder()
                .sessionId(0x101)
                .cookie(Octets.fromHex("c0c1c2c3"))
                .payload(Octets.fromHex("d0d1d2"));
        L2tpv3ControlBuilder control =
                L2tpv3Control.builder().connectionId(7).numbers(2, 3).avps(Octets.fromHex("8008000000000014"));

        assertThat(outbound().transport(data).build()).isEqualTo(GoldenPacket.L2TPV3_DATA.packet());
        assertThat(outbound().transport(control).build()).isEqualTo(GoldenPacket.L2TPV3_CONTROL.packet());
    }

    @Test
    void fragments() {
        Octets datagram = Octets.fromHex("1388003500181234 6162636465666768 696a6b6c6d6e6f70");
        Ipv4Builder fragment = Ipv4Packet.builder()
                .source("192.168.1.10")
                .destination("198.51.100.7")
                .identification(0x1234)
                .protocol(17);

        assertThat(fragment.payload(datagram.slice(0, 16)).moreFragments().build())
                .isEqualTo(GoldenPacket.FIRST_FRAGMENT.packet());
        Ipv4Packet middle =
                fragment.fragmentOffset(16).payload(datagram.from(16)).build();
        assertThat(middle.fragmentOffset()).isEqualTo(16);
        assertThat(middle.moreFragments()).isTrue();
        assertThat(outbound().protocol(97).payload(Octets.fromHex("010203")).build())
                .isEqualTo(GoldenPacket.UNKNOWN.packet());
    }

    @Test
    void writesWrongValuesWhereToldTo() {
        assertThat(outbound().version(6).octets().u8(0) >>> 4).isEqualTo(6);
        assertThat(outbound().headerLength(16).octets().u8(0)).isEqualTo(0x44);
        assertThat(outbound().totalLength(7).octets().u16(2)).isEqualTo(7);
        assertThat(outbound().headerChecksum(0xbad).octets().u16(10)).isEqualTo(0xbad);
        assertThat(UdpDatagram.builder().length(7).octets(ANY, ANY).u16(4)).isEqualTo(7);
        assertThat(UdpDatagram.builder().checksum(0xbad).octets(ANY, ANY).u16(6))
                .isEqualTo(0xbad);
        assertThat(TcpSegment.builder().headerLength(16).octets(ANY, ANY).u8(12))
                .isEqualTo(0x40);
        assertThat(TcpSegment.builder().checksum(0xbad).octets(ANY, ANY).u16(16))
                .isEqualTo(0xbad);
        assertThat(IcmpMessage.builder().checksum(0xbad).octets(ANY, ANY).u16(2))
                .isEqualTo(0xbad);
        assertThat(EnhancedGre.builder().payloadLength(9).octets(ANY, ANY).u16(4))
                .isEqualTo(9);
        assertThat(AhPacket.builder().headerLength(8).octets(ANY, ANY).u8(1)).isZero();
        assertThat(L2tpv3Control.builder().length(9).octets(ANY, ANY).u16(6)).isEqualTo(9);
        assertThatThrownBy(() -> outbound().totalLength(7).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("BAD_TOTAL_LENGTH");
    }

    @Test
    void refusesWhatNoFieldCanHold() {
        assertRefused(builder -> builder.ttl(256), "TTL 256 is not within 0..255");
        assertRefused(builder -> builder.identification(-1), "identification -1 is not within 0..65535");
        assertRefused(builder -> builder.udp(0, 65536, ABCD), "destination port 65536 is not within 0..65535");
        assertRefused(
                builder -> builder.payload(Octets.of(new byte[65516])).octets(),
                "total length 65536 is not within 0..65535");
        assertRefused(
                builder -> builder.options(Octets.of(new byte[41])).octets(), "header length 64 is not within 0..63");
    }

    private static void assertRefused(Consumer<Ipv4Builder> setting, String message) {
        assertThatThrownBy(() -> setting.accept(outbound()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static Ipv4Builder outbound() {
        return Ipv4Packet.builder()
                .source("192.168.1.10")
                .destination("198.51.100.7")
                .identification(0x1234)
                .dontFragment();
    }

    private static Ipv4Builder fromRouter() {
        return Ipv4Packet.builder()
                .source("198.51.100.254")
                .destination("203.0.113.1")
                .identification(0x1234)
                .ttl(254);
    }
}
