package io.github.culvert.nat.engine;

import static io.github.culvert.nat.testkit.bed.NatBed.config;
import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.EXT2;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.IN2;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.PathPolicy;
import io.github.culvert.nat.mapping.Session;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.testkit.bed.Delivery;
import io.github.culvert.nat.testkit.bed.Dialogue;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.bed.Step;
import io.github.culvert.nat.testkit.bed.Traffic;
import io.github.culvert.nat.testkit.packet.PlainSum;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** What holds for every packet that passes. */
class PacketPropertiesTest {
    /** A bed where every identifier of a dialogue is taken, so that all of them are replaced. */
    private static NatBed contested(Dialogue dialogue) {
        NatBed nat = NatBed.of(config(EXT1));
        nat.fromInside(dialogue.request(IN2, OUT1));
        return nat;
    }

    private static Octets sent(NatBed nat, Side from, Octets packet, ChecksumStatus checksum) {
        Delivery out = nat.send(from, packet, checksum);
        assertThat(out.isForwarded()).as("%s", out).isTrue();
        return out.octets();
    }

    /** What the remote answers to the translated packet arrives as what it would have answered to the packet itself. */
    @Property(tries = 500)
    void thereAndBackGivesTheIdenticalPacket(@ForAll long seed) {
        Dialogue dialogue = Dialogue.random(seed);
        NatBed nat = contested(dialogue);
        Octets out = sent(nat, Side.INSIDE, dialogue.request(IN1, OUT1).octets(), ChecksumStatus.VERIFY);
        Octets answer = dialogue.answerTo(out).octets();
        assertThat(sent(nat, Side.OUTSIDE, answer, ChecksumStatus.VERIFY))
                .isEqualTo(
                        dialogue.answerTo(dialogue.request(IN1, OUT1).octets()).octets());
    }

    @Property(tries = 500)
    void everyChecksumThatWasRightIsRight(@ForAll long seed) {
        Dialogue dialogue = Dialogue.random(seed);
        NatBed nat = contested(dialogue);
        Octets out = sent(nat, Side.INSIDE, dialogue.request(IN1, OUT1).octets(), ChecksumStatus.VERIFY);
        assertThat(out.u16(10)).isEqualTo(PlainSum.header(out));
        assertThat(error(out)).isZero();
    }

    /** How much a transport checksum is wrong, modulo 65535. */
    private static int error(Octets packet) {
        int field = packet.u16(PlainSum.transportOffset(new io.github.culvert.nat.packet.Ipv4Packet(packet)));
        return Math.floorMod(field - PlainSum.transport(packet).orElseThrow(), 0xffff);
    }

    @Property(tries = 500)
    @Tag("NAT-CKS-08")
    void aWrongChecksumLeavesAsWrongAsItCame(@ForAll long seed, @ForAll @IntRange(min = 1, max = 0xfffe) int change) {
        Dialogue dialogue = Dialogue.random(seed);
        NatBed nat = contested(dialogue);
        Octets good = dialogue.request(IN1, OUT1).octets();
        Octets out = sent(nat, Side.INSIDE, good, ChecksumStatus.VERIFY);
        Session before = nat.sessions().get(1);
        Octets bad = spoilt(good, change);
        assertThat(error(sent(nat, Side.INSIDE, bad, ChecksumStatus.VERIFY)))
                .isEqualTo(error(bad))
                .isNotZero();
        Octets answer = dialogue.answerTo(out).octets();
        Octets badAnswer = spoilt(answer, change);
        assertThat(error(sent(nat, Side.OUTSIDE, badAnswer, ChecksumStatus.VERIFY)))
                .isEqualTo(error(badAnswer))
                .isNotZero();
        assertThat(nat.sessions().get(1).state()).isEqualTo(before.state());
    }

