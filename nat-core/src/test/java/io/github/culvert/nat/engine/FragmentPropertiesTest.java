package io.github.culvert.nat.engine;

import static io.github.culvert.nat.testkit.bed.NatBed.config;
import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.IN2;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.FragmentPolicy;
import io.github.culvert.nat.config.PathPolicy;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.bed.Delivery;
import io.github.culvert.nat.testkit.bed.Dialogue;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.testkit.packet.Fragments;
import io.github.culvert.nat.testkit.packet.PlainSum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A datagram in fragments is translated like one that was never cut, whatever way it is cut and delivered. */
class FragmentPropertiesTest {
    private static final int MTU = 120;

    /** A first fragment needs its whole transport header, with options. */
    private static List<Octets> cut(Ipv4Packet packet, Random random) {
        return Fragments.cutAnywhere(packet, packet.protocol() == 6 ? 20 : 8, random);
    }

    /** The fragments of several datagrams in any order, some of them twice; never the last to come of its datagram. */
    private static List<Octets> mixed(List<Octets> one, List<Octets> other, Random random) {
        List<Octets> all = new ArrayList<>(one);
        all.addAll(other);
        Collections.shuffle(all, random);
        int copied = random.nextInt(all.size());
        all.add(random.nextInt(copied + 1), all.get(copied));
        return all;
    }

    private static List<Octets> sent(NatBed nat, Side from, List<Octets> pieces) {
        List<Octets> out = new ArrayList<>();
        for (Octets piece : pieces) {
            for (Delivery delivery : nat.sendAll(from, piece, ChecksumStatus.VERIFY)) {
                boolean copy = delivery.reason().equals(Refusal.FRAGMENT_DUPLICATE.name());
                assertThat(copy || delivery.isForwarded()).as("%s", delivery).isTrue();
                if (!copy) {
                    out.add(delivery.octets());
                }
            }
        }
        return out;
    }

    private static Octets whole(NatBed nat, Side from, Ipv4Packet packet) {
        return nat.send(from, packet.octets(), ChecksumStatus.VERIFY).octets();
    }

    private static List<Octets> to(List<Octets> packets, Octets like) {
        return packets.stream()
                .filter(packet -> packet.slice(12, 8).equals(like.slice(12, 8)) && packet.u8(9) == like.u8(9))
                .toList();
    }

    /** There and back, with the fragments of another host's datagram in between. */
    @Property(tries = 300)
    void anyCutInAnyOrder(@ForAll long seed) {
        Random random = new Random(seed);
        Dialogue dialogue = Dialogue.random(seed);
        Ipv4Packet request = dialogue.request(IN1, OUT1);
        Ipv4Packet other = Packets.ipv4(IN2, Packets.OUT2)
                .udp(1, 2, Octets.of(new byte[40]))
                .build();
        NatBed twin = NatBed.standard();
        NatBed nat = NatBed.standard();
        Octets expected = whole(twin, Side.INSIDE, request);
        List<Octets> out = sent(nat, Side.INSIDE, mixed(cut(request, random), cut(other, random), random));
        assertThat(Fragments.join(to(out, expected)).octets()).isEqualTo(expected);
        Ipv4Packet answer = dialogue.answerTo(expected);
        Octets expectedAnswer = whole(twin, Side.OUTSIDE, answer);
        List<Octets> in = sent(nat, Side.OUTSIDE, mixed(cut(answer, random), List.of(), random));
        assertThat(Fragments.join(in).octets()).isEqualTo(expectedAnswer);
        assertThat(nat.sessions()).hasSize(2);
        assertThat(nat.engine().counters().gauge(Gauge.HELD_PACKETS)).isZero();
    }

    /** Fragments of whatever size leave in fragments that fit, in the order of their offsets. */
    @Property(tries = 300)
    void whatIsTooLargeForTheLinkIsCut(@ForAll long seed, @ForAll boolean inFragments) {
        Random random = new Random(seed);
        Dialogue dialogue = Dialogue.random(seed);
        Ipv4Packet request = dialogue.request(IN1, OUT1);
        NatBed nat = NatBed.of(config(EXT1).withPath(new PathPolicy(true, false, MTU, MTU)));
        NatBed twin = NatBed.of(config(EXT1).withPath(PathPolicy.STANDARD.withHop(true)));
        List<Octets> pieces = inFragments ? cut(request, random) : List.of(request.octets());
        List<Octets> out = sent(nat, Side.INSIDE, pieces);
        assertThat(out).allMatch(piece -> piece.length() <= MTU);
        assertThat(out.stream().map(piece -> piece.u16(6) & 0x1fff)).isSorted();
        Octets expected = whole(twin, Side.INSIDE, request);
        assertThat(Fragments.join(out).octets()).isEqualTo(expected);
    }

