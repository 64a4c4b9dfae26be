package io.github.culvert.nat.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.packet.Ipv4Builder;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.TcpSegment;
import io.github.culvert.nat.packet.TransportBuilder;
import io.github.culvert.nat.packet.UdpDatagram;
import io.github.culvert.nat.refusal.Layer;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.packet.GoldenPacket;
import io.github.culvert.nat.testkit.packet.PacketMemory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Refusals of the IPv4, UDP, TCP and ICMP headers, each with the place and the numbers. */
class HeaderCheckTest {
    private static final Octets DATA = Octets.fromHex("61626364");

    private final HeaderCheck check = new HeaderCheck();

    @Test
    @Tag("NAT-IP-01")
    void refusesNineteenBytes() {
        assertRefused(GoldenPacket.UDP.octets().slice(0, 19), Refusal.SHORT_IP_HEADER, Layer.IPV4, 0, 20, 19);
    }

    @Test
    @Tag("NAT-IP-01")
    void refusesAnEmptyPacket() {
        assertRefused(Octets.empty(), Refusal.SHORT_IP_HEADER, Layer.IPV4, 0, 20, 0);
    }

    @Test
    @Tag("NAT-IP-01")
    void refusesVersion5() {
        assertRefused(udp().version(5).octets(), Refusal.BAD_IP_VERSION, Layer.IPV4, 0, 4, 5);
    }

    @Test
    @Tag("NAT-IP-01")
    void refusesAHeaderOfFourWords() {
        assertRefused(udp().headerLength(16).octets(), Refusal.BAD_HEADER_LENGTH, Layer.IPV4, 0, 20, 16);
    }

    @Test
    @Tag("NAT-IP-01")
    void refusesATotalLengthBelowTheHeader() {
        assertRefused(udp().totalLength(19).octets(), Refusal.BAD_TOTAL_LENGTH, Layer.IPV4, 2, 20, 19);
    }

    @Test
    @Tag("NAT-IP-01")
    void refusesATotalLengthAboveWhatIsThere() {
        Octets sixty =
                udp().totalLength(100).linkPadding(Octets.of(new byte[28])).octets();

        assertThat(sixty.length()).isEqualTo(60);
        assertRefused(sixty, Refusal.CUT_SHORT, Layer.IPV4, 2, 100, 60);
    }

    @Test
    @Tag("NAT-IP-02")
    void leavesPaddingAlone() {
        Octets padded = udp().linkPadding(Octets.fromHex("ffff")).octets();

        assertThat(passes(padded)).isTrue();
        assertThat(check.totalLength()).isEqualTo(32);
    }

    @Test
    @Tag("NAT-IP-03")
    void refusesAWrongHeaderChecksum() {
        byte[] bytes = GoldenPacket.UDP.octets().toByteArray();
        bytes[11] ^= 1;

        assertRefused(Octets.of(bytes), Refusal.BAD_IP_CHECKSUM, Layer.IPV4, 10, 0x3cac, 0x3cad);
    }

    @Test
    @Tag("NAT-IP-05")
    void refusesAnOptionOfLength0() {
        Octets packet = udp().options(Octets.fromHex("83000000")).octets();

        assertRefused(packet, Refusal.BAD_OPTION, Layer.IPV4_OPTION, 20, 2, 0);
    }

    @Test
    @Tag("NAT-IP-05")
    void refusesAnOptionOfLength1BehindOthers() {
        Octets packet = udp().options(Octets.fromHex("01010701")).octets();

        assertRefused(packet, Refusal.BAD_OPTION, Layer.IPV4_OPTION, 22, 2, 1);
    }

    @Test
    @Tag("NAT-IP-05")
    void refusesAnOptionPastTheHeader() {
        Octets packet = udp().options(Octets.fromHex("01440400 aa070700")).octets();

        assertRefused(packet, Refusal.BAD_OPTION, Layer.IPV4_OPTION, 25, 7, 3);
    }

    @Test
    @Tag("NAT-IP-05")
    void refusesAnOptionWhoseLengthIsPastTheHeader() {
        Octets packet = udp().options(Octets.fromHex("01010144")).octets();

        assertRefused(packet, Refusal.BAD_OPTION, Layer.IPV4_OPTION, 23, 2, 1);
    }

    @Test
    @Tag("NAT-IP-05")
    void seesASourceRouteAndLeavesTheDecisionToTheCaller() {
        assertThat(passes(udp().options(Octets.fromHex("830704C633640700")).octets()))
                .isTrue();
        assertThat(check.hasSourceRoute()).as("loose").isTrue();
        assertThat(passes(udp().options(Octets.fromHex("01890704C6336407")).octets()))
                .isTrue();
        assertThat(check.hasSourceRoute()).as("strict").isTrue();
        assertThat(passes(GoldenPacket.UDP.octets())).isTrue();
        assertThat(check.hasSourceRoute()).as("none").isFalse();
    }

