package io.github.culvert.pptp;

import static io.github.culvert.pptp.Messages.REFUSED;
import static io.github.culvert.pptp.Messages.clear;
import static io.github.culvert.pptp.Messages.connected;
import static io.github.culvert.pptp.Messages.disconnect;
import static io.github.culvert.pptp.Messages.echoReply;
import static io.github.culvert.pptp.Messages.echoRequest;
import static io.github.culvert.pptp.Messages.incomingReply;
import static io.github.culvert.pptp.Messages.incomingRequest;
import static io.github.culvert.pptp.Messages.linkInfo;
import static io.github.culvert.pptp.Messages.outgoingReply;
import static io.github.culvert.pptp.Messages.outgoingRequest;
import static io.github.culvert.pptp.Messages.put;
import static io.github.culvert.pptp.Messages.put16;
import static io.github.culvert.pptp.Messages.wanError;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.alg.Action;
import io.github.culvert.nat.packet.Octets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which Call IDs are translated, message by message: RFC 2637 sections 2.7 to 2.15. */
class Rfc2637MessagesTest {
    /** The Call ID that the examples have for the inside host's 0x1234. */
    private static final int OUTSIDE = 0x5001;

    /** An inside PNS has placed a call: 0x1234, outside 0x5001, to 0x0080. */
    private static Dialogue called() {
        Dialogue call = Dialogue.dialledFromInside().started();
        call.nat.leave(OUTSIDE);
        call.inside(outgoingRequest(0x1234)).as(outgoingRequest(OUTSIDE));
        call.remote(outgoingReply(0x0080, OUTSIDE)).as(outgoingReply(0x0080, 0x1234));
        return call;
    }

    /** An inside PAC has answered a call: 0x0080, outside 0x5001, from 0x1234. */
    private static Dialogue answered() {
        Dialogue call = Dialogue.dialledFromOutside().started();
        call.nat.leave(OUTSIDE);
        call.remote(outgoingRequest(0x1234)).unchanged();
        call.inside(outgoingReply(0x0080, 0x1234)).as(outgoingReply(OUTSIDE, 0x1234));
        return call;
    }

    @Test
    @Tag("PPTP-01")
    void aMessageNeedsTypeOneTheCookieAndTheLengthOfItsType() {
        Octets request = outgoingRequest(0x1234);
        Dialogue valid = Dialogue.dialledFromInside().started();
        valid.inside(request);
        assertThat(valid.channel.bound).hasSize(1);

        for (Octets bad : new Octets[] {
            put16(request, 0, 0x00a9), put16(request, 0, 0x00a7), put16(request, 6, 0x3c4e), put16(request, 2, 0)
        }) {
            Dialogue dialogue = Dialogue.dialledFromInside().started();
            dialogue.inside(bad, request).unchanged();
            assertThat(dialogue.channel.stopped).isTrue();
            assertThat(dialogue.channel.log)
                    .noneMatch(action -> action.toString().startsWith("Bind"));
        }
    }

    @Test
    void theRequestOfAnInsidePnsGetsAnOutsideCallId() {
        FakeNat nat = new FakeNat();
        Dialogue first = Dialogue.dialledFromInside(nat, PptpAlg.standard(), "192.168.1.10:50000")
                .started();
        Dialogue second = Dialogue.dialledFromInside(nat, PptpAlg.standard(), "192.168.1.11:50000")
                .started();

        first.inside(outgoingRequest(0x1234)).unchanged();
        int id = second.inside(outgoingRequest(0x1234)).id(12);

        assertThat(id).isNotEqualTo(0x1234).isBetween(0x1200, 0x12ff);
        assertThat(first.greIn(0x1234)).isEqualTo(0x1234);
        assertThat(second.greIn(id)).isEqualTo(0x1234);
        second.inside(clear(0x1234)).as(clear(id));
    }

    @Test
    void anInsideCallIdOfZeroIsTranslated() {
        Dialogue call = Dialogue.dialledFromInside().started();
        int id = call.inside(outgoingRequest(0)).id(12);
        assertThat(id).isBetween(1, 255);
        call.remote(outgoingReply(0, id)).as(outgoingReply(0, 0));
        assertThat(call.greIn(id)).isZero();
        assertThat(call.greOut(0)).isTrue();
    }

