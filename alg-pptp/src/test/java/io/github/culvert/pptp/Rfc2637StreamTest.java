package io.github.culvert.pptp;

import static io.github.culvert.pptp.Messages.all;
import static io.github.culvert.pptp.Messages.echoRequest;
import static io.github.culvert.pptp.Messages.outgoingReply;
import static io.github.culvert.pptp.Messages.outgoingRequest;
import static io.github.culvert.pptp.Messages.unknown;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.alg.Action;
import io.github.culvert.nat.alg.Action.Aftermath;
import io.github.culvert.nat.alg.End;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.pptp.Dialogue.Heard;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A control connection is a stream of bytes: RFC 2637 sections 1.4 and 3. */
class Rfc2637StreamTest {
    private static Dialogue started() {
        Dialogue dialogue = Dialogue.dialledFromInside().started();
        dialogue.nat.leave(0x5001, 0x5002);
        return dialogue;
    }

    @Test
    @Tag("PPTP-15")
    void theCutMakesNoDifference() {
        Octets whole = started().inside(outgoingRequest(0x1234)).heard();
        assertThat(whole.u16(12)).isIn(0x5001, 0x5002);
        for (int cut = 1; cut < whole.length(); cut++) {
            int at = cut;
            Dialogue dialogue = started().inPieces(octets -> Pieces.at(octets, at));
            Heard heard = dialogue.inside(outgoingRequest(0x1234));
            assertThat(heard.heard()).as("cut at %d", cut).isEqualTo(whole);
            assertThat(dialogue.greIn(heard.id(12))).isEqualTo(0x1234);
            assertThat(dialogue.channel.held).isEmpty();
        }
    }

    @Test
    @Tag("PPTP-15")
    void allMessagesOfASegmentAreSeen() {
        Dialogue dialogue = started();
        Octets heard = dialogue.inside(echoRequest(), outgoingRequest(0x1234)).heard();
        assertThat(heard.slice(0, 16)).isEqualTo(echoRequest());
        assertThat(dialogue.greIn(heard.from(16).u16(12))).isEqualTo(0x1234);
    }

    @Test
    @Tag("PPTP-15")
    void aCutBetweenTheBytesHoldsACallIdUntilTheSecondComes() {
        Dialogue dialogue = started().inPieces(octets -> Pieces.at(octets, 13));
        dialogue.nat.wake();
        Octets request = outgoingRequest(0x1234);
        Octets first = dialogue.channel.pass(Direction.OUTBOUND, request.slice(0, 13));
        assertThat(first.u8(12)).isEqualTo(0x50);
        assertThat(dialogue.channel.held).hasSize(1);
        assertThat(dialogue.channel.bound).isEmpty();
        Octets second = dialogue.channel.pass(Direction.OUTBOUND, request.from(13));
        assertThat(second.u8(0)).isIn(1, 2);
        assertThat(dialogue.channel.held).isEmpty();
        assertThat(dialogue.channel.bound).hasSize(1);
    }

    @Test
    void aCallIdThatIsHeldIsGivenBackIfTheOtherCanBeKept() {
        Dialogue dialogue = Dialogue.dialledFromInside().started();
        dialogue.nat.leave(0x1234, 0x1200);
        Octets request = outgoingRequest(0x1234);
        dialogue.channel.pass(Direction.OUTBOUND, request.slice(0, 13));
        assertThat(dialogue.channel.held).hasSize(1);
        dialogue.channel.pass(Direction.OUTBOUND, request.from(13));
        assertThat(dialogue.greIn(0x1234)).isEqualTo(0x1234);
        assertThat(dialogue.channel.held).isEmpty();
        assertThat(dialogue.nat.owned()).isEqualTo(1);
    }

    @Test
    void whenTheRoomGoesBetweenTheBytesNobodyElseGetsTheCallId() {
        Dialogue dialogue = started();
        Octets request = outgoingRequest(0x1234);
        dialogue.channel.pass(Direction.OUTBOUND, request.slice(0, 13));
        dialogue.nat.room(0);
        dialogue.channel.pass(Direction.OUTBOUND, request.from(13));
        assertThat(dialogue.channel.bound).isEmpty();
        assertThat(dialogue.channel.held).hasSize(1);
        assertThat(dialogue.notices()).containsExactly("PPTP_CALL_QUOTA");
        dialogue.ends(End.CLOSED).isOver();
    }

    @Test
    void whenTheRoomGoesTheCallIdThatLeavesIsHeldNotTheOther() {
        Dialogue dialogue = Dialogue.dialledFromInside().started();
        dialogue.nat.leave(0x1234, 0x1200);
        Octets request = outgoingRequest(0x1234);
        dialogue.channel.pass(Direction.OUTBOUND, request.slice(0, 13));
        dialogue.nat.room(0);
        dialogue.channel.pass(Direction.OUTBOUND, request.from(13));
        assertThat(dialogue.channel.held).containsExactly(0x1234);
    }

