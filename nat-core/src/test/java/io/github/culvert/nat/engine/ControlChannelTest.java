package io.github.culvert.nat.engine;

import static io.github.culvert.nat.mapping.Direction.INBOUND;
import static io.github.culvert.nat.mapping.Direction.OUTBOUND;
import static io.github.culvert.nat.testkit.lab.TcpTalk.letters;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.alg.AlgStatus;
import io.github.culvert.nat.audit.Finding;
import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.alg.TalkAlg;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.testkit.lab.Lab;
import io.github.culvert.nat.testkit.lab.Sent;
import io.github.culvert.nat.testkit.lab.TcpTalk;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What an engine does for an ALG that reads a TCP control channel, shown by a made-up one. */
class ControlChannelTest {
    private static final String ROUTE = "IN1:4000 > OUT1:7000";

    private final NatEngine engine = NatEngine.builder(NatBed.config(Packets.EXT1))
            .random(new SplittableRandom(1))
            .alg(new TalkAlg())
            .build();
    private final Lab lab = Lab.around(engine);

    private long told(TalkAlg.Told notice) {
        return engine.counters().notices().getOrDefault(notice.name(), 0L);
    }

    private AlgStatus status() {
        return engine.table().algs().get(0);
    }

    @Test
    void bytesAreEditedOnTheirWay() {
        TcpTalk talk = TcpTalk.open(lab, ROUTE);
        assertThat(talk.out("hello")).isEqualTo("hEllo");
        assertThat(talk.in("we")).isEqualTo("wE");
    }

    @Test
    void anotherPortIsNobodysBusiness() {
        assertThat(TcpTalk.open(lab, "IN1:4000 > OUT1:7001").out("hello")).isEqualTo("hello");
        assertThat(status()).isEqualTo(new AlgStatus("talk", true, 0, 0));
    }

    @Test
    void aRetransmissionGetsTheSameEditsWithOtherBorders() {
        TcpTalk talk = TcpTalk.open(lab, ROUTE);
        talk.out("heel");
        assertThat(TcpTalk.payload(talk.again(OUTBOUND, 1, letters("ee")))).isEqualTo(letters("EE"));
        assertThat(TcpTalk.payload(talk.again(OUTBOUND, 2, letters("ele")))).isEqualTo(letters("ElE"));
    }

    @Test
    void aMessageMayComeInPiecesAndSeveralInOne() {
        TcpTalk talk = TcpTalk.open(lab, ROUTE);
        assertThat(talk.out("C\u0001")).isEqualTo("C\u0001");
        assertThat(talk.out("\u0002C\u0001\u0003e")).isEqualTo("\u0002C\u0001\u0003E");
        assertThat(status().sessions()).isEqualTo(2);
    }

    @Test
    void whatIsTakenOutsideIsReplaced() {
        TcpTalk first = TcpTalk.open(lab, ROUTE);
        TcpTalk second = TcpTalk.open(lab, "IN2:4000 > OUT1:7000");
        assertThat(first.out("C\u0001\u0002")).isEqualTo("C\u0001\u0002");
        assertThat(second.out("C\u0001\u0002")).isEqualTo("C\u0001\u0003");
        assertThat(second.in("S\u0001\u0003\u0007\u0007")).isEqualTo("S\u0001\u0002\u0007\u0007");
    }

    @Test
    void aSegmentThatComesTooEarlyWaitsForWhatIsMissing() {
        TcpTalk talk = TcpTalk.open(lab, ROUTE);
        assertThat(talk.again(OUTBOUND, 2, letters("e2")).all()).isEmpty();
        assertThat(talk.again(OUTBOUND, 4, letters("e4")).all()).isEmpty();
        Sent all = talk.again(OUTBOUND, 0, letters("e0"));
        assertThat(TcpTalk.payloads(all)).isEqualTo(letters("E0E2E4"));
    }

    @Test
    void itIsGivenBackIfThatNeverComes() {
        TcpTalk talk = TcpTalk.open(lab, ROUTE);
        talk.again(OUTBOUND, 2, letters("e2"));
        talk.again(OUTBOUND, 2, letters("e2")).isRefused(Refusal.STREAM_OUT_OF_ORDER);
        lab.at(11).late().isRefused(Refusal.STREAM_OUT_OF_ORDER);
    }

