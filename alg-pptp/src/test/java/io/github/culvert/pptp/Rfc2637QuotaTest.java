package io.github.culvert.pptp;

import static io.github.culvert.pptp.Messages.clear;
import static io.github.culvert.pptp.Messages.disconnect;
import static io.github.culvert.pptp.Messages.echoRequest;
import static io.github.culvert.pptp.Messages.incomingRequest;
import static io.github.culvert.pptp.Messages.outgoingReply;
import static io.github.culvert.pptp.Messages.outgoingRequest;
import static io.github.culvert.pptp.Messages.wanError;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.alg.End;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** How many calls there may be, and what becomes of those that may not: {@link CallIds#SINK}. */
class Rfc2637QuotaTest {
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

    /** The guess for the first byte was wrong: the second must not make it the Call ID of another call. */
    @Test
    void aCutNamesNoOtherCall() {
        Dialogue calls = called(0x1201, 0x12ff);
        calls.nat.room(0);
        calls.inside(outgoingRequest(0x1202)).as(outgoingRequest(SINK));
        calls.inPieces(octets -> Pieces.at(octets, 13));
        int named = calls.inside(clear(0x1202)).id(12);
        assertThat(named).isNotIn(0x1201, 0x12ff);
        assertThat(calls.channel.bound).containsOnlyKeys(0x1201, 0x12ff);
        calls.inside(clear(0x1201)).unchanged();
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
}
