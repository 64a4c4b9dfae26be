package io.github.culvert.gateway.replay;

import static io.github.culvert.gateway.replay.Packets.EXT1;
import static io.github.culvert.gateway.replay.Packets.IN1;
import static io.github.culvert.gateway.replay.Packets.IN2;
import static io.github.culvert.gateway.replay.Packets.OUT1;
import static io.github.culvert.gateway.replay.Packets.OUT2;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.gateway.report.Finding;
import io.github.culvert.nat.config.AddressForward;
import io.github.culvert.nat.config.Exemption;
import io.github.culvert.nat.config.MssClamp;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Prefix;
import io.github.culvert.nat.refusal.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A NAT that holds, cuts and answers packets wrongly, one thing at a time, and what the judge says to it. */
class JudgeBesidesTest {
    private static final String PAYLOAD = "0123456789abcdef".repeat(200);
    private static final byte[] LARGE = Packets.udp(IN1 + ":5000", OUT1 + ":53", PAYLOAD);
    private static final byte[] LARGE_OUTSIDE = Packets.udp(EXT1 + ":5000", OUT1 + ":53", PAYLOAD);
    private static final byte[] SMALL = Packets.udp(IN1 + ":5000", OUT1 + ":53", "6162636465666768");

    private final List<Finding> findings = new ArrayList<>();
    private Judge judge = new Judge(Played.CONFIG, PptpScope.OFF, findings::add);

    private void with(NatConfig config) {
        judge = new Judge(config, PptpScope.OFF, findings::add);
    }

    private void in(List<byte[]> fragments) {
        fragments.forEach(f -> judge.goesIn(Packets.outbound(f), 0));
    }

    private void out(byte... packet) {
        judge.leftBesides(Direction.OUTBOUND, new Datagram(packet), 0, 0);
    }

    private void inwards(byte... packet) {
        judge.leftBesides(Direction.INBOUND, new Datagram(packet), 0, 0);
    }

    private void assertOnly(String detail) {
        assertThat(findings)
                .singleElement()
                .satisfies(f -> assertThat(f.detail()).contains(detail));
    }

    @Test
    void heldFragmentsLeaveInAnyOrderWithANewIdentification() {
        in(Packets.fragments(LARGE, 7, 800));
        List<byte[]> outside = Packets.fragments(LARGE_OUTSIDE, 99, 800);
        out(outside.get(1));
        out(outside.get(0));
        out(outside.get(2));
        judge.end();
        assertThat(findings).isEmpty();
        assertThat(judge.tally().packetsAsRecorded()).isEqualTo(3);
    }

    @Test
    void fragmentsOfOneDatagramMustNotGetTwoIdentifications() {
        in(Packets.fragments(LARGE, 7, 800));
        out(Packets.fragments(LARGE_OUTSIDE, 99, 800).get(0));
        out(Packets.fragments(LARGE_OUTSIDE, 98, 800).get(1));
        assertOnly("its identification is not that of the fragments before it");
    }

    @Test
    void datagramsOfTwoHostsMustNotShareAnIdentification() {
        in(Packets.fragments(LARGE, 7, 800));
        in(Packets.fragments(Packets.udp(IN2 + ":5000", OUT1 + ":53", PAYLOAD), 8, 800));
        out(Packets.fragments(LARGE_OUTSIDE, 7, 800).get(0));
        out(Packets.fragments(Packets.udp(EXT1 + ":6000", OUT1 + ":53", PAYLOAD), 7, 800)
                .get(0));
        assertOnly("its identification is that of another host's datagram to the same remote");
    }

    @Test
    void aHeldFragmentMustKeepItsPayload() {
        in(Packets.fragments(LARGE, 7, 800));
        byte[] second = Packets.fragments(LARGE_OUTSIDE, 7, 800).get(1);
        second[30] ^= 1;
        out(second);
        assertOnly("byte 30 (payload)");
    }

    @Test
    void piecesOfAPacketMakeItUp() {
        with(Played.CONFIG.withPath(Played.CONFIG.path().withOutsideMtu(500)));
        judge.goesIn(Packets.outbound(Packets.with(LARGE, 6, 0)), 0);
        Packets.fragments(LARGE_OUTSIDE, 5, 480).forEach(this::out);
        judge.end();
        assertThat(findings).isEmpty();
        assertThat(judge.tally().packetsAsRecorded()).isEqualTo(1);
    }

    @Test
    void aPieceMustFitTheLink() {
        with(Played.CONFIG.withPath(Played.CONFIG.path().withOutsideMtu(499)));
        judge.goesIn(Packets.outbound(Packets.with(LARGE, 6, 0)), 0);
        out(Packets.fragments(LARGE_OUTSIDE, 5, 480).get(0));
        assertOnly("a piece is larger than the MTU of 499");
    }

    @Test
    void piecesThatAreMissingAreALoss() {
        with(Played.CONFIG.withPath(Played.CONFIG.path().withOutsideMtu(500)));
        judge.goesIn(Packets.outbound(Packets.with(LARGE, 6, 0)), 0);
        Packets.fragments(LARGE_OUTSIDE, 5, 480).subList(0, 2).forEach(this::out);
        judge.end();
        assertOnly("it never came out");
    }