    @Test
    @Tag("NAT-IP-05")
    void walksNoOperationsAndStopsAtTheEnd() {
        assertThat(passes(GoldenPacket.UDP_WITH_OPTIONS.octets())).isTrue();
        assertThat(check.headerLength()).isEqualTo(24);
        assertThat(passes(udp().options(Octets.fromHex("01014402")).octets()))
                .as("the last two bytes may be an option")
                .isTrue();
        assertThat(passes(udp().options(Octets.fromHex("00830000")).octets()))
                .as("behind the end there is only padding")
                .isTrue();
        assertThat(check.hasSourceRoute()).isFalse();
    }

    @Test
    @Tag("NAT-IP-07")
    void refusesAUdpLengthBelowItsHeader() {
        Octets packet = packet(UdpDatagram.builder().payload(DATA).length(7));

        assertRefused(packet, Refusal.BAD_UDP_LENGTH, Layer.UDP, 24, 8, 7);
    }

    @Test
    @Tag("NAT-IP-07")
    void refusesAUdpLengthAboveThePayload() {
        Octets packet = packet(UdpDatagram.builder().payload(DATA).length(13));

        assertRefused(packet, Refusal.BAD_UDP_LENGTH, Layer.UDP, 24, 13, 12);
    }

    @Test
    @Tag("NAT-IP-07")
    void takesAUdpLengthBelowThePayload() {
        assertThat(passes(packet(UdpDatagram.builder().payload(DATA).length(10))))
                .isTrue();
    }

    @Test
    @Tag("NAT-IP-07")
    void refusesATcpOffsetBelowItsHeader() {
        Octets packet = packet(TcpSegment.builder().headerLength(16));

        assertRefused(packet, Refusal.BAD_TCP_OFFSET, Layer.TCP, 32, 20, 16);
    }

    @Test
    @Tag("NAT-IP-07")
    void refusesATcpOffsetOutsideTheSegment() {
        Octets packet = packet(TcpSegment.builder().headerLength(28).payload(DATA));

        assertRefused(packet, Refusal.BAD_TCP_OFFSET, Layer.TCP, 32, 28, 24);
    }

    @Test
    @Tag("NAT-IP-07")
    void refusesTransportHeadersThatAreCut() {
        assertCut(17, 7, Layer.UDP, 8);
        assertCut(6, 19, Layer.TCP, 20);
        assertCut(1, 7, Layer.ICMP, 8);
    }

    @Test
    @Tag("NAT-IP-07")
    void ofAFirstFragmentTakesALengthThatCountsWhatFollows() {
        assertThat(passes(GoldenPacket.FIRST_FRAGMENT.octets())).isTrue();
    }

    @Test
    @Tag("NAT-IP-07")
    void ofALaterFragmentLooksAtNoTransportHeader() {
        Octets packet = Ipv4Packet.builder()
                .protocol(6)
                .fragmentOffset(16)
                .payload(Octets.fromHex("00"))
                .octets();

        assertThat(passes(packet)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void judgesAlikeInEveryMemory(PacketMemory memory) {
        try (PacketMemory.Held held = memory.hold(GoldenPacket.TCP_SYN.octets())) {
            assertThat(check.passes(held.window())).isTrue();
        }
        try (PacketMemory.Held held = memory.hold(packet(TcpSegment.builder().headerLength(16)))) {
            assertThat(check.passes(held.window())).isFalse();
            assertThat(check.refusal()).isEqualTo(Refusal.BAD_TCP_OFFSET);
        }
    }

    private void assertCut(int protocol, int length, Layer layer, int needed) {
        Octets packet = Ipv4Packet.builder()
                .protocol(protocol)
                .payload(Octets.of(new byte[length]))
                .octets();
        assertRefused(packet, Refusal.SHORT_TRANSPORT_HEADER, layer, 20, needed, length);
    }

    private void assertRefused(Octets packet, Refusal refusal, Layer layer, int offset, int needed, int had) {
        assertThat(passes(packet)).isFalse();
        assertThat(check.refusal()).isEqualTo(refusal);
        assertThat(check.layer()).isEqualTo(layer);
        assertThat(check.offset()).as("offset").isEqualTo(offset);
        assertThat(check.needed()).as("needed").isEqualTo(needed);
        assertThat(check.had()).as("had").isEqualTo(had);
    }

    private boolean passes(Octets packet) {
        PacketWindow window = new PacketWindow();
        window.open(packet.toByteArray(), 0, packet.length());
        return check.passes(window);
    }

    private static Octets packet(TransportBuilder transport) {
        return Ipv4Packet.builder().transport(transport).octets();
    }

    private static Ipv4Builder udp() {
        return Ipv4Packet.builder()
                .source("192.168.1.10")
                .destination("198.51.100.7")
                .udp(5000, 53, DATA);
    }
}
