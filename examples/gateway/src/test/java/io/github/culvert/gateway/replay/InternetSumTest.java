package io.github.culvert.gateway.replay;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class InternetSumTest {
    @Test
    void theExampleOfRfc1624() {
        assertThat(InternetSum.afterChange(0xdd2f, 0x5555, 0x3285)).isZero();
    }

    @Property(tries = 500)
    void aChangeThereAndBackChangesNothing(
            @ForAll @IntRange(max = 0xfffe) int checksum,
            @ForAll @IntRange(max = 0xffff) int from,
            @ForAll @IntRange(max = 0xffff) int to) {
        int there = InternetSum.afterChange(checksum, from, to);
        assertThat(InternetSum.afterChange(there, to, from)).isEqualTo(checksum);
    }

    @Property(tries = 500)
    void aChangedPacketHasTheChecksumOfANewOne(
            @ForAll @Size(max = 20) byte[] payload, @ForAll @IntRange(min = 1, max = 0xffff) int port) {
        String data = java.util.HexFormat.of().formatHex(payload);
        Datagram before = new Datagram(Packets.udp("192.168.1.10:5000", "198.51.100.7:53", data));
        Datagram after = new Datagram(Packets.udp("192.168.1.10:" + port, "198.51.100.7:53", data));

        int changed = InternetSum.afterChange(before.u16(26), 5000, port);

        assertThat(changed % 0xffff).isEqualTo(after.u16(26) % 0xffff);
        assertThat(InternetSum.transport(after)).hasValue(after.u16(26));
        assertThat(InternetSum.headerIsRight(after)).isTrue();
    }

    @Test
    void worksOutTransportChecksums() {
        byte[] tcp = Packets.tcp("192.168.1.10:5000", "198.51.100.7:80", 2, "616263");
        byte[] icmp = Packets.icmp("192.168.1.10", "198.51.100.7", 8, 0x00070001, (byte) 1);
        assertThat(InternetSum.transport(new Datagram(tcp))).hasValue(new Datagram(tcp).u16(36));
        assertThat(InternetSum.transport(new Datagram(icmp))).hasValue(new Datagram(icmp).u16(22));
        assertThat(InternetSum.transport(new Datagram(Packets.hex(Packets.CKS_03_INSIDE))))
                .hasValue(0x3b65);
    }

    @Test
    void aUdpChecksumOfZeroIsWrittenAsFfff() {
        byte[] packet = Packets.hex("4500002012344000 4011 3CAC C0A8010A C6336407 1388 0035 000C 0308 61629BC1");
        assertThat(InternetSum.transport(new Datagram(packet))).hasValue(0x0308);

        Edit.endpoint(new Datagram(packet), Place.SOURCE, Packets.endpoint("203.0.113.1:40000"));

        assertThat(new Datagram(packet).u16(26)).isEqualTo(0xffff);
        assertThat(InternetSum.transport(new Datagram(packet))).hasValue(0xffff);
    }

    @Test
    void saysWhatIsWrongAndWhatCannotBeTold() {
        byte[] udp = Packets.udp("192.168.1.10:5000", "198.51.100.7:53", "61626364");
        assertThat(wrong(udp)).isFalse();
        assertThat(wrong(Packets.with(udp, 26, 0x1111))).as("another value").isTrue();
        assertThat(wrong(Packets.with(udp, 26, 0))).as("absent").isFalse();
        assertThat(wrong(Packets.with(Packets.with(udp, 26, 0x1111), 6, 0x2000)))
                .as("a fragment")
                .isFalse();
        assertThat(wrong(java.util.Arrays.copyOf(Packets.with(udp, 26, 0x1111), 30)))
                .as("cut short")
                .isFalse();
        byte[] tcp = Packets.tcp("192.168.1.10:5000", "198.51.100.7:80", 2, "");
        assertThat(wrong(Packets.with(tcp, 36, 0))).as("TCP has no absent one").isTrue();
        assertThat(wrong(Packets.other("192.168.1.10", "198.51.100.7", 47, "00")))
                .as("no checksum known")
                .isFalse();
    }

    private static boolean wrong(byte... packet) {
        return InternetSum.transportIsWrong(new Datagram(packet));
    }

    @Test
    void aHeaderThatIsNotThereHasNoRightChecksum() {
        byte[] longHeader = Packets.hex("4f000014 00000000 40110000 c0a8010a c6336407");
        assertThat(InternetSum.headerIsRight(new Datagram(longHeader))).isFalse();
        byte[] shortHeader = Packets.hex("41000014 00000000 40110000 c0a8010a c6336407");
        assertThat(InternetSum.headerIsRight(new Datagram(shortHeader))).isFalse();
    }
}
