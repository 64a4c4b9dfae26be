package io.github.culvert.pptp;

import static io.github.culvert.pptp.Messages.REFUSED;
import static io.github.culvert.pptp.Messages.clear;
import static io.github.culvert.pptp.Messages.disconnect;
import static io.github.culvert.pptp.Messages.echoReply;
import static io.github.culvert.pptp.Messages.echoRequest;
import static io.github.culvert.pptp.Messages.incomingReply;
import static io.github.culvert.pptp.Messages.incomingRequest;
import static io.github.culvert.pptp.Messages.outgoingReply;
import static io.github.culvert.pptp.Messages.outgoingRequest;
import static io.github.culvert.pptp.Messages.startReply;
import static io.github.culvert.pptp.Messages.startRequest;
import static io.github.culvert.pptp.Messages.stopReply;
import static io.github.culvert.pptp.Messages.stopRequest;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What real clients and servers are known to do, in one control connection. */
class RealPeersTest {
    private static final int INSIDE = 0x1234;

    /** A call that is {@link #INSIDE} inside and gets another Call ID outside. */
    private static Dialogue called(int outside, int pac) {
        Dialogue call = Dialogue.dialledFromInside().started();
        call.nat.leave(outside, outside + 1, outside + 2);
        int leaves = call.inside(outgoingRequest(INSIDE)).id(12);
        call.remote(outgoingReply(pac, leaves)).as(outgoingReply(pac, INSIDE));
        return call;
    }

    private static int only(Dialogue dialogue) {
        return dialogue.channel.bound.keySet().iterator().next();
    }

    @Test
    void whoStopsBeforeItClears() {
        Dialogue call = called(0x5001, 0x80);
        int outside = only(call);
        call.inside(stopRequest()).unchanged();
        call.inside(clear(INSIDE)).as(clear(outside));
        assertThat(call.greIn(outside)).isEqualTo(INSIDE);
        call.remote(disconnect(0x80)).unchanged();
        call.remote(stopReply()).unchanged();
        call.isOver();
        assertThat(call.notices()).isEmpty();
    }

    @Test
    void whoRedialsWhileTheOldCallLingers() {
        Dialogue call = called(0x5001, 0x80);
        int first = only(call);
        call.inside(clear(INSIDE)).as(clear(first));
        int second = call.inside(outgoingRequest(INSIDE)).id(12);
        assertThat(second).isNotEqualTo(first);
        call.remote(outgoingReply(0x81, second)).as(outgoingReply(0x81, INSIDE));
        call.remote(disconnect(0x80)).unchanged();
        assertThat(call.greIn(first)).isEqualTo(-1);
        assertThat(call.greIn(second)).isEqualTo(INSIDE);
        call.inside(clear(INSIDE)).as(clear(second));
    }

    @Test
    void whoRedialsWhileTheOldCallIdRests() {
        Dialogue call = called(0x5001, 0x80);
        int first = only(call);
        call.remote(disconnect(0x80));
        int second = call.inside(outgoingRequest(INSIDE)).id(12);
        assertThat(second).isNotEqualTo(first);
        call.remote(outgoingReply(0x80, second)).as(outgoingReply(0x80, INSIDE));
        assertThat(call.greIn(second)).isEqualTo(INSIDE);
    }

    /** A server that never says that a call ended, and gives the next one the same Call ID. */
    @Test
    void aServerThatUsesItsCallIdAgainWhileTheOldCallLingers() {
        Dialogue call = called(0x5001, 0x80);
        int first = only(call);
        call.inside(clear(INSIDE));
        int second = call.inside(outgoingRequest(INSIDE)).id(12);
        call.remote(outgoingReply(0x80, second)).as(outgoingReply(0x80, INSIDE));
        call.at(61);
        assertThat(call.greIn(first)).isEqualTo(-1);
        assertThat(call.greIn(second)).isEqualTo(INSIDE);
        assertThat(call.greOut(0x80)).isTrue();
    }

