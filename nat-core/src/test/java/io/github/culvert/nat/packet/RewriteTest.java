package io.github.culvert.nat.packet;

import static io.github.culvert.nat.testkit.packet.PacketAssert.assertThatPacket;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.culvert.nat.testkit.packet.GoldenPacket;
import io.github.culvert.nat.testkit.packet.PlainSum;
import io.github.culvert.nat.wire.Checksum;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Translations byte for byte: 192.168.1.10 becomes 203.0.113.1, the port 40000, and one hop is taken. */
class RewriteTest {
    private static final Ipv4Address INSIDE = Ipv4Address.parse("192.168.1.10");
    private static final Ipv4Address PUBLIC = Ipv4Address.parse("203.0.113.1");
    private static final Rewrite OUTBOUND =
            Rewrite.of(End.SOURCE, INSIDE, 5000, PUBLIC, 40000).asHop();

    @Test
    @Tag("NAT-CKS-03")
    void udp() {
        Octets expected = Octets.fromHex("4500002012344000 3F11 C35C CB007101 C6336407 9C40 0035 000C 385D 61626364");

        assertThat(OUTBOUND.applyTo(GoldenPacket.UDP.packet(), ChecksumStatus.VERIFY)
                        .octets())
                .isEqualTo(expected);
    }

    @Test
    @Tag("NAT-CKS-03")
    void udpAnswer() {
        Ipv4Packet answer = Ipv4Packet.builder()
                .source("198.51.100.7")
                .destination(PUBLIC)
                .udp(53, 40000, Octets.fromHex("7778"))
                .build();

        assertThatPacket(OUTBOUND.answered().applyTo(answer, ChecksumStatus.VERIFY))
                .isFrom("198.51.100.7:53")
                .isTo("192.168.1.10:5000")
                .hasTtl(63)
                .hasRightChecksums();
    }

    @Test
    @Tag("NAT-CKS-04")
    void udpWithoutChecksumStaysWithout() {
        Ipv4Packet out = OUTBOUND.applyTo(GoldenPacket.UDP_WITHOUT_CHECKSUM.packet(), ChecksumStatus.VERIFY);

        assertThat(((UdpDatagram) out.transport()).checksum()).isZero();
        assertThatPacket(out).isFrom("203.0.113.1:40000").hasRightChecksums();
    }

    @Test
    @Tag("NAT-CKS-05")
    void aUdpChecksumThatBecomesZeroIsWrittenAsAllOnes() {
        Ipv4Packet in = udpFromInside(Octets.fromHex("61629BC1"));
        assertThat(((UdpDatagram) in.transport()).checksum()).isEqualTo(0x0308);

        Ipv4Packet out = OUTBOUND.applyTo(in, ChecksumStatus.VERIFY);

        assertThat(((UdpDatagram) out.transport()).checksum()).isEqualTo(0xffff);
        assertThat(out.transportChecksumWrong()).isFalse();
    }

    @Test
    @Tag("NAT-CKS-06")
    void aTcpChecksumThatBecomesZeroIsWrittenAsZero() {
        Ipv4Packet out =
                OUTBOUND.applyTo(withZeroAfterwards(TcpSegment.builder().ports(5000, 80)), ChecksumStatus.VERIFY);

        assertThat(((TcpSegment) out.transport()).checksum()).isZero();
        assertThat(out.transportChecksumWrong()).isFalse();
    }

    @Test
    @Tag("NAT-CKS-06")
    void anIcmpChecksumThatBecomesZeroIsWrittenAsZero() {
        int rest = 0xffff - 0x0800 - 40000;
        Ipv4Packet in = fromInside(IcmpMessage.builder().echoRequest(5000, rest));

        Ipv4Packet out = OUTBOUND.applyTo(in, ChecksumStatus.VERIFY);

        assertThat(((IcmpQuery) out.transport()).checksum()).isZero();
        assertThat(out.transportChecksumWrong()).isFalse();
    }

    /** Sums of other packets are never 0, so that 0 as a checksum stands for FFFF; that of this one is. */
    @Test
    @Tag("NAT-CKS-06")
    void anIcmpMessageOfZerosAloneGetsAllOnes() {
        Ipv4Packet in = Ipv4Packet.builder()
                .destination(PUBLIC)
                .transport(IcmpMessage.builder().echoReply(0xffff, 0).data(Octets.fromHex("00000000")))
                .build();
        assertThat(((IcmpQuery) in.transport()).checksum()).isZero();

        Ipv4Packet out = Rewrite.of(End.DESTINATION, PUBLIC, 0xffff, INSIDE, 0).applyTo(in, ChecksumStatus.VERIFY);

        assertThat(((IcmpQuery) out.transport()).checksum()).isEqualTo(0xffff);
        assertThatPacket(out).isTo("192.168.1.10:0").hasRightChecksums();
    }