    @Test
    void anEditedByteIsNotToChange() {
        TcpTalk talk = TcpTalk.open(lab, ROUTE);
        talk.out("hello");
        talk.again(OUTBOUND, 0, letters("hallo")).isRefused(Refusal.STREAM_INCONSISTENT);
    }

    @Test
    void whatIsFarAwayPassesNobody() {
        TcpTalk talk = TcpTalk.open(lab, ROUTE);
        talk.again(OUTBOUND, 1 << 24, letters("e")).isRefused(Refusal.STREAM_OUT_OF_WINDOW);
        talk.again(INBOUND, 1L << 31, letters("e")).isRefused(Refusal.STREAM_OUT_OF_WINDOW);
    }

    @Test
    void aWrongChecksumLeavesNoTrace() {
        TcpTalk talk = TcpTalk.open(lab, ROUTE);
        var good = talk.packet(OUTBOUND, 0, letters("C\u0001\u0002"), TcpFlag.ACK);
        byte[] flipped = good.octets().toByteArray();
        flipped[flipped.length - 1] ^= 4;
        lab.send(Side.INSIDE, Ipv4Packet.parse(Octets.of(flipped)).orElseThrow(), ChecksumStatus.VERIFY)
                .passes();
        assertThat(status().sessions()).isZero();
        assertThat(talk.out("C\u0001\u0002")).isEqualTo("C\u0001\u0002");
        assertThat(status().sessions()).isEqualTo(1);
    }

    @Test
    void aRefusedSegmentDoesNotCountAsSent() {
        TcpTalk talk = TcpTalk.open(lab, ROUTE);
        talk.again(OUTBOUND, 0, letters("?")).isRefused(Refusal.CHANNEL_REFUSED);
        assertThat(talk.out("e")).isEqualTo("E");
    }

    @Test
    void aChannelMayBeCutOrLetGo() {
        TcpTalk cut = TcpTalk.open(lab, ROUTE);
        cut.again(OUTBOUND, 0, letters("!")).isRefused(Refusal.CHANNEL_CUT);
        cut.again(OUTBOUND, 0, letters("a")).isRefused(Refusal.CHANNEL_CUT);
        TcpTalk free = TcpTalk.open(lab, "IN2:4000 > OUT1:7000");
        assertThat(free.out("eC\u0001\u0002.e")).isEqualTo("EC\u0001\u0002.e");
        assertThat(free.out("e")).isEqualTo("e");
        assertThat(TcpTalk.payload(free.again(OUTBOUND, 0, letters("e")))).isEqualTo(letters("E"));
        assertThat(status().sessions()).isZero();
    }

    @Test
    void aTrackerThatThrowsIsFollowedNoLonger() {
        TcpTalk talk = TcpTalk.open(lab, ROUTE);
        talk.out("C\u0001\u0002");
        assertThat(talk.out("#e")).isEqualTo("#e");
        assertThat(engine.counters().notices()).containsEntry("ALG_FAILED", 1L);
        assertThat(status().sessions()).isZero();
    }

    @Test
    void timersAreCalledOnce() {
        TcpTalk talk = TcpTalk.open(lab, ROUTE);
        talk.out("T\u0005");
        lab.at(4.9).late();
        assertThat(told(TalkAlg.Told.TALK_TIMER)).isZero();
        lab.at(5.1).late();
        lab.at(50).late();
        assertThat(told(TalkAlg.Told.TALK_TIMER)).isEqualTo(1);
    }

    @Test
    void allEndsWithTheChannel() {
        TcpTalk talk = TcpTalk.open(lab, ROUTE);
        talk.out("C\u0001\u0002T\u0064");
        talk.close();
        assertThat(told(TalkAlg.Told.TALK_CLOSED)).isEqualTo(1);
        assertThat(status().sessions()).isZero();
        lab.at(300).late();
        assertThat(told(TalkAlg.Told.TALK_TIMER)).isZero();
        assertThat(status().channels()).isZero();
    }

    @Test
    void aResetIsNotTheEnd() {
        TcpTalk talk = TcpTalk.open(lab, ROUTE);
        talk.out("C\u0001\u0002");
        talk.reset(INBOUND).passes();
        assertThat(told(TalkAlg.Told.TALK_RESET)).isEqualTo(1);
        assertThat(status().sessions()).isEqualTo(1);
        lab.at(241).late();
        assertThat(told(TalkAlg.Told.TALK_EXPIRED)).isEqualTo(1);
        assertThat(status().sessions()).isZero();
    }

