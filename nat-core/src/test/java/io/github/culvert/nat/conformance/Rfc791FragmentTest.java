package io.github.culvert.nat.conformance;

import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.IN2;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.bed.Packets.ipv4;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.engine.Gauge;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Builder;
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

/** RFC 791 sections 3.1 and 3.2: what fragments belong together, how long they wait, how they are made. */
class Rfc791FragmentTest {
    private static Octets data(int first, int length) {
        byte[] bytes = new byte[length];
        java.util.Arrays.fill(bytes, (byte) first);
        return Octets.of(bytes);
    }

    private static Ipv4Packet datagram(Ipv4Address from, int first) {
        return ipv4(from, OUT1).identification(7).udp(5000, 53, data(first, 88)).build();
    }

    private static Ipv4Builder piece(int id, int offset, Octets payload) {
        return ipv4(IN1, OUT1)
                .protocol(17)
                .identification(id)
                .fragmentOffset(offset)
                .payload(payload);
    }

    @Test
    @Tag("NAT-FRAG-03")
    void theSameIdentificationOfTwoHostsIsNotMixed() {
        Lab lab = Lab.standard();
        List<Octets> one = Fragments.cut(datagram(IN1, 1), 48);
        List<Octets> other = Fragments.cut(datagram(IN2, 2), 48);
        lab.sendEach(Side.INSIDE, List.of(one.get(0), other.get(1))).isSilent();
        Ipv4Packet first = lab.sendEach(Side.INSIDE, List.of(one.get(1))).datagram();
        Ipv4Packet second = lab.sendEach(Side.INSIDE, List.of(other.get(0))).datagram();
        assertThat(first.octets().from(28)).isEqualTo(data(1, 88));
        assertThat(second.octets().from(28)).isEqualTo(data(2, 88));
    }

    /** Protocol and side are part of the key too: none of these completes another. */
    @Test
    @Tag("NAT-FRAG-03")
    void protocolAndSideTellApart() {
        Lab lab = Lab.standard();
        Octets first = Fragments.cut(datagram(IN1, 1), 48).get(0);
        Octets last = Fragments.cut(datagram(IN1, 1), 48).get(1);
        Octets otherProtocol = piece(7, 48, last.from(20)).protocol(1).octets();
        lab.sendEach(Side.INSIDE, List.of(first, otherProtocol)).isSilent();
        Octets toPublic = ipv4(OUT1, EXT1)
                .protocol(17)
                .moreFragments()
                .payload(first.from(20))
                .octets();
        lab.sendEach(Side.OUTSIDE, List.of(toPublic)).isSilent();
        lab.sendEach(Side.INSIDE, List.of(last)).arrivesInFragments(2, "EXT1:5000 > OUT1:53");
    }

    @Test
    @Tag("NAT-FRAG-05")
    void whatDoesNotBecomeWholeIsFreedInTime() {
        Lab lab = Lab.standard();
        List<Octets> pieces = Fragments.cut(datagram(IN1, 1), 24, 48);
        lab.sendEach(Side.INSIDE, List.of(pieces.get(0), pieces.get(2))).isSilent();
        lab.at(14.9).late().isSilent();
        assertThat(lab.bed().engine().counters().gauge(Gauge.HELD_PACKETS)).isEqualTo(2);
        assertThat(lab.at(15.1).late().areRefused(2, Refusal.FRAGMENT_TIMEOUT).all())
                .extracting(Delivery::octets)
                .containsExactlyInAnyOrder(pieces.get(0), pieces.get(2));
        assertThat(lab.refused(Refusal.FRAGMENT_TIMEOUT)).isEqualTo(2);
        assertThat(lab.bed().engine().counters().gauge(Gauge.HELD_PACKETS)).isZero();
        assertThat(lab.bed().engine().counters().gauge(Gauge.HELD_BYTES)).isZero();
    }

    /** RFC 792: the sender is told only where the first fragment has come, and where the configuration says so. */
    @ParameterizedTest
    @CsvSource({"true,0,1", "true,1,0", "false,0,0"})
    @Tag("NAT-FRAG-05")
    void theSenderIsToldOnlyWhereAskedAndWithTheFirstFragment(boolean asked, int piece, int answers) {
        Lab lab = Lab.with(config -> config.withFragments(config.fragments().withTimeExceeded(asked)));
        Octets alone = Fragments.cut(datagram(IN1, 1), 24, 48).get(piece);
        lab.sendEach(Side.INSIDE, List.of(alone)).isSilent();
        List<Delivery> out = lab.at(15.1).late().all();
        List<Delivery> told = out.stream().filter(Delivery::isForwarded).toList();
        assertThat(out).hasSize(1 + answers);
        assertThat(told).hasSize(answers).allSatisfy(answer -> {
            assertThat(answer.packet().destination()).isEqualTo(IN1);
            assertThat(answer.octets().u16(20)).isEqualTo(0x0b01);
            assertThat(answer.octets().from(28)).isEqualTo(alone);
        });
    }