    @Test
    @Tag("PPTP-03")
    void theReplyToAnInsidePnsGetsItsCallIdBack() {
        Dialogue call = called();
        assertThat(call.greIn(OUTSIDE)).isEqualTo(0x1234);
        assertThat(call.greOut(0x0080)).isTrue();
    }

    @Test
    @Tag("PPTP-04")
    void anIncomingCallToAnInsidePnsChangesItsOwnCallIdsOnly() {
        Dialogue call = Dialogue.dialledFromInside().started();
        call.nat.leave(OUTSIDE);
        call.remote(incomingRequest(0x0007)).unchanged();
        assertThat(call.channel.bound).isEmpty();
        call.inside(incomingReply(0x0007, 0x0007)).as(incomingReply(OUTSIDE, 0x0007));
        call.remote(connected(OUTSIDE)).as(connected(0x0007));
        assertThat(call.greIn(OUTSIDE)).isEqualTo(0x0007);
        assertThat(call.greOut(0x0007)).isTrue();
    }

    @Test
    void anIncomingCallThatTheInsidePnsRefusesOpensNothing() {
        Dialogue call = Dialogue.dialledFromInside().started();
        call.remote(incomingRequest(7));
        call.inside(incomingReply(9, 7, REFUSED)).unchanged();
        call.isOver();
        assertThat(call.channel.log).allMatch(Action.Edit.class::isInstance);
    }

    @Test
    @Tag("PPTP-05")
    void theClearRequestOfAnInsidePnsIsTranslatedEvenBeforeAReply() {
        Dialogue call = Dialogue.dialledFromInside().started();
        call.nat.leave(OUTSIDE);
        call.inside(outgoingRequest(0x1234));
        call.inside(clear(0x1234)).as(clear(OUTSIDE));
    }

    @Test
    @Tag("PPTP-07")
    void linkInfoNamesThePacAndWanErrorThePns() {
        Dialogue pns = called();
        pns.inside(linkInfo(0x0080)).unchanged();
        pns.remote(wanError(OUTSIDE)).as(wanError(0x1234));

        Dialogue pac = answered();
        pac.remote(linkInfo(OUTSIDE)).as(linkInfo(0x0080));
        pac.inside(wanError(0x1234)).unchanged();
    }

    @Test
    void anInsidePacAnnouncesItsCallIdInRequestsToo() {
        Dialogue call = Dialogue.dialledFromOutside().started();
        call.nat.leave(OUTSIDE);
        call.inside(incomingRequest(0x0080)).as(incomingRequest(OUTSIDE));
        assertThat(call.greIn(OUTSIDE)).isEqualTo(0x0080);
        call.remote(incomingReply(0x1234, OUTSIDE)).as(incomingReply(0x1234, 0x0080));
        assertThat(call.greOut(0x1234)).isTrue();
        call.inside(connected(0x1234)).unchanged();
        call.remote(clear(0x1234)).unchanged();
        call.inside(disconnect(0x0080)).as(disconnect(OUTSIDE));
        call.isOver();
    }

    @Test
    void twoInsidePacsWithEqualCallIdsGetTwo() {
        FakeNat nat = new FakeNat();
        Dialogue first = Dialogue.dialledFromOutside(nat, PptpAlg.standard(), "192.168.1.12:1723")
                .started();
        Dialogue second = Dialogue.dialledFromOutside(nat, PptpAlg.standard(), "192.168.1.11:1723")
                .started();
        first.remote(outgoingRequest(5));
        second.remote(outgoingRequest(5));
        int one = first.inside(outgoingReply(1, 5)).id(12);
        int other = second.inside(outgoingReply(1, 5)).id(12);
        assertThat(other).isNotEqualTo(one);
        assertThat(first.greIn(one)).isEqualTo(1);
        assertThat(second.greIn(other)).isEqualTo(1);
        assertThat(first.greOut(5)).isTrue();
    }