    /** Wrong by some amount; never the form that says that there is no checksum. */
    private static Octets spoilt(Octets packet, int change) {
        int wrong = Math.floorMod(Dialogue.checksum(packet) + change, 0xffff);
        Assume.that(wrong != 0);
        return Dialogue.withChecksum(packet, wrong);
    }

    /** The field holds the sum of the pseudo-header, which a receiver or the hardware completes. */
    @Property(tries = 300)
    void aPartialChecksumStaysThatOfThePseudoHeader(@ForAll long seed) {
        Dialogue dialogue = Dialogue.random(seed).withoutIcmp();
        NatBed nat = contested(dialogue);
        Octets out = sent(nat, Side.INSIDE, partial(dialogue.request(IN1, OUT1).octets()), ChecksumStatus.PARTIAL);
        assertThat(Dialogue.checksum(out) % 0xffff).isEqualTo(Dialogue.checksum(partial(out)) % 0xffff);
        Octets answer = partial(dialogue.answerTo(out).octets());
        Octets in = sent(nat, Side.OUTSIDE, answer, ChecksumStatus.PARTIAL);
        assertThat(Dialogue.checksum(in) % 0xffff).isEqualTo(Dialogue.checksum(partial(in)) % 0xffff);
        assertThat(in.u16(10)).isEqualTo(PlainSum.header(in));
    }

    private static Octets partial(Octets packet) {
        int length = packet.u16(2) - (packet.u8(0) & 0xf) * 4;
        byte[] pseudo = packet.slice(12, 8)
                .then(Octets.of((byte) 0, (byte) packet.u8(9), (byte) (length >>> 8), (byte) length))
                .toByteArray();
        return Dialogue.withChecksum(packet, ~PlainSum.checksum(pseudo) & 0xffff);
    }

    /** A hop costs one; nothing else changes but the address and the checksums. */
    @Property(tries = 200)
    void nothingElseChanges(@ForAll long seed) {
        Dialogue dialogue = Dialogue.random(seed);
        Octets packet = dialogue.request(IN1, OUT1).octets();
        Octets out = sent(
                NatBed.of(config(EXT1).withPath(PathPolicy.STANDARD.withHop(true))),
                Side.INSIDE,
                packet,
                ChecksumStatus.VERIFY);
        assertThat(out.length()).isEqualTo(packet.length());
        assertThat(out.slice(0, 8)).isEqualTo(packet.slice(0, 8));
        assertThat(out.u8(8)).isEqualTo(packet.u8(8) - 1);
        assertThat(out.u8(9)).isEqualTo(packet.u8(9));
        assertThat(Dialogue.withChecksum(out, Dialogue.checksum(packet)).from(16))
                .isEqualTo(packet.from(16));
    }

    /** At no time do two live sessions share protocol, public endpoint and remote endpoint. */
    @Property(tries = 30)
    void noTwoSessionsShareAnOutsideKey(@ForAll long seed) {
        NatBed nat = new NatBed(NatEngine.builder(config(EXT1, EXT2))
                .random(new SplittableRandom(seed))
                .build());
        for (int i = 0; i < 20; i++) {
            List<Step> steps = Traffic.record(seed + i, nat, 30);
            assertThat(steps).allMatch(step -> step.out().stream().allMatch(out -> leaksNothing(step.from(), out)));
            Set<List<Object>> keys = new HashSet<>();
            nat.table()
                    .forEachSession(session -> assertThat(
                                    keys.add(List.of(session.protocol(), session.outside(), session.remote())))
                            .isTrue());
        }
    }

    /** No inside address goes out, and nothing is let in to an address that is not inside. */
    private static boolean leaksNothing(Side from, Delivery out) {
        return switch (out.exit()) {
            case OUTSIDE -> from == Side.HOST || out.packet().source().bits() >>> 8 == EXT1.bits() >>> 8;
            case INSIDE -> out.packet().destination().bits() >>> 8 == IN1.bits() >>> 8;
            case HOST, REFUSED -> true;
        };
    }
}