    @ParameterizedTest
    @EnumSource(names = {"UDP", "TCP_SYN", "ICMP_ECHO"})
    @Tag("NAT-CKS-08")
    void aWrongChecksumStaysAsWrong(GoldenPacket golden) {
        Ipv4Packet right = golden.packet();
        int at = PlainSum.transportOffset(right);
        byte[] bytes = right.octets().toByteArray();
        bytes[at] ^= 1;
        Ipv4Packet wrong = new Ipv4Packet(Octets.of(bytes));

        int fromRight = OUTBOUND.applyTo(right, ChecksumStatus.VERIFY).octets().u16(at);
        int fromWrong = OUTBOUND.applyTo(wrong, ChecksumStatus.VERIFY).octets().u16(at);

        int error = Checksum.delta16(right.octets().u16(at), wrong.octets().u16(at));
        assertThat(Checksum.delta16(fromRight, fromWrong)).isEqualTo(error).isIn(0x0100, 0xfeff);
    }

    @Test
    @Tag("NAT-ICMP-03")
    void ofAQueryOnlyTheIdentifierCounts() {
        Ipv4Packet out = Rewrite.of(End.SOURCE, INSIDE, 0x1111, PUBLIC, 0x2222)
                .applyTo(GoldenPacket.ICMP_ECHO.packet(), ChecksumStatus.VERIFY);

        assertThat(out.payload()).isEqualTo(Octets.fromHex("0800F70B 22220001 70696E67"));
        assertThatPacket(out).isFrom("203.0.113.1:8738").hasRightChecksums();
    }

    @Test
    void portsStandBehindOptions() {
        Ipv4Packet out = OUTBOUND.applyTo(GoldenPacket.UDP_WITH_OPTIONS.packet(), ChecksumStatus.VERIFY);

        assertThat(out.options()).isEqualTo(Octets.fromHex("01010100"));
        assertThatPacket(out)
                .isFrom("203.0.113.1:40000")
                .isTo("198.51.100.7:53")
                .hasTtl(63)
                .hasRightChecksums();
    }

    @ParameterizedTest
    @EnumSource(names = {"LAST_FRAGMENT", "GRE_ENHANCED", "ESP", "L2TPV3_DATA", "UNKNOWN"})
    void elsewhereOnlyTheAddressChanges(GoldenPacket golden) {
        Ipv4Packet out = OUTBOUND.applyTo(golden.packet(), ChecksumStatus.VERIFY);

        assertThat(out.source()).isEqualTo(PUBLIC);
        assertThat(out.ttl()).isEqualTo(63);
        assertThat(out.payload()).isEqualTo(golden.packet().payload());
        assertThatPacket(out).hasRightChecksums();
    }

    @Test
    void anIcmpErrorKeepsItsPayload() {
        Ipv4Packet in = GoldenPacket.ICMP_TOO_BIG.packet();

        Ipv4Packet out = OUTBOUND.answered().applyTo(in, ChecksumStatus.VERIFY);

        assertThat(out.destination()).isEqualTo(INSIDE);
        assertThat(out.payload()).isEqualTo(in.payload());
    }

    @Test
    void ofAFirstFragmentTheChecksumOfTheDatagramFollows() {
        Ipv4Packet out = OUTBOUND.applyTo(GoldenPacket.FIRST_FRAGMENT.packet(), ChecksumStatus.VERIFY);
        UdpDatagram udp = (UdpDatagram) out.transport();

        assertThat(udp.sourcePort()).isEqualTo(40000);
        assertThat(udp.checksum()).isEqualTo(0x1234 + 0x385d - 0x3b65);
    }

    @Test
    void withoutAHopTheTimeToLiveStays() {
        assertThat(OUTBOUND.undone()
                        .answered()
                        .applyTo(answerToInside(), ChecksumStatus.VERIFY)
                        .ttl())
                .isEqualTo(64);
    }

    @Test
    void whereNoHopIsLeftNoneIsTaken() {
        Ipv4Packet in = Ipv4Packet.builder()
                .source(INSIDE)
                .ttl(0)
                .udp(5000, 53, Octets.empty())
                .build();

        assertThatPacket(OUTBOUND.applyTo(in, ChecksumStatus.VERIFY)).hasTtl(0).hasRightChecksums();
    }

    @Test
    void refusesAnIdentifierThatNoFieldCanHold() {
        assertThatThrownBy(() -> Rewrite.of(End.SOURCE, INSIDE, 5000, PUBLIC, 65536))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("identifier 65536 is not within 0..65535");
    }

    private static Ipv4Packet answerToInside() {
        return Ipv4Packet.builder()
                .destination(INSIDE)
                .udp(53, 5000, Octets.empty())
                .build();
    }

    private static Ipv4Packet udpFromInside(Octets payload) {
        return fromInside(UdpDatagram.builder().ports(5000, 53).payload(payload));
    }

    /** A segment whose urgent pointer makes the checksum zero once it is translated. */
    private static Ipv4Packet withZeroAfterwards(TcpBuilder segment) {
        Ipv4Packet out = OUTBOUND.applyTo(fromInside(segment), ChecksumStatus.VERIFY);
        return fromInside(segment.urgentPointer(((TcpSegment) out.transport()).checksum()));
    }

    private static Ipv4Packet fromInside(TransportBuilder transport) {
        return Ipv4Packet.builder()
                .source(INSIDE)
                .destination("198.51.100.7")
                .transport(transport)
                .build();
    }
}
