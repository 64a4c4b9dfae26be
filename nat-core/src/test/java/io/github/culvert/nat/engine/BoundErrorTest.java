package io.github.culvert.nat.engine;

import static io.github.culvert.nat.engine.Binder.gre;
import static io.github.culvert.nat.engine.Binder.word;
import static io.github.culvert.nat.testkit.bed.NatBed.config;
import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.EXT2;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.IN2;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.lab.Errors.cut;
import static io.github.culvert.nat.testkit.lab.Errors.portUnreachable;
import static io.github.culvert.nat.testkit.lab.Errors.tooBig;
import static io.github.culvert.nat.testkit.packet.PacketAssert.assertThatPacket;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.PathPolicy;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.lab.Lab;
import io.github.culvert.nat.testkit.lab.Sent;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Bound packets that ICMP errors quote (RFC 5508 section 4), and those that turn round at a public address. */
class BoundErrorTest {
    private final NatEngine engine = NatEngine.builder(config(EXT1, EXT2).withPath(PathPolicy.STANDARD.withHop(true)))
            .random(new SplittableRandom(1))
            .alg(new BoundAlg())
            .build();
    private final Lab lab = Lab.around(engine);
    private final Binder binder = new Binder(engine);

    private static void quotes(Sent sent, Ipv4Packet expected) {
        assertThatPacket(sent.packet()).hasRightChecksums();
        assertThat(sent.quoted()).isEqualTo(expected);
    }

    @Test
    void anErrorAboutWhatWentOutReachesItsSender() {
        binder.call(IN1, EXT1, OUT1, 0x1234, 0x5001, 0x0080);
        binder.call(IN2, EXT1, OUT1, 0x1234, 0x5002, 0x0081);
        Sent first = lab.send(portUnreachable("192.0.2.9", gre(EXT1, OUT1, 0x0080)));
        assertThat(first.packet().destination()).isEqualTo(IN1);
        quotes(first, gre(IN1, OUT1, 0x0080));
        Sent second = lab.send(tooBig("192.0.2.9", 1400, gre(EXT1, OUT1, 0x0081)));
        assertThat(second.packet().destination()).isEqualTo(IN2);
        quotes(second, gre(IN2, OUT1, 0x0081));
    }

    @Test
    void anErrorAboutWhatCameInQuotesItAsItCame() {
        binder.call(IN1, EXT1, OUT1, 0x1234, 0x5001, 0x0080);
        Sent sent = lab.send(portUnreachable("IN1", gre(OUT1, IN1, 0x1234)));
        assertThat(sent.packet().source()).isEqualTo(EXT1);
        assertThat(sent.packet().destination()).isEqualTo(OUT1);
        quotes(sent, gre(OUT1, EXT1, 0x5001));
    }

    @Test
    void eightBytesOfTheQuotedPacketAreEnough() {
        binder.call(IN1, EXT1, OUT1, 0x1234, 0x5001, 0x0080);
        Sent in = lab.send(cut("192.0.2.9", 28, gre(EXT1, OUT1, 0x0080)));
        assertThat(in.packet().destination()).isEqualTo(IN1);
        Sent out = lab.send(cut("IN1", 28, gre(OUT1, IN1, 0x1234)));
        assertThat(out.packet().octets().from(28))
                .isEqualTo(gre(OUT1, EXT1, 0x5001).octets().slice(0, 28));
    }

    @Test
    void anErrorThatMayBeForSeveralHostsIsForNone() {
        binder.call(IN1, EXT1, OUT1, 0x1234, 0x5001, 0x0080);
        int other = binder.call(IN2, EXT1, OUT1, 0x1234, 0x5002, 0x0080);
        Ipv4Packet error = portUnreachable("192.0.2.9", gre(EXT1, OUT1, 0x0080));
        lab.send(error).isRefused(Refusal.NO_QUOTED_SESSION);
        binder.sessions().release(other, 0);
        assertThat(lab.send(error).packet().destination()).isEqualTo(IN1);
    }