    @Test
    void aPieceMustKeepItsPayload() {
        with(Played.CONFIG.withPath(Played.CONFIG.path().withOutsideMtu(500)));
        judge.goesIn(Packets.outbound(Packets.with(LARGE, 6, 0)), 0);
        List<byte[]> pieces = Packets.fragments(LARGE_OUTSIDE, 5, 480);
        pieces.get(2)[40] ^= 1;
        pieces.forEach(this::out);
        assertThat(findings).extracting(Finding::kind).containsExactly(Finding.Kind.WRONG_BYTE);
    }

    @Test
    void aMessageAboutARefusedPacketIsCounted() {
        refuse();
        inwards(Packets.icmp(EXT1, IN1, 3, 0, SMALL));
        assertThat(judge.tally().sent()).containsEntry("ICMP 3/0", 1L);
        assertThat(findings).hasSize(1);
    }

    @Test
    void aMessageMustGoToTheSenderAndQuoteWhatWentIn() {
        refuse();
        findings.clear();
        byte[] quote = SMALL.clone();
        quote[27] ^= 1;
        inwards(Packets.icmp(EXT1, IN2, 3, 0, SMALL));
        inwards(Packets.icmp(EXT1, IN1, 3, 0, quote));
        inwards(Packets.with(Packets.icmp(EXT1, IN1, 3, 0, SMALL), 22, 0x1234));
        out(Packets.icmp(EXT1, IN1, 3, 0, SMALL));
        assertThat(findings)
                .extracting(Finding::detail)
                .containsExactly(
                        "a message of the NAT: it went to somebody else",
                        "a message of the NAT: it does not quote what went in",
                        "a message of the NAT: a checksum of it is wrong",
                        "a message of the NAT: it went to the other side");
    }

    @Test
    void nothingMayBeSaidOfAPacketThatCameOut() {
        Passage passage = judge.goesIn(Packets.outbound(SMALL), 0);
        byte[] outside = Packets.udp(EXT1 + ":5000", OUT1 + ":53", "6162636465666768");
        judge.left(passage, Direction.OUTBOUND, new Datagram(outside), 0);
        inwards(Packets.icmp(EXT1, IN1, 3, 0, SMALL));
        assertOnly("no recorded packet led to it");
    }

    @Test
    void nothingMayBeSaidOfAnIcmpError() {
        byte[] error = Packets.icmp(IN1, OUT1, 3, 0, Packets.udp(OUT1 + ":53", IN1 + ":5000", "6162"));
        judge.refused(judge.goesIn(Packets.outbound(error), 0), Refusal.SESSION_LIMIT, 0);
        findings.clear();
        inwards(Packets.icmp(EXT1, IN1, 3, 0, error));
        assertOnly("nothing may be said of such a packet");
    }

    @Test
    void whatIsExemptMustNotBeTranslated() {
        with(Played.CONFIG.withExemptions(List.of(Exemption.of(Ipv4Prefix.parse("198.51.100.7/32")))));
        Passage passage = judge.goesIn(Packets.outbound(SMALL), 0);
        judge.left(passage, Direction.OUTBOUND, new Datagram(SMALL.clone()), 0);
        byte[] answer = Packets.udp(OUT1 + ":53", IN1 + ":5000", "61");
        Passage back = judge.goesIn(Packets.inbound(answer), 0);
        assertThat(back.handedIn()).isEqualTo(answer);
        judge.left(back, Direction.INBOUND, new Datagram(answer.clone()), 0);
        assertThat(findings).isEmpty();
        Passage other = judge.goesIn(Packets.outbound(Packets.udp(IN1 + ":5000", OUT2 + ":53", "")), 0);
        judge.left(other, Direction.OUTBOUND, new Datagram(Packets.udp(IN1 + ":5000", OUT2 + ":53", "")), 0);
        assertOnly("is no public address");
    }

    @Test
    void anAddressForwardIsKnownToEverybody() {
        AddressForward own = new AddressForward(Ipv4Address.parse("203.0.113.9"), Ipv4Address.parse(IN1));
        with(Played.CONFIG
                .withPublicAddresses(List.of(Ipv4Address.parse(EXT1), own.outside()))
                .withAddressForwards(List.of(own)));
        Passage passage = judge.goesIn(Packets.inbound(Packets.tcp(OUT1 + ":9", IN1 + ":80", 2, "")), 0);
        assertThat(passage.handedIn()).isEqualTo(Packets.tcp(OUT1 + ":9", "203.0.113.9:80", 2, ""));
    }

    @Test
    void theMssIsLoweredWhereItIsToBe() {
        with(Played.CONFIG.withTcp(Played.CONFIG.tcp().withMssFromInside(new MssClamp.To(1300))));
        assertThat(withMss(1460, 1300)).isEmpty();
        assertThat(withMss(1460, 1460)).hasSize(1);
        findings.clear();
        assertThat(withMss(1200, 1200)).isEmpty();
    }

    private List<Finding> withMss(int before, int after) {
        Passage passage = judge.goesIn(Packets.outbound(syn(IN1, before)), 0);
        judge.left(passage, Direction.OUTBOUND, new Datagram(syn(EXT1, after)), 0);
        return findings;
    }

    /** A SYN whose only option is an MSS; the option counts as payload to whom makes the packet. */
    private static byte[] syn(String from, int mss) {
        byte[] plain = Packets.tcp(from + ":5000", OUT1 + ":80", 2, "0204" + String.format("%04x", mss));
        Datagram changed = new Datagram(plain);
        Edit.transportWord(changed, 32, 0x6002);
        return plain;
    }

    private void refuse() {
        judge.refused(judge.goesIn(Packets.outbound(SMALL), 0), Refusal.SESSION_LIMIT, 0);
    }
}