    @Test
    @Tag("PPTP-28")
    void theRolesComeFromTheMessages() {
        Dialogue dialled = answered();
        dialled.remote(linkInfo(OUTSIDE)).as(linkInfo(0x0080));

        Dialogue dials = Dialogue.dialledFromInside().started();
        dials.nat.leave(OUTSIDE);
        dials.inside(incomingRequest(0x0080)).as(incomingRequest(OUTSIDE));
        dials.remote(incomingReply(0x1234, OUTSIDE)).as(incomingReply(0x1234, 0x0080));
        dials.remote(linkInfo(OUTSIDE)).as(linkInfo(0x0080));
        assertThat(dials.greIn(OUTSIDE)).isEqualTo(0x0080);
    }

    @Test
    void aCallMayHaveEitherRoleInOneConnection() {
        Dialogue both = called();
        both.nat.leave(OUTSIDE, 0x5002);
        both.inside(incomingRequest(0x0080)).as(incomingRequest(0x5002));
        both.remote(incomingReply(0x4444, 0x5002)).as(incomingReply(0x4444, 0x0080));
        both.remote(disconnect(0x0080)).unchanged();
        assertThat(both.greIn(OUTSIDE)).isEqualTo(-1);
        assertThat(both.greIn(0x5002)).isEqualTo(0x0080);
    }

    @Test
    void bothInside() {
        FakeNat nat = new FakeNat();
        Dialogue client = Dialogue.dialledFromInside(nat, PptpAlg.standard(), "192.168.1.10:50000")
                .started();
        Dialogue server = Dialogue.dialledFromOutside(nat, PptpAlg.standard(), "192.168.1.12:1723")
                .started();
        nat.leave(0x5001, 0x5002);

        Octets request = client.inside(outgoingRequest(0x1234)).heard();
        server.remote(request).unchanged();
        int pns = request.u16(12);
        Octets reply = server.inside(outgoingReply(0x1234, pns)).heard();
        int pac = reply.u16(12);
        client.remote(reply).as(outgoingReply(pac, 0x1234));

        assertThat(client.greIn(pns)).isEqualTo(0x1234);
        assertThat(server.greIn(pac)).isEqualTo(0x1234);
        assertThat(client.greOut(pac)).isTrue();
        assertThat(server.greOut(pns)).isTrue();
        assertThat(pac).isNotEqualTo(pns);
    }

    @Test
    void echoPassesAndExtendsTheCalls() {
        Dialogue call = called();
        call.channel.log.clear();
        call.inside(echoRequest()).unchanged();
        call.remote(echoReply()).unchanged();
        assertThat(call.channel.log)
                .hasSize(2)
                .allMatch(action -> action.toString().equals("Extend[protocol=47, outsideId=20481]"));
    }

    @Test
    void aReplyThatRefusesRemovesTheCallAtOnce() {
        Dialogue call = Dialogue.dialledFromInside().started();
        call.inside(outgoingRequest(0x1234)).unchanged();
        call.remote(outgoingReply(0, 0x1234, REFUSED)).unchanged();
        call.isOver();
        assertThat(call.channel.nat.isFree(0x1234, call)).as("rests").isFalse();
    }

    @Test
    void aReplyOfAnInsidePacThatRefusesOpensNothing() {
        Dialogue call = Dialogue.dialledFromOutside().inPieces(Pieces::bytes).started();
        call.remote(outgoingRequest(0x1234));
        call.inside(outgoingReply(0x0080, 0x1234, REFUSED));
        call.isOver();
        assertThat(call.channel.nat.isFree(0x0080, call)).as("was held only").isTrue();
    }

    @Test
    void theStartReplyOfTheSameSideStartsNothing() {
        Dialogue dialogue = Dialogue.dialledFromInside();
        dialogue.inside(Messages.startRequest(), Messages.startReply(), outgoingRequest(1))
                .unchanged();
        assertThat(dialogue.channel.bound).isEmpty();
        assertThat(put(Messages.startReply(), 14, 4)).isEqualTo(Messages.startReply(4));
    }
}
