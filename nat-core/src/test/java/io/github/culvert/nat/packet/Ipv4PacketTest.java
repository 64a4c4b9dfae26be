package io.github.culvert.nat.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.culvert.nat.packet.Parsed.Malformed;
import io.github.culvert.nat.refusal.Layer;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.packet.GoldenPacket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The IPv4 header as a value. */
class Ipv4PacketTest {
    @Test
    void readsEveryField() {
        Ipv4Packet packet = GoldenPacket.TCP_DATA.packet();

        assertThat(packet.headerLength()).isEqualTo(20);
        assertThat(packet.typeOfService()).isEqualTo(0x10);
        assertThat(packet.totalLength()).isEqualTo(43);
        assertThat(packet.identification()).isEqualTo(0x1234);
        assertThat(packet.dontFragment()).isTrue();
        assertThat(packet.moreFragments()).isFalse();
        assertThat(packet.isFragment()).isFalse();
        assertThat(packet.fragmentOffset()).isZero();
        assertThat(packet.ttl()).isEqualTo(51);
        assertThat(packet.protocol()).isEqualTo(6);
        assertThat(packet.headerChecksum()).isEqualTo(0x499c);
        assertThat(packet.source()).isEqualTo(Ipv4Address.parse("198.51.100.7"));
        assertThat(packet.destination()).isEqualTo(Ipv4Address.parse("192.168.1.10"));
        assertThat(packet.options()).isEqualTo(Octets.empty());
        assertThat(packet.payload()).isEqualTo(packet.octets().from(20));
    }

    @Test
    void readsFragments() {
        Ipv4Packet first = GoldenPacket.FIRST_FRAGMENT.packet();
        Ipv4Packet last = GoldenPacket.LAST_FRAGMENT.packet();

        assertThat(first.isFragment()).isTrue();
        assertThat(first.moreFragments()).isTrue();
        assertThat(first.transport()).isInstanceOf(UdpDatagram.class);
        assertThat(((UdpDatagram) first.transport()).length()).isEqualTo(24);
        assertThat(((UdpDatagram) first.transport()).payload()).isEqualTo(Octets.fromHex("6162636465666768"));
        assertThat(((UdpDatagram) first.transport()).checksumValid(first.source(), first.destination()))
                .isFalse();
        assertThat(last.isFragment()).isTrue();
        assertThat(last.moreFragments()).isFalse();
        assertThat(last.fragmentOffset()).isEqualTo(16);
        assertThat(last.transport()).isEqualTo(new OpaquePayload(Octets.fromHex("696a6b6c6d6e6f70")));
    }

    @Test
    @Tag("NAT-IP-05")
    void readsPortsBehindOptions() {
        Ipv4Packet packet = GoldenPacket.UDP_WITH_OPTIONS.packet();

        assertThat(packet.options()).isEqualTo(Octets.fromHex("01010100"));
        assertThat(((UdpDatagram) packet.transport()).sourcePort()).isEqualTo(5000);
        assertThat(packet.hasSourceRoute()).isFalse();
        assertThat(Ipv4Packet.builder()
                        .options(Octets.fromHex("830704c633640700"))
                        .build()
                        .hasSourceRoute())
                .isTrue();
    }

    @Test
    void leavesUnknownProtocolsAlone() {
        assertThat(GoldenPacket.UNKNOWN.packet().transport()).isEqualTo(new OpaquePayload(Octets.fromHex("010203")));
    }

    @Test
    @Tag("NAT-IP-02")
    void cutsThePaddingOfTheLink() {
        Octets padded = GoldenPacket.UDP.octets().then(Octets.fromHex("ffffff"));

        Ipv4Packet packet = Ipv4Packet.parse(padded).orElseThrow();

        assertThat(packet).isEqualTo(GoldenPacket.UDP.packet());
        assertThat(packet.octets().length()).isEqualTo(32);
    }

    @Test
    void saysWhatIsWrongAndWhere() {
        Octets octets =
                Ipv4Packet.builder().transport(UdpDatagram.builder().length(7)).octets();

        assertThat(Ipv4Packet.parse(octets)).isEqualTo(new Malformed<>(Refusal.BAD_UDP_LENGTH, Layer.UDP, 24, 8, 7));
        assertThatThrownBy(() -> Ipv4Packet.parse(octets).orElseThrow())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("BAD_UDP_LENGTH in UDP at offset 24: needed 8, had 7");
        assertThatThrownBy(() -> new Ipv4Packet(octets)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void judgesTransportChecksums() {
        assertThat(GoldenPacket.UDP.packet().transportChecksumWrong()).isFalse();
        Ipv4Packet wrong = Ipv4Packet.builder()
                .transport(UdpDatagram.builder().checksum(0x1234))
                .build();

        assertThat(wrong.transportChecksumWrong()).isTrue();
    }

    @Test
    void aViewOfAnotherKindIsRefused() {
        Octets reply = IcmpMessage.builder().echoReply(1, 1).octets(new Ipv4Address(0), new Ipv4Address(0));

        assertThatThrownBy(() -> new IcmpError(reply)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new UdpDatagram(Octets.fromHex("00"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PlainGre(Octets.fromHex("20010000"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new L2tpv3Control(Octets.fromHex("00000001")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