    @Test
    void anotherConnectionAtTheSamePortsBeginsAnew() {
        TcpTalk talk = TcpTalk.open(lab, ROUTE);
        talk.out("C\u0001\u0002");
        talk.close();
        TcpTalk next = TcpTalk.open(lab, ROUTE);
        assertThat(next.out("e")).isEqualTo("E");
    }

    @Test
    void whatIsSwitchedOffEndsAtOnce() {
        TcpTalk talk = TcpTalk.open(lab, ROUTE);
        talk.out("eC\u0001\u0002");
        engine.table().disable("talk");
        assertThat(told(TalkAlg.Told.TALK_OFF)).isEqualTo(1);
        assertThat(status()).isEqualTo(new AlgStatus("talk", false, 1, 0));
        assertThat(talk.out("e")).isEqualTo("e");
        assertThat(TcpTalk.payload(talk.again(OUTBOUND, 0, letters("e")))).isEqualTo(letters("E"));
        assertThat(TcpTalk.open(lab, "IN2:4000 > OUT1:7000").out("e")).isEqualTo("e");
        engine.table().enable("talk");
        assertThat(talk.out("e")).isEqualTo("e");
        assertThat(TcpTalk.open(lab, "IN3:4000 > OUT1:7000").out("e")).isEqualTo("E");
    }

    @Test
    void aServiceInsideIsFollowedBehindItsForward() {
        engine.table()
                .addForward(new StaticForward(
                        Protocol.TCP, new Endpoint(Packets.EXT1, 7070), new Endpoint(Packets.IN3, TalkAlg.PORT)));
        TcpTalk talk = TcpTalk.accept(lab, "OUT1:4000 > EXT1:7070", "IN3:7000");
        assertThat(talk.in("e")).isEqualTo("E");
        assertThat(talk.out("e")).isEqualTo("E");
    }

    /** The inside host has to answer before the first connection is forgotten: a SYN from outside may be forged. */
    @Test
    void anotherConnectionFromOutsideBeginsAnewWithItsAnswer() {
        engine.table()
                .addForward(new StaticForward(
                        Protocol.TCP, new Endpoint(Packets.EXT1, 7000), new Endpoint(Packets.IN3, TalkAlg.PORT)));
        String route = "OUT1:4000 > EXT1:7000";
        TcpTalk first = TcpTalk.accept(lab, route, "IN3:7000");
        first.out("C\u0001\u0002");
        first.reset(INBOUND);
        lab.tcp(route, TcpFlag.SYN).passes();
        assertThat(status().sessions()).isEqualTo(1);
        TcpTalk next = first.acceptAgain();
        assertThat(status().sessions()).isZero();
        assertThat(next.in("e")).isEqualTo("E");
        assertThat(next.out("e")).isEqualTo("E");
    }

    @Test
    void whatIsPickedUpInItsMiddleIsNotFollowed() {
        lab.tcp(ROUTE, TcpFlag.ACK).passes();
        assertThat(engine.counters().notices()).containsEntry("ALG_TOO_LATE", 1L);
        assertThat(status().channels()).isZero();
        lab.tcp("IN1:4000 > OUT1:7001", TcpFlag.ACK).passes();
        assertThat(engine.counters().notices()).containsEntry("ALG_TOO_LATE", 1L);
    }

    @Test
    void aFindingHasWhatTheTableCounts() {
        TcpTalk talk = TcpTalk.open(lab.at(1), ROUTE);
        lab.at(3);
        talk.out("C\u0001\u0002");
        Finding finding = engine.table().findings().get(0);
        assertThat(finding.host()).isEqualTo(Packets.IN1);
        assertThat(finding.peer()).isEqualTo(Packets.OUT1);
        assertThat(finding.bytes()).isEqualTo(3 * 40 + 43);
        assertThat(finding.firstSeen()).isBetween(998_000_000L, 1_000_000_000L);
        assertThat(finding.lastSeen()).isBetween(2_998_000_000L, 3_000_000_000L);
    }
}
