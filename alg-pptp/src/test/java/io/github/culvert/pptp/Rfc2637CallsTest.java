package io.github.culvert.pptp;

import static io.github.culvert.pptp.Messages.REFUSED;
import static io.github.culvert.pptp.Messages.clear;
import static io.github.culvert.pptp.Messages.disconnect;
import static io.github.culvert.pptp.Messages.echoReply;
import static io.github.culvert.pptp.Messages.echoRequest;
import static io.github.culvert.pptp.Messages.incomingRequest;
import static io.github.culvert.pptp.Messages.outgoingReply;
import static io.github.culvert.pptp.Messages.outgoingRequest;
import static io.github.culvert.pptp.Messages.startReply;
import static io.github.culvert.pptp.Messages.startRequest;
import static io.github.culvert.pptp.Messages.stopReply;
import static io.github.culvert.pptp.Messages.stopRequest;
import static io.github.culvert.pptp.Messages.wanError;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.alg.Action;
import io.github.culvert.nat.alg.End;
import io.github.culvert.nat.audit.Confidence;
import io.github.culvert.nat.mapping.Direction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How calls begin and end: RFC 2637 section 3. */
class Rfc2637CallsTest {
    private static Dialogue called(int... ids) {
        Dialogue dialogue = Dialogue.dialledFromInside().started();
        for (int id : ids) {
            dialogue.inside(outgoingRequest(id)).unchanged();
            dialogue.remote(outgoingReply(id + 0x100, id)).unchanged();
        }
        return dialogue;
    }

    @Test
    void aCallNeedsAStartedConnection() {
        Dialogue first = Dialogue.dialledFromInside();
        first.inside(outgoingRequest(1)).unchanged();
        assertThat(first.channel.bound).isEmpty();

        Dialogue refused = Dialogue.dialledFromInside();
        refused.inside(startRequest());
        refused.remote(startReply(REFUSED));
        refused.inside(outgoingRequest(1)).unchanged();
        refused.remote(incomingRequest(1)).unchanged();
        assertThat(refused.channel.bound).isEmpty();
        assertThat(refused.notices()).containsExactly("PPTP_NOT_STARTED", "PPTP_NOT_STARTED");
    }

    @Test
    void greIsExpectedFromTheRequestOn() {
        Dialogue call = Dialogue.dialledFromInside().started();
        call.inside(outgoingRequest(5));
        assertThat(call.greIn(5)).isEqualTo(5);
        call.at(59.9);
        assertThat(call.greIn(5)).isEqualTo(5);
        call.at(60);
        call.isOver();

        Dialogue refused = Dialogue.dialledFromInside().started();
        refused.inside(outgoingRequest(5));
        refused.remote(outgoingReply(0, 5, REFUSED));
        refused.isOver();

        Dialogue answered = called(5);
        answered.at(3600);
        assertThat(answered.greIn(5)).isEqualTo(5);
        assertThat(answered.channel.timers).isEmpty();
    }

    @Test
    void aReplyThatComesTooLateOpensNothingButIsTranslated() {
        Dialogue call = Dialogue.dialledFromInside().started();
        call.nat.leave(0x5001);
        call.inside(outgoingRequest(5));
        call.at(60);
        call.remote(outgoingReply(9, 0x5001)).as(outgoingReply(9, 5));
        call.isOver();
        call.inside(clear(5)).as(clear(0x5001));
        call.at(120);
        call.isOver();
        assertThat(call.channel.tracker().observations().get(0).state()).isEqualTo("0 calls");
    }

    @Test
    void severalCallsAreTrackedApart() {
        Dialogue calls = called(1, 2, 3);
        calls.remote(disconnect(0x102)).unchanged();
        assertThat(calls.channel.bound).containsOnlyKeys(1, 3);
        calls.remote(wanError(3)).unchanged();
        calls.inside(clear(1)).unchanged();
        calls.at(60);
        assertThat(calls.channel.bound).containsOnlyKeys(3);
    }

    @Test
    void aClearedCallLingersUntilTheNotice() {
        Dialogue call = called(5);
        call.at(100);
        call.inside(clear(5));
        call.at(159.9);
        assertThat(call.greIn(5)).isEqualTo(5);
        call.at(160);
        call.isOver();

        Dialogue noticed = called(5);
        noticed.inside(clear(5));
        noticed.remote(disconnect(0x105));
        noticed.isOver();
    }

    @Test
    void theStopOfAConnectionEndsAllCalls() {
        Dialogue asked = called(1, 2);
        asked.inside(stopRequest()).unchanged();
        assertThat(asked.channel.bound).hasSize(2);
        asked.at(60);
        asked.isOver();

        Dialogue answered = called(1, 2);
        answered.inside(stopRequest());
        answered.remote(stopReply()).unchanged();
        answered.isOver();
        answered.inside(outgoingRequest(3)).unchanged();
        assertThat(answered.channel.bound).isEmpty();
        answered.started().inside(outgoingRequest(3));
        assertThat(answered.channel.bound).containsOnlyKeys(3);
    }

