package io.github.culvert.nat.conformance;

import static io.github.culvert.nat.refusal.Refusal.FRAGMENT_DUPLICATE;
import static io.github.culvert.nat.refusal.Refusal.FRAGMENT_OVERLAP;
import static io.github.culvert.nat.refusal.Refusal.SHORT_TRANSPORT_HEADER;
import static io.github.culvert.nat.refusal.Refusal.TINY_FRAGMENT;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.bed.Packets.ipv4;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.Ipv4Builder;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.packet.TcpSegment;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.lab.Lab;
import io.github.culvert.nat.testkit.packet.Fragments;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 1858 and RFC 3128: tiny and overlapping fragments, which hide a header from who looks at it. */
class Rfc3128Test {
    private static final int TCP = 6;
    private static final int UDP = 17;

    private final Lab lab = Lab.standard();

    /** A TCP segment which, read as UDP, has the right length. */
    private static Octets segment(int port) {
        Octets payload = Octets.of(new byte[36]);
        return ipv4(IN1, OUT1)
                .transport(TcpSegment.builder()
                        .ports(port, 80)
                        .sequence(56 << 16)
                        .flags(TcpFlag.SYN)
                        .payload(payload))
                .octets()
                .from(20);
    }

    private static Ipv4Builder piece(int protocol, int offset, Octets payload) {
        return ipv4(IN1, OUT1)
                .protocol(protocol)
                .identification(7)
                .fragmentOffset(offset)
                .payload(payload);
    }

    /** All of the datagram is dropped: also what would complete it, with a first fragment that is in order. */
    private void isDropped(int protocol, Refusal reason) {
        Octets whole = segment(5000);
        Octets first = piece(protocol, 0, whole.slice(0, 24)).moreFragments().octets();
        Octets last = piece(protocol, 24, whole.from(24)).octets();
        lab.sendEach(Side.INSIDE, List.of(first, last)).areRefused(2, reason);
        assertThat(lab.sessions()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"6,4", "6,8", "6,16", "17,4", "1,4"})
    @Tag("NAT-FRAG-04")
    void aTinyFirstFragmentDropsAll(int protocol, int length) {
        Octets tiny = piece(protocol, 0, segment(5000).slice(0, length))
                .moreFragments()
                .octets();
        lab.sendEach(Side.INSIDE, List.of(tiny)).isRefused(SHORT_TRANSPORT_HEADER);
        isDropped(protocol, SHORT_TRANSPORT_HEADER);
    }

    @Test
    @Tag("NAT-FRAG-04")
    void aTcpFragmentAtOffsetOneDropsAll() {
        lab.send(piece(TCP, 8, segment(5000).slice(8, 16)).build()).isRefused(TINY_FRAGMENT);
        isDropped(TCP, TINY_FRAGMENT);
    }

    @Test
    @Tag("NAT-FRAG-04")
    void aSecondFirstFragmentWithAnotherPortDropsAll() {
        Octets one = piece(TCP, 0, segment(5000).slice(0, 24)).moreFragments().octets();
        Octets other = piece(TCP, 0, segment(5001).slice(0, 24)).moreFragments().octets();
        lab.sendEach(Side.INSIDE, List.of(one)).isSilent();
        lab.sendEach(Side.INSIDE, List.of(other)).areRefused(2, FRAGMENT_OVERLAP);
        isDropped(TCP, FRAGMENT_OVERLAP);
    }

    /** Twenty bytes are no multiple of eight: such a fragment cannot be a first one of several. */
    @Test
    @Tag("NAT-FRAG-04")
    void twentyBytesTwiceWithAnotherPortDropAll() {
        Octets one = piece(TCP, 0, segment(5000).slice(0, 20)).moreFragments().octets();
        Octets other = piece(TCP, 0, segment(5001).slice(0, 20)).moreFragments().octets();
        lab.sendEach(Side.INSIDE, List.of(one, other)).areRefused(2, Refusal.BAD_FRAGMENT);
        isDropped(TCP, Refusal.BAD_FRAGMENT);
    }

    @ParameterizedTest
    @ValueSource(ints = {TCP, UDP})
    @Tag("NAT-FRAG-04")
    void anyOverlapDropsAll(int protocol) {
        Octets whole = segment(5000);
        Octets first = piece(protocol, 0, whole.slice(0, 32)).moreFragments().octets();
        Octets overlapping = piece(protocol, 24, whole.from(24)).octets();
        lab.sendEach(Side.INSIDE, List.of(first)).isSilent();
        lab.sendEach(Side.INSIDE, List.of(overlapping)).areRefused(2, FRAGMENT_OVERLAP);
        isDropped(protocol, FRAGMENT_OVERLAP);
    }

    @Test
    @Tag("NAT-FRAG-04")
    void offsetEightWithinTheFirstSixteenBytesDropsAll() {
        Octets first = piece(UDP, 0, segment(5000).slice(0, 16)).moreFragments().octets();
        Octets overlapping =
                piece(UDP, 8, segment(5000).slice(8, 16)).moreFragments().octets();
        lab.sendEach(Side.INSIDE, List.of(first)).isSilent();
        lab.sendEach(Side.INSIDE, List.of(overlapping)).areRefused(2, FRAGMENT_OVERLAP);
        isDropped(UDP, FRAGMENT_OVERLAP);
    }

    /** The network may duplicate a packet: a copy harms nobody. */
    @Test
    void anExactCopyIsIgnored() {
        List<Octets> pieces = Fragments.cut(
                ipv4(IN1, OUT1).udp(5000, 53, Octets.of(new byte[60])).build(), 24);
        lab.sendEach(Side.INSIDE, List.of(pieces.get(0))).isSilent();
        lab.sendEach(Side.INSIDE, List.of(pieces.get(0))).isRefused(FRAGMENT_DUPLICATE);
        lab.sendEach(Side.INSIDE, List.of(pieces.get(1))).arrivesInFragments(2, "EXT1:5000 > OUT1:53");
    }

    @Test
    void afterTheTimeoutTheIdentificationIsFreeAgain() {
        lab.send(piece(TCP, 8, segment(5000).slice(8, 16)).build()).isRefused(TINY_FRAGMENT);
        Octets whole = segment(5000);
        Octets first = piece(TCP, 0, whole.slice(0, 24)).moreFragments().octets();
        lab.at(15.1)
                .sendEach(
                        Side.INSIDE,
                        List.of(first, piece(TCP, 24, whole.from(24)).octets()))
                .arrivesInFragments(2, "EXT1:5000 > OUT1:80");
    }
}
