package io.github.culvert.nat.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.testkit.packet.GoldenPacket;
import io.github.culvert.nat.testkit.packet.PacketMemory;
import io.github.culvert.nat.testkit.packet.PlainSum;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which transport checksums are wrong. */
class TransportSumTest {
    @ParameterizedTest
    @EnumSource
    void noGoldenPacketIsWrong(GoldenPacket golden) {
        assertThat(isWrong(golden.octets())).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"UDP", "UDP_WITH_OPTIONS", "TCP_SYN", "TCP_DATA", "ICMP_ECHO", "ICMP_TOO_BIG"})
    void everyByteOfTheTransportCounts(GoldenPacket golden) {
        Ipv4Packet packet = golden.packet();
        int checksum = PlainSum.transportOffset(packet);
        for (int at = packet.headerLength(); at < packet.totalLength(); at++) {
            byte[] bytes = packet.octets().toByteArray();
            bytes[at] ^= 0x10;
            boolean lengthOfUdp = packet.protocol() == UdpLayout.PROTOCOL && (at & ~1) == checksum - 2;
            assertThat(lengthOfUdp || isWrong(Octets.of(bytes)))
                    .as("byte %d", at)
                    .isTrue();
        }
    }

    @Test
    void theAddressesCountForUdpAndTcpOnly() {
        assertThat(isWrong(withOtherSource(GoldenPacket.UDP))).isTrue();
        assertThat(isWrong(withOtherSource(GoldenPacket.TCP_DATA))).isTrue();
        assertThat(isWrong(withOtherSource(GoldenPacket.ICMP_ECHO))).isFalse();
        assertThat(isWrong(withOtherSource(GoldenPacket.UDP_WITHOUT_CHECKSUM))).isFalse();
    }

    /** 46 bytes on the link, of which 33 are the packet, so that UDP counts 13. */
    @Test
    @Tag("NAT-IP-02")
    void paddingDoesNotCount() {
        Octets padded = Ipv4Packet.builder()
                .source("192.168.1.10")
                .destination("198.51.100.7")
                .udp(5000, 53, Octets.fromHex("6162636465"))
                .linkPadding(Octets.fromHex("ffffffffffffffffffffffffff"))
                .octets();

        assertThat(padded.length()).isEqualTo(46);
        assertThat(isWrong(padded)).isFalse();
    }

    private static Octets withOtherSource(GoldenPacket golden) {
        byte[] bytes = golden.octets().toByteArray();
        bytes[15] ^= 1;
        return Octets.of(bytes);
    }

    private static boolean isWrong(Octets packet) {
        try (PacketMemory.Held held = PacketMemory.ARRAY.hold(packet)) {
            return TransportSum.isWrong(held.window());
        }
    }
}