    @Test
    void aServerThatIsBusyLeavesNothingAndTheNextTryWorks() {
        Dialogue call = Dialogue.dialledFromInside().started();
        int first = call.inside(outgoingRequest(INSIDE)).id(12);
        call.remote(outgoingReply(0, first, REFUSED)).as(outgoingReply(0, INSIDE, REFUSED));
        call.isOver();
        int second = call.inside(outgoingRequest(INSIDE)).id(12);
        call.remote(outgoingReply(0, second)).as(outgoingReply(0, INSIDE));
        assertThat(call.greIn(second)).isEqualTo(INSIDE);
    }

    @Test
    void aStartThatIsRefusedInAStartedConnectionEndsNoCall() {
        Dialogue call = called(0x5001, 0x80);
        int outside = only(call);
        call.inside(startRequest()).unchanged();
        call.remote(startReply(REFUSED)).unchanged();
        assertThat(call.greIn(outside)).isEqualTo(INSIDE);
        call.inside(clear(INSIDE)).as(clear(outside));
    }

    @Test
    void aReplyForACallThatNeverWasOpensNothing() {
        Dialogue call = Dialogue.dialledFromInside().started();
        call.remote(outgoingReply(0x80, 0x4444)).unchanged();
        call.remote(echoRequest()).unchanged();
        call.inside(echoReply()).unchanged();
        call.isOver();
    }

    /** pptp-linux answers a Call-Clear-Request of its server, which has no business to send one, with the same Call ID. */
    @Test
    void aServerThatClearsAndAClientThatEchoesIt() {
        Dialogue call = called(0x5001, 0x80);
        int outside = only(call);
        call.remote(clear(0x80)).unchanged();
        call.inside(disconnect(0x80)).unchanged();
        assertThat(call.greIn(outside)).isEqualTo(INSIDE);
    }

    @Test
    void callsOfBothDirectionsWithEqualCallIds() {
        Dialogue call = Dialogue.dialledFromOutside().started();
        call.remote(outgoingRequest(7)).unchanged();
        int served = call.inside(outgoingReply(7, 7)).id(12);
        int placed = call.inside(outgoingRequest(7)).id(12);
        assertThat(placed).isNotEqualTo(served);
        call.remote(outgoingReply(7, placed)).as(outgoingReply(7, 7));
        call.remote(clear(7)).unchanged();
        call.inside(disconnect(7)).as(disconnect(served));
        assertThat(call.greIn(served)).isEqualTo(-1);
        assertThat(call.greIn(placed)).isEqualTo(7);
        call.inside(clear(7)).as(clear(placed));
        call.remote(disconnect(7)).unchanged();
        call.isOver();
    }

    @Test
    void aCallThatComesInAndIsTakenBackBeforeItIsAnswered() {
        Dialogue call = Dialogue.dialledFromInside().started();
        call.remote(incomingRequest(7)).unchanged();
        call.remote(disconnect(7)).unchanged();
        call.inside(incomingReply(9, 7)).unchanged();
        call.isOver();
    }

    @Test
    void theWrongSideEndsNoCall() {
        Dialogue call = called(0x5001, 0x80);
        int outside = only(call);
        call.remote(clear(outside)).unchanged();
        call.remote(clear(INSIDE)).unchanged();
        call.at(61);
        assertThat(call.greIn(outside)).isEqualTo(INSIDE);
    }

    @Test
    void aServerMaySayLateThatACallEnded() {
        Dialogue call = called(0x5001, 0x80);
        call.inside(clear(INSIDE));
        call.at(61);
        call.isOver();
        call.remote(disconnect(0x80)).unchanged();
        assertThat(call.notices()).containsExactly("PPTP_UNKNOWN_CALL");
    }

    @Test
    void aLateNotifyEndsNoOtherCall() {
        Dialogue call = called(0x5001, 0x80);
        call.inside(clear(INSIDE));
        call.at(61);
        int second = call.inside(outgoingRequest(INSIDE)).id(12);
        call.remote(disconnect(0x80)).unchanged();
        call.remote(outgoingReply(0x81, second)).as(outgoingReply(0x81, INSIDE));
        call.at(200);
        assertThat(call.greIn(second)).isEqualTo(INSIDE);
    }
}