    /** A checksum that hardware was to finish is finished, since no hardware can do so for several packets. */
    @Property(tries = 200)
    void aPartialChecksumIsCompleted(@ForAll long seed, @ForAll boolean inFragments) {
        Dialogue dialogue = Dialogue.random(seed).withoutIcmp();
        Ipv4Packet good = dialogue.request(IN1, OUT1);
        Octets partial = partial(good.octets());
        NatBed nat = NatBed.of(config(EXT1).withPath(new PathPolicy(false, false, 68, 68)));
        List<Octets> pieces = inFragments ? cut(new Ipv4Packet(partial), new Random(seed)) : List.of(partial);
        List<Octets> out = new ArrayList<>();
        pieces.forEach(piece -> nat.sendAll(Side.INSIDE, piece, ChecksumStatus.PARTIAL)
                .forEach(delivery -> out.add(delivery.octets())));
        if (out.size() > 1) {
            Octets joined = Fragments.join(out).octets();
            assertThat(Dialogue.checksum(joined))
                    .isEqualTo(PlainSum.transport(joined).orElseThrow());
        }
    }

    private static Octets partial(Octets packet) {
        int length = packet.u16(2) - (packet.u8(0) & 0xf) * 4;
        byte[] pseudo = packet.slice(12, 8)
                .then(Octets.of((byte) 0, (byte) packet.u8(9), (byte) (length >>> 8), (byte) length))
                .toByteArray();
        return Dialogue.withChecksum(packet, ~PlainSum.checksum(pseudo) & 0xffff);
    }

    /** State comes from right checksums only, and a refused datagram is given back as it came. */
    @Property(tries = 200)
    void aWrongChecksumOpensNothing(@ForAll long seed) {
        Random random = new Random(seed);
        Ipv4Packet good = Dialogue.random(seed).request(IN1, OUT1);
        int checksum = Dialogue.checksum(good.octets());
        Octets bad = Dialogue.withChecksum(good.octets(), checksum == 0x1234 ? 0x4321 : 0x1234);
        List<Octets> pieces = new ArrayList<>(cut(new Ipv4Packet(bad), random));
        Collections.shuffle(pieces, random);
        NatBed nat = NatBed.standard();
        List<Octets> back = new ArrayList<>();
        for (Octets piece : pieces) {
            nat.sendAll(Side.INSIDE, piece, ChecksumStatus.VERIFY).forEach(out -> {
                assertThat(out.reason()).startsWith("BAD_");
                back.add(out.octets());
            });
        }
        assertThat(back).containsExactlyInAnyOrderElementsOf(pieces);
        assertThat(nat.sessions()).isEmpty();
    }

    /** Whatever comes, memory stays within its limits, each packet has one outcome, and in the end nothing is held. */
    @Property(tries = 60)
    void memoryIsBoundedAndComesBack(@ForAll long seed) {
        Random random = new Random(seed);
        NatBed nat = NatBed.of(config(EXT1).withFragments(new FragmentPolicy(1 << 16, 1 << 16, 5, false)));
        NatCounters counters = nat.engine().counters();
        int came = 0;
        int gone = 0;
        for (int i = 0; i < 400; i++) {
            Octets piece = Packets.ipv4(IN1, OUT1)
                    .identification(random.nextInt(40))
                    .protocol(97)
                    .fragmentOffset(8 * random.nextInt(6))
                    .moreFragments()
                    .payload(Octets.of(new byte[8 * random.nextInt(random.nextInt(40) + 1)]))
                    .octets();
            nat.clock().pass(random.nextInt(50) == 0 ? 3_000_000_000L : 0);
            came++;
            gone += nat.sendAll(Side.INSIDE, piece, ChecksumStatus.VERIFY).size();
            nat.advance(1 + random.nextInt(3));
            gone += nat.taken().size();
            assertThat(counters.gauge(Gauge.HELD_BYTES)).isLessThanOrEqualTo(counters.limit(Gauge.HELD_BYTES));
            assertThat(counters.gauge(Gauge.HELD_PACKETS)).isEqualTo(came - gone);
        }
        nat.clock().pass(20_000_000_000L);
        gone += nat.late().size();
        assertThat(gone).isEqualTo(came);
        assertThat(counters.gauge(Gauge.HELD_BYTES)).isZero();
        assertThat(Arrays.stream(Refusal.values()).mapToLong(counters::refused).sum())
                .isEqualTo(gone);
    }
}
