package io.github.culvert.pptp;

import static io.github.culvert.pptp.Messages.disconnect;
import static io.github.culvert.pptp.Messages.incomingReply;
import static io.github.culvert.pptp.Messages.incomingRequest;
import static io.github.culvert.pptp.Messages.outgoingReply;
import static io.github.culvert.pptp.Messages.outgoingRequest;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which call a Call-Disconnect-Notify ends: RFC 2637 section 2.13, and what peers do instead. */
class Rfc2637DisconnectTest {
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
    @Tag("PPTP-06")
    void aDisconnectNamesThePacsCallIdFirst() {
        Dialogue call = called();
        call.remote(disconnect(0x0080)).unchanged();
        call.isOver();
        assertThat(call.notices()).isEmpty();
    }

    @Test
    @Tag("PPTP-06")
    void aDisconnectMayNameThePnsAsAccelPppDoes() {
        Dialogue call = called();
        call.remote(disconnect(OUTSIDE)).as(disconnect(0x1234));
        call.isOver();
        assertThat(call.notices()).containsExactly("PPTP_QUIRK_PNS_ID");
    }

    @Test
    @Tag("PPTP-06")
    void aDisconnectMayNameThePnsWithSwappedBytes() {
        Dialogue call = called();
        call.remote(disconnect(0x0150)).as(disconnect(0x3412));
        call.isOver();
        assertThat(call.notices()).containsExactly("PPTP_QUIRK_SWAPPED_PNS_ID");
    }

    @Test
    @Tag("PPTP-06")
    void aDisconnectThatNamesNoCallClosesNone() {
        Dialogue calls = called();
        calls.nat.leave(0x5002, OUTSIDE);
        calls.inside(outgoingRequest(0x1299)).as(outgoingRequest(0x5002));
        calls.remote(disconnect(0x7777)).unchanged();
        assertThat(calls.notices()).containsExactly("PPTP_UNKNOWN_CALL");
        calls.at(59);
        assertThat(calls.channel.bound).hasSize(2);
    }

    @Test
    @Tag("PPTP-06")
    void aDisconnectThatNamesNoCallMeansTheOnlyOne() {
        Dialogue call = called();
        call.remote(disconnect(0x7777)).unchanged();
        assertThat(call.greIn(OUTSIDE)).isEqualTo(0x1234);
        call.at(60);
        call.isOver();
    }

    @Test
    @Tag("PPTP-06")
    void aCallIdOfBothSidesMeansThePacsCall() {
        Dialogue calls = Dialogue.dialledFromInside().started();
        calls.nat.leave(0x0080, 0x5002);
        calls.inside(outgoingRequest(0x0011)).as(outgoingRequest(0x0080));
        calls.remote(outgoingReply(0x0001, 0x0080)).as(outgoingReply(0x0001, 0x0011));
        calls.inside(outgoingRequest(0x5000)).as(outgoingRequest(0x5002));
        calls.remote(outgoingReply(0x0080, 0x5002)).as(outgoingReply(0x0080, 0x5000));

        calls.remote(disconnect(0x0080)).unchanged();

        assertThat(calls.greIn(0x0080)).isEqualTo(0x0011);
        assertThat(calls.greIn(0x5002)).isEqualTo(-1);
    }

    @Test
    @Tag("PPTP-06")
    void theDisconnectOfAnInsidePacIsTheMirrorImage() {
        Dialogue own = answered();
        own.inside(disconnect(0x0080)).as(disconnect(OUTSIDE));
        own.isOver();

        Dialogue instead = answered();
        instead.inside(disconnect(0x1234)).unchanged();
        instead.isOver();
        assertThat(instead.notices()).containsExactly("PPTP_QUIRK_PNS_ID");

        Dialogue swapped = answered();
        swapped.inside(disconnect(0x3412)).unchanged();
        swapped.isOver();
        assertThat(swapped.notices()).containsExactly("PPTP_QUIRK_SWAPPED_PNS_ID");
    }

    @ParameterizedTest
    @CsvSource({"DISCONNECT_WITH_PNS_ID, 5001", "DISCONNECT_WITH_SWAPPED_PNS_ID, 0150"})
    void aQuirkThatIsSwitchedOffIsNotUnderstood(PptpQuirk quirk, String named) {
        PptpConfig config = PptpConfig.STANDARD.withQuirks(EnumSet.complementOf(EnumSet.of(quirk)));
        Dialogue call = Dialogue.dialledFromInside(new FakeNat(), PptpAlg.of(config), "192.168.1.10:50000")
                .started();
        call.nat.leave(OUTSIDE);
        call.inside(outgoingRequest(0x1234));
        call.remote(outgoingReply(0x0080, OUTSIDE));

        call.remote(disconnect(Integer.parseInt(named, 16))).unchanged();

        assertThat(call.notices()).containsExactly("PPTP_UNKNOWN_CALL");
    }

    @Test
    void aDisconnectThatNamesNoCallMeansTheOnlyOneOfItsRole() {
        Dialogue both = Dialogue.dialledFromInside().started();
        both.inside(outgoingRequest(1), incomingRequest(2));
        both.remote(outgoingReply(3, 1), incomingReply(4, 2));
        both.remote(disconnect(0x7777)).unchanged();
        both.at(60);
        assertThat(both.channel.bound).containsOnlyKeys(2);
        both.inside(disconnect(0x7777)).unchanged();
        both.at(120);
        both.isOver();
    }
}
