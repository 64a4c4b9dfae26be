package io.github.culvert.nat.conformance;

import static io.github.culvert.nat.packet.TcpFlag.ACK;
import static io.github.culvert.nat.packet.TcpFlag.PSH;
import static io.github.culvert.nat.packet.TcpFlag.SYN;
import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.packet.GoldenPacket.annotated;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.MssClamp;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.PathPolicy;
import io.github.culvert.nat.config.TcpPolicy;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.packet.TcpSegment;
import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.testkit.lab.Lab;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The maximum segment size that a NAT lets pass: RFC 9293 section 3.7.1. */
class Rfc9293MssTest {
    private static final String MSS_1460 = "020405b4";
    private static final String MSS_1200 = "020404b0";

    private Lab lab = Lab.with(Rfc9293MssTest::clampsToTheMtu);

    /** An MTU of 1400 outside and 1300 inside. */
    private static NatConfig clampsToTheMtu(NatConfig config) {
        return config.withPath(PathPolicy.STANDARD.withOutsideMtu(1400).withInsideMtu(1300))
                .withTcp(TcpPolicy.STANDARD
                        .withMssFromInside(new MssClamp.ToMtu())
                        .withMssFromOutside(new MssClamp.ToMtu()));
    }

    private static Ipv4Packet segment(
            Ipv4Address from, int port, Ipv4Address to, int toPort, String options, TcpFlag... flags) {
        var segment = TcpSegment.builder()
                .ports(port, toPort)
                .sequence(100)
                .flags(flags)
                .options(Octets.fromHex(options));
        return Packets.ipv4(from, to).transport(segment).build();
    }

    /** The options that come out; the checksums are right. */
    private String outbound(String options, TcpFlag... flags) {
        return options(lab.send(segment(IN1, 4000, OUT1, 80, options, flags)).packet());
    }

    private String inbound(String options, TcpFlag... flags) {
        return options(lab.send(segment(OUT1, 80, EXT1, 4000, options, flags)).packet());
    }

    private static String options(Ipv4Packet packet) {
        assertThat(packet.transportChecksumWrong()).isFalse();
        return hex(((TcpSegment) packet.transport()).options());
    }

    private static String hex(Octets octets) {
        return java.util.HexFormat.of().formatHex(octets.toByteArray());
    }

    @Test
    @Tag("NAT-TCP-17")
    void isLoweredToWhatFitsTheOtherSide() {
        assertThat(outbound(MSS_1460, SYN)).isEqualTo("02040550");
        assertThat(inbound(MSS_1460, SYN, ACK)).isEqualTo("020404ec");
    }

    @Test
    @Tag("NAT-TCP-17")
    void isLoweredAgainWhenTheSynIsRepeated() {
        assertThat(outbound(MSS_1460, SYN)).isEqualTo("02040550");
        assertThat(outbound(MSS_1460, SYN)).isEqualTo("02040550");
    }

    @Test
    @Tag("NAT-TCP-17")
    void isNeverRaisedNorAdded() {
        assertThat(outbound(MSS_1200, SYN)).isEqualTo(MSS_1200);
        assertThat(outbound("02040550", SYN)).isEqualTo("02040550");
        assertThat(outbound("", SYN)).isEmpty();
        assertThat(outbound("01030307", SYN)).isEqualTo("01030307");
    }

    @Test
    @Tag("NAT-TCP-17")
    void isLoweredToAValue() {
        lab = Lab.with(c -> c.withTcp(TcpPolicy.STANDARD.withMssFromInside(new MssClamp.To(1000))));
        assertThat(outbound(MSS_1460, SYN)).isEqualTo("020403e8");
        assertThat(inbound(MSS_1460, SYN, ACK)).isEqualTo(MSS_1460);
    }

    @Test
    @Tag("NAT-TCP-17")
    void isLeftAloneByDefaultAndInAllButASyn() {
        lab = Lab.with(c -> c.withPath(PathPolicy.STANDARD.withOutsideMtu(1400)));
        assertThat(outbound(MSS_1460, SYN)).isEqualTo(MSS_1460);
        lab = Lab.with(Rfc9293MssTest::clampsToTheMtu);
        assertThat(outbound(MSS_1460, PSH, ACK)).isEqualTo(MSS_1460);
    }

    @Test
    @Tag("NAT-TCP-17")
    void atAnOddOffsetTheChecksumIsRight() {
        Octets in = annotated("""
                45 00 0030 | version, header length, total length
                1234 4000  | identification, do not fragment
                40 06 3ca7 | time to live, TCP, header checksum
                c0a8010a   | 192.168.1.10
                c6336407   | 198.51.100.7
                0fa0 0050  | port 4000 to port 80
                01020304   | sequence number
                00000000   | acknowledgment number
                70 02 faf0 | seven words, SYN, window
                dafd 0000  | checksum, urgent pointer
                01         | no operation: what follows stands at an odd offset
                02 04 05b4 | maximum segment size 1460
                01 01 00   | no operation twice, end
                """.replace(" ", ""));
        Octets out = annotated("""
                45 00 0030 | version, header length, total length
                1234 4000  | identification, do not fragment
                40 06 c257 | time to live, TCP, header checksum
                cb007101   | 203.0.113.1
                c6336407   | 198.51.100.7
                0fa0 0050  | port 4000 to port 80
                01020304   | sequence number
                00000000   | acknowledgment number
                70 02 faf0 | seven words, SYN, window
                c4ae 0000  | checksum, urgent pointer
                01         | no operation
                02 04 0550 | maximum segment size 1360
                01 01 00   | no operation twice, end
                """.replace(" ", ""));
        assertThat(lab.send(new Ipv4Packet(in)).packet().octets()).isEqualTo(out);
    }

    /** Hardware will sum the options: the field, which holds the sum of the pseudo-header, does not know of them. */
    @Test
    void aPartialChecksumKnowsNothingOfIt() {
        Ipv4Packet syn = segment(IN1, 4000, OUT1, 80, MSS_1460, SYN);
        Ipv4Packet less = segment(IN1, 4000, OUT1, 80, MSS_1200, SYN);
        int lowered = lab.send(Side.INSIDE, syn, ChecksumStatus.PARTIAL)
                .packet()
                .octets()
                .u16(36);
        int before = syn.octets().u16(36);
        int unchanged = lab.send(Side.INSIDE, less, ChecksumStatus.PARTIAL)
                .packet()
                .octets()
                .u16(36);
        int alike = less.octets().u16(36);
        assertThat((lowered - before + 0xffff) % 0xffff).isEqualTo((unchanged - alike + 0xffff) % 0xffff);
    }
}
