package io.github.culvert.nat.conformance;

import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.bed.Packets.ipv4;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.Behaviour;
import io.github.culvert.nat.config.Behaviours;
import io.github.culvert.nat.engine.Gauge;
import io.github.culvert.nat.mapping.Dependence;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.bed.Delivery;
import io.github.culvert.nat.testkit.lab.Lab;
import io.github.culvert.nat.testkit.packet.Fragments;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 4787 REQ-13 and REQ-14: datagrams larger than a link, and fragments. */
class Rfc4787FragmentTest {
    private static Octets data(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        return Octets.of(bytes);
    }

    private static Ipv4Packet query(int length) {
        return ipv4(IN1, OUT1).identification(7).udp(5000, 53, data(length)).build();
    }

    @Test
    void whatMayBeCutLeavesInFragmentsInOrder() {
        Lab lab = Lab.with(config -> config.withPath(config.path().withOutsideMtu(1400)));
        Ipv4Packet out = lab.send(query(1472)).arrivesInFragments(2, "EXT1:5000 > OUT1:53");
        assertThat(out.octets().from(28)).isEqualTo(data(1472));
        assertThat(out.identification()).isEqualTo(7);
    }

    @Test
    void towardsTheInsideToo() {
        Lab lab = Lab.with(config -> config.withPath(config.path().withInsideMtu(576)));
        lab.udp("IN1:5000 > OUT1:53").passes();
        Ipv4Packet answer = ipv4(OUT1, EXT1).udp(53, 5000, data(1472)).build();
        Ipv4Packet in = lab.send(answer).arrivesInFragments(3, "OUT1:53 > IN1:5000");
        assertThat(in.octets().from(28)).isEqualTo(data(1472));
    }

    @Test
    void whatMustNotBeCutIsRefused() {
        Lab lab = Lab.with(config -> config.withPath(config.path().withOutsideMtu(1400)));
        Ipv4Packet packet =
                ipv4(IN1, OUT1).dontFragment().udp(5000, 53, data(1472)).build();
        assertThat(lab.send(packet).all().get(0)).hasToString("refused " + Refusal.TOO_BIG);
        assertThat(lab.sessions()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0,1,2", "0,2,1", "1,0,2", "1,2,0", "2,0,1", "2,1,0"})
    @Tag("NAT-FRAG-01")
    void fragmentsMayComeInAnyOrder(int first, int second, int third) {
        List<Octets> pieces = Fragments.cut(query(100), 24, 64);
        Lab lab = Lab.standard();
        Ipv4Packet out = lab.sendEach(Side.INSIDE, List.of(pieces.get(first), pieces.get(second), pieces.get(third)))
                .arrivesInFragments(3, "EXT1:5000 > OUT1:53");
        assertThat(out).isEqualTo(Lab.standard().send(query(100)).packet());
    }

    /** A million last fragments without their first ones, from anywhere to anybody. */
    @Test
    @Tag("NAT-FRAG-02")
    void memoryForFragmentsIsBoundedAndNobodyElseSuffers() {
        Lab lab = Lab.standard();
        for (int i = 0; i < 1_000_000; i++) {
            Octets flood = LoneFragment.number(i);
            lab.bed().sendAll(i % 2 == 0 ? Side.OUTSIDE : Side.INSIDE, flood, ChecksumStatus.VERIFY);
            if (i % 1000 == 0) {
                lab.bed().clock().pass(50_000_000);
                lab.udp("IN1:5000 > OUT1:53").arrives("EXT1:5000 > OUT1:53");
                lab.udp("OUT1:53 > EXT1:5000").arrives("OUT1:53 > IN1:5000");
                assertThat(lab.late().all()).noneMatch(Delivery::isForwarded);
            }
            assertThat(lab.bed().engine().counters().gauge(Gauge.HELD_BYTES)).isLessThanOrEqualTo(4 << 20);
        }
        assertThat(lab.refused(Refusal.FRAGMENT_LIMIT)).isGreaterThan(700_000);
    }

    /** IKE_AUTH with certificates, 3000 bytes, in three fragments. */
    @Test
    @Tag("NAT-FRAG-07")
    void laterFragmentsFollowTheFirstOne() {
        Lab lab = Lab.standard();
        lab.udp("IN1:4500 > OUT1:4500").passes();
        Ipv4Packet message = ipv4(OUT1, EXT1).udp(4500, 4500, data(3000)).build();
        Ipv4Packet in = lab.sendEach(Side.OUTSIDE, Fragments.cut(message, 1480, 2960))
                .arrivesInFragments(3, "OUT1:4500 > IN1:4500");
        assertThat(in.octets().from(28)).isEqualTo(data(3000));
    }

    /** A datagram to a neighbour's public endpoint turns round whole. */
    @Test
    void fragmentsTurnRoundToo() {
        Behaviour any = new Behaviour(Dependence.ENDPOINT_INDEPENDENT, Dependence.ENDPOINT_INDEPENDENT);
        Lab lab = Lab.with(config -> config.withBehaviours(Behaviours.all(any)));
        lab.udp("IN2:6000 > OUT1:53").arrives("EXT1:6000 > OUT1:53");
        Ipv4Packet packet = ipv4(IN1, EXT1).udp(5000, 6000, data(100)).build();
        Ipv4Packet in =
                lab.sendEach(Side.INSIDE, Fragments.cut(packet, 24, 64)).arrivesInFragments(3, "EXT1:5000 > IN2:6000");
        assertThat(in.octets().from(28)).isEqualTo(data(100));
    }
}
