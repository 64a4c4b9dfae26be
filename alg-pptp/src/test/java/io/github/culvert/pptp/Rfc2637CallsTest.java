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
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How calls begin and end, and how many there may be: RFC 2637 section 3. */
class Rfc2637CallsTest {
    private static final int SINK = 0xffff;

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
        calls.channel.pass(
                io.github.culvert.nat.mapping.Direction.OUTBOUND,
                outgoingRequest(0x3333).slice(0, 13));
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
    void theSeventeenthCallGetsTheSink() {
        Dialogue calls = Dialogue.dialledFromInside().started();
        for (int id = 1; id <= 16; id++) {
            calls.inside(outgoingRequest(id)).unchanged();
        }
        calls.inside(outgoingRequest(17)).as(outgoingRequest(SINK));
        assertThat(calls.notices()).containsExactly("PPTP_CALL_QUOTA");
        assertThat(calls.channel.bound).hasSize(16);
        calls.remote(outgoingReply(0x117, SINK)).as(outgoingReply(0x117, 17));
        calls.remote(outgoingReply(0x101, 1)).unchanged();
        assertThat(calls.greIn(SINK)).isEqualTo(-1);
        calls.inside(clear(17)).as(clear(SINK));
        calls.remote(disconnect(0x117)).unchanged();
        assertThat(calls.channel.bound).hasSize(16);
    }

    @Test
    void aHostWithoutRoomGetsTheSink() {
        Dialogue calls = Dialogue.dialledFromInside().started();
        calls.nat.room(0);
        calls.inside(outgoingRequest(17)).as(outgoingRequest(SINK));
        assertThat(calls.notices()).containsExactly("PPTP_CALL_QUOTA");
    }

    @Test
    void whenAllCallIdsAreTakenTheSinkIsLeft() {
        Dialogue calls = called(1);
        calls.nat.take(2, 0xfffe);
        calls.inside(outgoingRequest(5), echoRequest()).as(outgoingRequest(SINK), echoRequest());
        assertThat(calls.notices()).containsExactly("PPTP_ID_EXHAUSTED");
        assertThat(calls.greIn(1)).isEqualTo(1);
        assertThat(calls.greIn(SINK)).isEqualTo(-1);
        calls.remote(outgoingReply(6, SINK)).as(outgoingReply(6, 5));
        calls.remote(wanError(SINK)).as(wanError(5));
    }

    @Test
    void theLastFreeCallIdIsFound() {
        for (int last : new int[] {1, 0x00ff, 0x7f80, 0xff00, 0xfffe}) {
            Dialogue calls = Dialogue.dialledFromInside().started();
            calls.nat.leave(last);
            calls.inside(outgoingRequest(0x1234)).as(outgoingRequest(last));
        }
    }

    @Test
    void theLastFreeCallIdIsFoundThoughItsHighByteStandsForAnother() {
        Dialogue calls = called(0x1234);
        calls.nat.leave(0x1277);
        calls.inside(outgoingRequest(0x5555)).as(outgoingRequest(0x1277));
    }

    @Test
    void whoAsksOnWhenAllCallIdsAreTakenCostsOneSearchASecond() {
        Dialogue calls = Dialogue.dialledFromInside().started();
        calls.nat.leave();
        calls.inside(outgoingRequest(0x1234));
        assertThat(calls.nat.asked()).isLessThan(70_000);
        for (int call = 0; call < 100; call++) {
            calls.inside(outgoingRequest(0x1234)).as(outgoingRequest(SINK));
        }
        assertThat(calls.nat.asked()).isLessThan(100_000);
        calls.nat.leave(0x7777);
        calls.at(1).inside(outgoingRequest(0x1234)).as(outgoingRequest(0x7777));
    }

    @Test
    void zeroAndTheSinkAreNeverChosen() {
        Dialogue calls = Dialogue.dialledFromInside().started();
        calls.nat.leave(0, SINK);
        calls.inside(outgoingRequest(SINK)).as(outgoingRequest(SINK));
        calls.inside(outgoingRequest(0)).as(outgoingRequest(SINK));
        assertThat(calls.channel.bound).isEmpty();
    }

    @Test
    void severalCallsInTheSinkGetTheirReplies() {
        Dialogue calls = Dialogue.dialledFromInside().started();
        calls.nat.leave();
        calls.inside(outgoingRequest(0x1111), outgoingRequest(0x2222));
        calls.remote(outgoingReply(1, SINK)).as(outgoingReply(1, 0x1111));
        calls.remote(outgoingReply(2, SINK)).as(outgoingReply(2, 0x2222));
    }

    @Test
    @Tag("SEC-04")
    void anOutsideRequestNeedsAnInsidePacThatWasMadeReachable() {
        Dialogue client = Dialogue.dialledFromInside().started();
        client.remote(outgoingRequest(5)).unchanged();
        assertThat(client.notices()).containsExactly("PPTP_WRONG_SIDE");
        client.inside(outgoingReply(7, 5)).unchanged();
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
    void theMemoryIsBoundedWhateverComes() {
        Dialogue flood = Dialogue.dialledFromOutside().started();
        Consumer<Integer> round = id -> {
            flood.remote(outgoingRequest(id), incomingRequest(id));
            flood.inside(outgoingRequest(id));
        };
        for (int id = 0; id < 500; id++) {
            round.accept(id);
        }
        int size = flood.channel.tracker().save().length();
        for (int id = 500; id < 1000; id++) {
            round.accept(id);
        }
        assertThat(flood.channel.tracker().save().length()).isEqualTo(size).isLessThan(2000);
        flood.ends(End.CLOSED).isOver();
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
}
