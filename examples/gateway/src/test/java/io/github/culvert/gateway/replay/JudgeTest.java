package io.github.culvert.gateway.replay;

import static io.github.culvert.gateway.replay.Packets.EXT1;
import static io.github.culvert.gateway.replay.Packets.IN1;
import static io.github.culvert.gateway.replay.Packets.IN2;
import static io.github.culvert.gateway.replay.Packets.OUT1;
import static io.github.culvert.gateway.replay.Packets.OUT2;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.gateway.report.Bystander;
import io.github.culvert.gateway.report.Finding;
import io.github.culvert.gateway.report.Finding.Kind;
import io.github.culvert.gateway.report.Verdict;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Prefix;
import io.github.culvert.nat.refusal.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A NAT that does everything wrong, one thing at a time, and what the judge says to it. */
class JudgeTest {
    private static final long SECOND = 1_000_000_000;
    private static final byte[] QUESTION = Packets.udp(IN1 + ":5000", OUT1 + ":53", "61");
    private static final byte[] ANSWER = Packets.udp(OUT1 + ":53", IN1 + ":5000", "62");

    private final List<Finding> findings = new ArrayList<>();
    private final Judge judge = new Judge(
            NatConfig.of(List.of(Ipv4Prefix.parse("192.168.1.0/24")), List.of(Ipv4Address.parse(EXT1))),
            PptpScope.OFF,
            findings::add);

    private Passage out(byte... packet) {
        return judge.goesIn(Packets.outbound(packet), 0);
    }

    private Passage in(byte... packet) {
        return judge.goesIn(Packets.inbound(packet), 0);
    }

    private void toOutside(Passage passage, Datagram out, long now) {
        judge.left(passage, Direction.OUTBOUND, out, now);
    }

    private void toInside(Passage passage, Datagram out, long now) {
        judge.left(passage, Direction.INBOUND, out, now);
    }

    private void question(long now) {
        toOutside(out(QUESTION), new Datagram(Packets.udp(EXT1 + ":40000", OUT1 + ":53", "61")), now);
    }

    private void assertFound(Kind... kinds) {
        assertThat(findings).extracting(Finding::kind).containsExactly(kinds);
        assertThat(judge.tally().verdict()).isEqualTo(findings.get(0).kind().verdict());
    }

    @Test
    void rightPacketsAreAsRecorded() {
        question(0);
        Passage answer = in(ANSWER);
        assertThat(answer.handedIn()).isEqualTo(Packets.udp(OUT1 + ":53", EXT1 + ":40000", "62"));
        toInside(answer, new Datagram(ANSWER), 0);

        assertThat(findings).isEmpty();
        assertThat(judge.tally().packetsAsRecorded()).isEqualTo(2);
        assertThat(judge.tally().verdict()).isEqualTo(Verdict.AS_RECORDED);
        assertThat(judge.flows()).hasSize(1).first().satisfies(flow -> {
            assertThat(flow.inside()).isEqualTo(IN1 + ":5000");
            assertThat(flow.remote()).isEqualTo(OUT1 + ":53");
            assertThat(List.of(flow.outbound(), flow.inbound(), flow.asRecorded()))
                    .containsExactly(1L, 1L, 2L);
        });
    }

    @Test
    void anInsideSourceOutside() {
        toOutside(out(QUESTION), new Datagram(QUESTION), 0);
        assertFound(Kind.WRONG_BYTE);
        assertThat(findings.get(0).detail()).isEqualTo("its source 192.168.1.10 is no public address");
    }

    @Test
    void aChecksumThatDidNotFollow() {
        byte[] wrong = Packets.with(Packets.udp(EXT1 + ":40000", OUT1 + ":53", "61"), 26, 0x1234);
        toOutside(out(QUESTION), new Datagram(wrong), 0);
        assertFound(Kind.WRONG_BYTE);
        assertThat(findings.get(0).detail()).startsWith("byte 26 (UDP checksum)");
    }

    @Test
    void anotherDestinationOutside() {
        toOutside(out(QUESTION), new Datagram(Packets.udp(EXT1 + ":40000", OUT2 + ":53", "61")), 0);
        assertFound(Kind.WRONG_BYTE);
    }

    @Test
    void anotherPayloadInside() {
        question(0);
        toInside(in(ANSWER), new Datagram(Packets.udp(OUT1 + ":53", IN1 + ":5000", "63")), 0);
        assertFound(Kind.WRONG_BYTE);
    }

    @Test
    void anAnswerAtTheWrongHost() {
        question(0);
        toInside(in(ANSWER), new Datagram(Packets.udp(OUT1 + ":53", IN2 + ":5000", "62")), 0);
        assertFound(Kind.WRONG_BYTE);
    }