    @Test
    void theDeadlineIsSaidAndKeptWithoutAdvance() {
        Lab lab = Lab.standard();
        List<Octets> pieces = Fragments.cut(datagram(IN1, 1), 48);
        lab.sendEach(Side.INSIDE, pieces.subList(0, 1)).isSilent();
        assertThat(lab.bed().advance()).isBetween(15_000_000_000L, 15_010_000_000L);
        lab.at(15.1).sendEach(Side.INSIDE, pieces.subList(1, 2)).areRefused(1, Refusal.FRAGMENT_TIMEOUT);
        lab.sendEach(Side.INSIDE, pieces.subList(0, 1)).arrivesInFragments(2, "EXT1:5000 > OUT1:53");
    }

    @Test
    @Tag("NAT-FRAG-06")
    void noDatagramExceedsTheLargest() {
        Lab lab = Lab.standard();
        lab.send(piece(1, 8191 * 8, data(0, 24)).build()).isRefused(Refusal.BAD_FRAGMENT);
        lab.send(piece(2, 8186 * 8, data(0, 27)).build()).isSilent();
        lab.send(piece(3, 8186 * 8, data(0, 28)).build()).isRefused(Refusal.BAD_FRAGMENT);
    }

    /** The header that counts is that of the first fragment, whichever comes first. */
    @Test
    @Tag("NAT-FRAG-06")
    void theHeaderOfTheFirstFragmentCounts() {
        Lab lab = Lab.standard();
        Octets first = piece(2, 0, Octets.fromHex("1388003500100000"))
                .moreFragments()
                .options(data(1, 4))
                .octets();
        lab.send(piece(2, 8186 * 8, data(0, 27)).build()).isSilent();
        lab.sendEach(Side.INSIDE, List.of(first)).areRefused(2, Refusal.BAD_FRAGMENT);
    }

    @Test
    @Tag("NAT-FRAG-06")
    void theLargestDatagramPasses() {
        Ipv4Packet largest = ipv4(IN1, OUT1).udp(5000, 53, data(5, 65_507)).build();
        int[] borders =
                java.util.stream.IntStream.range(1, 45).map(i -> i * 1480).toArray();
        Ipv4Packet out = Lab.standard()
                .sendEach(Side.INSIDE, Fragments.cut(largest, borders))
                .arrivesInFragments(45, "EXT1:5000 > OUT1:53");
        assertThat(out.octets().length()).isEqualTo(65_535);
    }

    /** The router alert (94) is copied, the timestamp (44) is not. */
    @Test
    void optionsAreCopiedByTheirFlag() {
        Lab lab = Lab.with(config -> config.withPath(config.path().withOutsideMtu(100)));
        Octets options = Octets.fromHex("440405000194040000");
        Ipv4Packet packet =
                ipv4(IN1, OUT1).options(options).udp(5000, 53, data(3, 200)).build();
        List<Delivery> out = lab.send(packet).all();
        assertThat(out.get(0).octets().slice(20, 12)).isEqualTo(Octets.fromHex("440405000194040000000000"));
        assertThat(out.get(1).octets().slice(20, 4)).isEqualTo(Octets.fromHex("94040000"));
        assertThat(out).hasSize(3).allMatch(piece -> piece.octets().length() <= 100);
        lab.send(packet).arrivesInFragments(3, "EXT1:5000 > OUT1:53");
    }

    @Test
    void aFragmentThatIsStillTooLargeIsCutAgain() {
        Lab lab = Lab.with(config -> config.withPath(config.path().withOutsideMtu(68)));
        Ipv4Packet packet = ipv4(IN1, OUT1).udp(5000, 53, data(9, 300)).build();
        Ipv4Packet out =
                lab.sendEach(Side.INSIDE, Fragments.cut(packet, 16, 160)).arrivesInFragments(8, "EXT1:5000 > OUT1:53");
        assertThat(out.octets().from(28)).isEqualTo(data(9, 300));
    }
}
