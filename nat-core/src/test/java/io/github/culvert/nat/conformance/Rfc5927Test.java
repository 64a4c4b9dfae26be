package io.github.culvert.nat.conformance;

import static io.github.culvert.nat.testkit.lab.Errors.cut;
import static io.github.culvert.nat.testkit.lab.Errors.portUnreachable;
import static io.github.culvert.nat.testkit.lab.Errors.tooBig;
import static io.github.culvert.nat.testkit.lab.Lab.udpPacket;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.packet.TcpSegment;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.testkit.lab.Lab;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forged ICMP errors (RFC 5927). */
class Rfc5927Test {
    private static final String ROUTER = "192.0.2.9";
    private static final Ipv4Packet SENT = udpPacket("EXT1:5000 > OUT1:53");

    private final Lab lab = Lab.standard();

    /** The inside host has sent up to here. */
    private static final long SEQUENCE = 0x2000_0000L;

    private static Ipv4Packet segment(Ipv4Address from, long sequence, TcpFlag... flags) {
        return Packets.ipv4(from, Packets.OUT1)
                .transport(
                        TcpSegment.builder().ports(5000, 80).sequence(sequence).flags(flags))
                .build();
    }

    /** A segment of the connection of {@link #withConnection}, as it is outside. */
    private static Ipv4Packet sent(long sequence) {
        return segment(Packets.EXT1, sequence, TcpFlag.ACK);
    }

    private static Lab withConnection(Lab made) {
        made.send(segment(Packets.IN1, SEQUENCE, TcpFlag.SYN)).passes();
        made.tcp("OUT1:80 > EXT1:5000", TcpFlag.SYN, TcpFlag.ACK).passes();
        made.send(segment(Packets.IN1, SEQUENCE + 1, TcpFlag.ACK)).passes();
        return made;
    }

    @ParameterizedTest
    @Tag("SEC-06")
    @ValueSource(longs = {0xA000_0000L, 0x6000_0000L, 0xE000_0000L, 0})
    void aSegmentThatIsNotInFlightIsNotBelieved(long sequence) {
        withConnection(lab);
        lab.send(cut(ROUTER, 28, sent(sequence))).isRefused(Refusal.SEQUENCE_OUT_OF_WINDOW);
        lab.send(tooBig(ROUTER, 1400, sent(sequence))).isRefused(Refusal.SEQUENCE_OUT_OF_WINDOW);
    }

    @ParameterizedTest
    @Tag("SEC-06")
    @ValueSource(longs = {SEQUENCE, SEQUENCE + 1, SEQUENCE - 100_000})
    void aSegmentThatMayBeInFlightIs(long sequence) {
        withConnection(lab).send(cut(ROUTER, 28, sent(sequence))).arrives(ROUTER + " > IN1");
    }

    @Test
    @Tag("SEC-06")
    void withoutTheCheckItPassesUnchanged() {
        Lab unchecked = Lab.with(config -> config.withIcmp(config.icmp().withCheckSequence(false)));
        withConnection(unchecked).send(tooBig(ROUTER, 1400, sent(0xA000_0000L))).quotes("IN1:5000 > OUT1:80");
    }

    /** The quoted packet went the other way: the error comes from where it was sent. */
    @Test
    @Tag("SEC-06")
    void aPacketInTheWrongDirectionIsNotBelieved() {
        lab.udp("IN1:5000 > OUT1:53").passes();
        lab.send(portUnreachable("IN1", udpPacket("IN1:5000 > OUT1:53"))).isRefused(Refusal.MARTIAN_DESTINATION);
        lab.send(portUnreachable("OUT1", udpPacket("EXT1:53 > OUT1:5000"))).isRefused(Refusal.NO_QUOTED_SESSION);
    }

    @ParameterizedTest
    @Tag("SEC-07")
    @ValueSource(ints = {1, 40, 67})
    void anMtuThatNoLinkHasIsNotBelieved(int mtu) {
        lab.udp("IN1:5000 > OUT1:53").passes();
        lab.send(tooBig(ROUTER, mtu, SENT)).isRefused(Refusal.MTU_TOO_SMALL);
    }

    @ParameterizedTest
    @Tag("SEC-07")
    @ValueSource(ints = {0, 68})
    void theNatPassesAnMtuOnAndDoesNotActOnIt(int mtu) {
        lab.udp("IN1:5000 > OUT1:53").passes();
        var before = lab.sessions();
        lab.send(tooBig(ROUTER, mtu, SENT)).arrives(ROUTER + " > IN1");
        assertThat(lab.sessions()).isEqualTo(before);
        Ipv4Packet large = Packets.ipv4(Packets.IN1, Packets.OUT1)
                .dontFragment()
                .udp(5000, 53, Octets.of(new byte[1000]))
                .build();
        lab.send(large).arrives("EXT1:5000 > OUT1:53");
    }
}