    @ParameterizedTest
    @EnumSource(
            value = End.class,
            names = {"CLOSED", "EXPIRED", "OFF"})
    void theEndOfTheConnectionEndsAllCalls(End end) {
        Dialogue calls = called(1, 2);
        calls.inside(outgoingRequest(3), clear(1));
        calls.inPieces(octets -> Pieces.at(octets, 13));
        calls.channel.pass(Direction.OUTBOUND, outgoingRequest(0x3333).slice(0, 13));
        assertThat(calls.channel.held).hasSize(1);
        calls.ends(end).isOver();
    }

    @Test
    void aResetKillsNothingByItself() {
        Dialogue call = called(5);
        call.ends(End.RESET);
        assertThat(call.greIn(5)).isEqualTo(5);
        call.at(30);
        call.channel.log.clear();
        call.remote(echoRequest()).unchanged();
        call.inside(echoReply()).unchanged();
        assertThat(call.channel.log).contains(new Action.Extend(47, 5));
        call.at(300);
        assertThat(call.greIn(5)).isEqualTo(5);
        call.ends(End.EXPIRED).isOver();
    }

    @Test
    void aCallWithoutGreIsTranslatedStill() {
        Dialogue call = Dialogue.dialledFromInside().started();
        call.nat.leave(0x5001);
        call.inside(outgoingRequest(5));
        call.remote(outgoingReply(6, 0x5001));
        call.channel.idle(0x5001);
        call.isOver();
        call.channel.log.clear();
        call.inside(echoRequest());
        assertThat(call.channel.log).isEmpty();
        call.inside(clear(5)).as(clear(0x5001));
        call.remote(disconnect(6));
        call.isOver();
    }

    @Test
    void aCallThatEndsByItselfWhileItLingersIsGone() {
        Dialogue call = called(5);
        call.inside(clear(5));
        call.channel.idle(5);
        call.isOver();
    }

    @Test
    @Tag("SEC-04")
    void anOutsideRequestNeedsAnInsidePacThatWasMadeReachable() {
        Dialogue client = Dialogue.dialledFromInside().started();
        client.nat.leave(0x5001);
        client.remote(outgoingRequest(5)).unchanged();
        assertThat(client.notices()).containsExactly("PPTP_WRONG_SIDE");
        client.inside(outgoingReply(7, 5)).unchanged();
        assertThat(client.notices()).containsExactly("PPTP_WRONG_SIDE", "PPTP_WRONG_SIDE");
        client.isOver();
        assertThat(client.channel.log).noneMatch(Action.Bind.class::isInstance);
    }

    @Test
    void aReplyThatAnswersNothingOpensNothing() {
        Dialogue server = Dialogue.dialledFromOutside().started();
        server.remote(outgoingRequest(5));
        server.inside(outgoingReply(7, 6));
        server.isOver();
        assertThat(server.notices()).containsExactly("PPTP_WRONG_SIDE");
        server.inside(outgoingReply(7, 5)).unchanged();
        assertThat(server.greIn(7)).isEqualTo(7);
    }

    @Test
    void whatIsObservedGrowsMoreCertain() {
        Dialogue call = Dialogue.dialledFromInside();
        assertThat(call.channel.tracker().observations()).singleElement().satisfies(seen -> {
            assertThat(seen.confidence()).isEqualTo(Confidence.HINT);
            assertThat(seen.evidence()).isEqualTo("TCP port 1723");
        });
        call.inside(startRequest());
        assertThat(call.channel.tracker().observations().get(0).confidence()).isEqualTo(Confidence.LIKELY);
        call.remote(startReply());
        call.inside(outgoingRequest(1));
        call.nat.room(0);
        call.inside(outgoingRequest(2));
        assertThat(call.channel.tracker().observations()).singleElement().satisfies(seen -> {
            assertThat(seen.confidence()).isEqualTo(Confidence.CERTAIN);
            assertThat(seen.state()).isEqualTo("1 call, 1 that cannot be served");
            assertThat(seen.inside().toString()).isEqualTo("192.168.1.10");
            assertThat(seen.advice().id()).isEqualTo("PPTP-WEAK");
            assertThat(seen.advice().text()).contains("MS-CHAPv2", "MPPE", "WireGuard", "IKEv2");
        });
    }

    @Test
    void aRequestIsAnsweredOnce() {
        Dialogue server = Dialogue.dialledFromOutside().started();
        server.remote(outgoingRequest(5));
        server.inside(outgoingReply(7, 5)).unchanged();
        server.inside(outgoingReply(8, 5)).unchanged();
        assertThat(server.channel.bound).containsOnlyKeys(7);
        assertThat(server.notices()).containsExactly("PPTP_WRONG_SIDE");
    }

    @Test
    void aRequestMayBeTakenBack() {
        Dialogue server = Dialogue.dialledFromOutside().started();
        server.remote(outgoingRequest(5), clear(5)).unchanged();
        server.inside(outgoingReply(7, 5)).unchanged();
        server.isOver();
    }

    @Test
    void greThatStopsBeforeTheReplyEndsTheWaiting() {
        Dialogue call = Dialogue.dialledFromInside().started();
        call.inside(outgoingRequest(5));
        call.channel.idle(5);
        call.isOver();
    }

    @Test
    void aConnectionThatIsReadNoMoreHasNoCalls() {
        Dialogue call = called(5);
        call.remote(Messages.unknown(9, 9, 12));
        assertThat(call.channel.tracker().observations().get(0).state()).isEqualTo("0 calls");
    }
}