    @ParameterizedTest
    @CsvSource({"1, 16, 20", "1, 16, 12", "1, 65535, 1024", "1, 0, 13", "2, 7, 168", "2, 1, 12"})
    @Tag("PPTP-20")
    void anUnknownTypeIsSkippedByItsLength(int messageType, int type, int length) {
        Dialogue dialogue = started();
        dialogue.inside(unknown(messageType, type, length)).unchanged();
        Heard next = dialogue.inside(outgoingRequest(0x1234));
        assertThat(dialogue.greIn(next.id(12))).isEqualTo(0x1234);
    }

    @ParameterizedTest
    @CsvSource({"1, 16, 11", "1, 16, 1025", "1, 16, 0", "2, 1, 65535", "0, 1, 156", "3, 1, 156", "1, 7, 156"})
    void anImpossibleLengthOrTypeEndsTheReading(int messageType, int type, int length) {
        Dialogue dialogue = started();
        dialogue.inside(unknown(messageType, type, length), outgoingRequest(0x1234))
                .unchanged();
        assertThat(dialogue.notices()).containsExactly("PPTP_DESYNC");
        assertThat(dialogue.channel.bound).isEmpty();
    }

    @Test
    @Tag("PPTP-21")
    void badFramingEndsTheReadingAndItsCalls() {
        Dialogue http = Dialogue.dialledFromInside();
        http.inside(ascii("GET / HTTP/1.1\r\n\r\n")).unchanged();
        assertThat(http.notices()).containsExactly("PPTP_DESYNC");
        http.isOver();

        Dialogue calls = started();
        calls.inside(outgoingRequest(0x1234));
        calls.inside(ascii("GET / HTTP/1.1\r\n\r\n"), outgoingRequest(0x1235)).unchanged();
        calls.isOver();
        assertThat(calls.channel.log).contains(new Action.Stop(Aftermath.PASS, PptpNotice.PPTP_DESYNC));
        calls.inside(outgoingRequest(0x1235)).unchanged();
        calls.isOver();
    }

    @Test
    @Tag("PPTP-21")
    void badFramingCutsTheConnectionIfTheOwnerWants() {
        PptpAlg alg = PptpAlg.of(PptpConfig.STANDARD.withOnDesync(Aftermath.CUT));
        Dialogue http = Dialogue.dialledFromInside(new FakeNat(), alg, "192.168.1.10:50000");
        http.remote(ascii("220 smtp ready\r\n"));
        assertThat(http.channel.log).containsExactly(new Action.Stop(Aftermath.CUT, PptpNotice.PPTP_DESYNC));
    }

    @Test
    @Tag("SEC-01")
    void whatLooksLikePptpInMidStreamOpensNothing() {
        Dialogue post = Dialogue.dialledFromInside();
        Octets head = ascii("POST / HTTP/1.1\r\nContent-Length: 1000\r\n\r\n");
        post.inside(head).unchanged();
        post.remote(Messages.startReply()).unchanged();
        post.inside(Messages.startRequest()).unchanged();
        post.inside(outgoingRequest(0x1234)).unchanged();
        post.isOver();
        assertThat(post.channel.log).noneMatch(Action.Bind.class::isInstance);
        assertThat(PptpAlg.standard().controls()).extracting("port").containsExactly(1723);

        Dialogue late = Dialogue.dialledFromInside();
        assertThat(late.channel.tracker().onStream(Direction.OUTBOUND, 17, outgoingRequest(0x1234), late.channel))
                .containsExactly(new Action.Stop(Aftermath.PASS, PptpNotice.PPTP_DESYNC));
    }

    @Test
    void aCallIdOfTheRemoteSideMayBeCutToo() {
        for (int cut = 1; cut < 32; cut++) {
            int at = cut;
            Dialogue dialogue = Dialogue.dialledFromInside().started();
            dialogue.nat.leave(0x5001, 0x6002, 0x6077);
            int one = dialogue.inside(outgoingRequest(0x1234)).id(12);
            int other = dialogue.inside(outgoingRequest(0x9934)).id(12);
            dialogue.inPieces(octets -> Pieces.at(octets, at));
            dialogue.remote(outgoingReply(1, other)).as(outgoingReply(1, 0x9934));
            dialogue.remote(outgoingReply(2, one)).as(outgoingReply(2, 0x1234));
        }
    }

    @Test
    void twoRequestsOfOneSegmentGetTwoCallIds() {
        Dialogue dialogue = Dialogue.dialledFromInside().started();
        Octets heard = dialogue.inside(outgoingRequest(7), outgoingRequest(7)).heard();
        assertThat(heard.u16(12)).isEqualTo(7);
        assertThat(heard.u16(168 + 12)).isNotEqualTo(7);
        assertThat(dialogue.channel.bound).hasSize(2);
    }

    @Test
    void theRoomForTwoIsAskedForInOneSegment() {
        Dialogue dialogue = Dialogue.dialledFromInside().started();
        dialogue.nat.room(1);
        Octets heard = dialogue.inside(outgoingRequest(7), outgoingRequest(8)).heard();
        assertThat(heard.u16(168 + 12)).isEqualTo(0xffff);
        assertThat(dialogue.channel.bound).hasSize(1);
    }

    private static Octets ascii(String text) {
        return all(Octets.of(text.getBytes(StandardCharsets.US_ASCII)));
    }
}