    @Test
    void aGuessThatReachesTheHolderOfTheEndpointIsExplained() {
        toOutside(
                out(Packets.udp(IN2 + ":53", OUT1 + ":9", "")),
                new Datagram(Packets.udp(EXT1 + ":53", OUT1 + ":9", "")),
                0);
        byte[] unasked = Packets.udp(OUT1 + ":9", IN1 + ":53", "62");
        toInside(in(unasked), new Datagram(Packets.udp(OUT1 + ":9", IN2 + ":53", "62")), 0);
        assertFound(Kind.MISDIRECTED);
        assertThat(findings.get(0).detail()).isEqualTo("203.0.113.1:53 stands for 192.168.1.11:53");
    }

    @Test
    void anEndpointMayBeAnothersOnceItsTimeIsOver() {
        question(0);
        byte[] other = Packets.udp(IN2 + ":5000", OUT1 + ":53", "61");
        byte[] atOther = Packets.udp(OUT1 + ":53", IN2 + ":5000", "62");
        Datagram outside = new Datagram(Packets.udp(EXT1 + ":40000", OUT1 + ":53", "61"));
        toOutside(out(other), outside, 299 * SECOND);
        toInside(in(ANSWER), new Datagram(atOther), 299 * SECOND);
        assertFound(Kind.WRONG_BYTE);
        findings.clear();
        toInside(in(ANSWER), new Datagram(atOther), 301 * SECOND);
        assertThat(findings).extracting(Finding::kind).containsExactly(Kind.MISDIRECTED);
    }

    @Test
    void aGuessThatReachesAnybodyElseIsWrong() {
        byte[] unasked = Packets.udp(OUT1 + ":9", IN1 + ":53", "62");
        toInside(in(unasked), new Datagram(Packets.udp(OUT1 + ":9", IN2 + ":53", "62")), 0);
        assertFound(Kind.WRONG_BYTE);
    }

    @Test
    void aPacketTwice() {
        Passage passage = out(QUESTION);
        Datagram outside = new Datagram(Packets.udp(EXT1 + ":40000", OUT1 + ":53", "61"));
        toOutside(passage, outside, 0);
        toOutside(passage, outside, 0);
        assertFound(Kind.UNEXPECTED);
        Passage answer = in(ANSWER);
        toInside(answer, new Datagram(ANSWER), 0);
        toInside(answer, new Datagram(ANSWER), 0);
        assertFound(Kind.UNEXPECTED, Kind.UNEXPECTED);
    }

    @Test
    void aPacketOnTheWrongSide() {
        toInside(out(QUESTION), new Datagram(QUESTION), 0);
        toOutside(in(ANSWER), new Datagram(ANSWER), 0);
        assertFound(Kind.UNEXPECTED, Kind.UNEXPECTED);
    }

    @Test
    void aPacketThatNobodySent() {
        judge.leftBesides(Direction.INBOUND, new Datagram(ANSWER), 7, 7);
        assertFound(Kind.UNEXPECTED);
        assertThat(findings.get(0).number()).isZero();
    }

    @Test
    void aPacketThatNeverComesOut() {
        out(QUESTION);
        judge.end();
        assertFound(Kind.LOST);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsLeftToTheHost(HostTraffic kind) {
        judge.toHost(in(ANSWER), kind);
        boolean ours = switch (kind) {
            case NOT_OURS, RESERVED, OWN -> true;
            case IPV6, MULTICAST, BROADCAST, LINK_LOCAL -> false;
        };
        assertThat(judge.tally().verdict()).isEqualTo(ours ? Verdict.WRONG : Verdict.AS_RECORDED);
        assertThat(judge.tally().bystanders()).hasSize(ours ? 0 : 1);
        assertThat(judge.tally().offered(Direction.INBOUND)).isEqualTo(ours ? 1 : 0);
    }

    @Test
    void aMulticastIsABystander() {
        judge.toHost(out(QUESTION), HostTraffic.MULTICAST);
        assertThat(judge.tally().bystanders()).containsEntry(Bystander.MULTICAST, 1L);
    }

    @Test
    void anUnsolicitedPacketIsRefusedWithReason() {
        judge.refused(in(ANSWER), Refusal.NO_MAPPING, 0);
        assertFound(Kind.REFUSED);
        assertThat(findings.get(0).reason()).isEqualTo("NO_MAPPING");
        assertThat(judge.tally().findings(Kind.REFUSED)).containsEntry("NO_MAPPING", 1L);
    }

    @Test
    void anAnswerWithinTheTimeoutMustNotBeRefused() {
        question(0);
        judge.refused(in(ANSWER), Refusal.FILTERED, 299 * SECOND);
        assertFound(Kind.LOST);
        assertThat(findings.get(0).detail())
                .isEqualTo("refused as FILTERED, but the inside endpoint has sent to this host within the timeout");
    }

    @Test
    void anAnswerAfterTheTimeoutMayBeRefused() {
        question(0);
        judge.refused(in(ANSWER), Refusal.NO_MAPPING, 301 * SECOND);
        assertFound(Kind.REFUSED);
    }
}