    @Test
    void anErrorAboutAPacketOfNobodyIsRefused() {
        binder.call(IN1, EXT1, OUT1, 0x1234, 0x5001, 0x0080);
        lab.send(portUnreachable("192.0.2.9", gre(EXT1, OUT1, 0x0099))).isRefused(Refusal.NO_QUOTED_SESSION);
        lab.send(portUnreachable("192.0.2.9", gre(EXT2, OUT1, 0x0080))).isRefused(Refusal.NO_QUOTED_SESSION);
        lab.send(portUnreachable("IN1", gre(OUT1, IN1, 0x5001))).isRefused(Refusal.NO_QUOTED_SESSION);
        lab.send(portUnreachable("IN2", gre(OUT1, IN2, 0x1234))).isRefused(Refusal.NO_QUOTED_SESSION);
    }

    @Test
    void quotedIdentifiersOf32BitsLeadToTheirHost() {
        binder.bind(115, IN1, EXT1, OUT1, 0x8000_0001, 0x8000_0001, 0x1_0000);
        Sent in = lab.send(portUnreachable("192.0.2.9", word(EXT1, OUT1, 0x1_0000)));
        quotes(in, word(IN1, OUT1, 0x1_0000));
        Sent out = lab.send(portUnreachable("IN1", word(OUT1, IN1, 0x8000_0001)));
        quotes(out, word(OUT1, EXT1, 0x8000_0001));
    }

    /** IN1 is a client and IN2 a server behind the same NAT; each sees the other at a public address. */
    private void hairpin() {
        binder.call(IN1, EXT1, EXT2, 0x0011, 0x5001, 0x6001);
        binder.call(IN2, EXT2, EXT1, 0x0022, 0x6001, 0x5001);
    }

    @Test
    void packetsTurnRound() {
        hairpin();
        Ipv4Packet there = lab.send(gre(IN1, EXT2, 0x6001)).packet();
        assertThat(there.ttl()).isEqualTo(63);
        assertThat(there.source()).isEqualTo(EXT1);
        assertThat(there.destination()).isEqualTo(IN2);
        assertThat(there.octets().from(20))
                .isEqualTo(gre(IN1, IN2, 0x0022).octets().from(20));
        Ipv4Packet back = lab.send(gre(IN2, EXT1, 0x5001)).packet();
        assertThat(back.source()).isEqualTo(EXT2);
        assertThat(back.destination()).isEqualTo(IN1);
        assertThat(back.octets().from(20))
                .isEqualTo(gre(IN2, IN1, 0x0011).octets().from(20));
        assertThatPacket(back).hasRightChecksums();
    }

    @Test
    void nothingTurnsRoundToNobody() {
        binder.call(IN1, EXT1, EXT2, 0x0011, 0x5001, 0x6001);
        lab.send(gre(IN1, EXT2, 0x6001)).isRefused(Refusal.NO_BINDING);
        binder.call(IN2, EXT2, OUT1, 0x0022, 0x6001, 0x5001);
        lab.send(gre(IN1, EXT2, 0x6001)).isRefused(Refusal.NO_BINDING);
    }

    @Test
    void nobodyOutsideTakesPartInATurn() {
        hairpin();
        lab.send(io.github.culvert.nat.mapping.Side.OUTSIDE, gre(EXT1, EXT2, 0x6001))
                .isRefused(Refusal.MARTIAN_SOURCE);
    }

    @Test
    void anErrorAboutWhatTurnedRoundReachesItsSender() {
        hairpin();
        Sent sent = lab.send(portUnreachable("IN2", gre(EXT1, IN2, 0x0022)));
        assertThat(sent.packet().source()).isEqualTo(EXT2);
        assertThat(sent.packet().destination()).isEqualTo(IN1);
        quotes(sent, gre(IN1, EXT2, 0x6001));
    }
}
