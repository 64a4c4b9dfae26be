package io.github.culvert.pptp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.alg.Action;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.pptp.PptpMessage.Owner;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * All messages of RFC 2637, byte by byte, with the PNS inside and with the PAC inside, whole and after each prefix. The
 * PNS is 0x1234 and the PAC 0x0080; the one that is inside is 0x5001 outside.
 */
class GoldenMessagesTest {
    private static final int OUTSIDE = 0x5001;

    @ParameterizedTest
    @EnumSource
    void isAsLongAsItsTypeSays(PptpMessage message) {
        Octets golden = Messages.golden(message);
        assertThat(golden.length()).isEqualTo(message.length()).isEqualTo(golden.u16(0));
        assertThat(golden.u16(8)).isEqualTo(message.code());
    }

    @Test
    void theVectorsOfTheRequirementsAreTheSame() {
        assertThat(Messages.outgoingRequest(0x1234).slice(0, 40))
                .isEqualTo(Octets.fromHex("00A80001 1A2B3C4D 00070000 12340001 0000012C 05F5E100 00000003 00000003"
                        + "00400000 00000000"));
        assertThat(Messages.outgoingReply(0x0080, 0x1234))
                .isEqualTo(Octets.fromHex("00200001 1A2B3C4D 00080000 00801234 01000000 05F5E100 00400000 00000000"));
        assertThat(Messages.echoRequest()).isEqualTo(Octets.fromHex("00100001 1A2B3C4D 00050000 00000001"));
        assertThat(Messages.clear(0x1234)).isEqualTo(Octets.fromHex("00100001 1A2B3C4D 000C0000 12340000"));
    }

    /** The role of the inside host, the message, the messages before it, where the Call ID is that is translated. */
    @ParameterizedTest
    @CsvSource(textBlock = """
                    PNS, START_CONTROL_CONNECTION_REQUEST, '',     0
                    PNS, START_CONTROL_CONNECTION_REPLY,   '',     0
                    PNS, STOP_CONTROL_CONNECTION_REQUEST,  7 8,    0
                    PNS, STOP_CONTROL_CONNECTION_REPLY,    7 8,    0
                    PNS, ECHO_REQUEST,                     7 8,    0
                    PNS, ECHO_REPLY,                       7 8,    0
                    PNS, OUTGOING_CALL_REQUEST,            '',     12
                    PNS, OUTGOING_CALL_REPLY,              7,      14
                    PNS, INCOMING_CALL_REQUEST,            '',     0
                    PNS, INCOMING_CALL_REPLY,              9,      12
                    PNS, INCOMING_CALL_CONNECTED,          9 10,   12
                    PNS, CALL_CLEAR_REQUEST,               7,      12
                    PNS, CALL_CLEAR_REQUEST,               7 8,    12
                    PNS, CALL_DISCONNECT_NOTIFY,           7 8,    0
                    PNS, WAN_ERROR_NOTIFY,                 7 8,    12
                    PNS, SET_LINK_INFO,                    7 8,    0
                    PAC, START_CONTROL_CONNECTION_REQUEST, '',     0
                    PAC, START_CONTROL_CONNECTION_REPLY,   '',     0
                    PAC, STOP_CONTROL_CONNECTION_REQUEST,  7 8,    0
                    PAC, STOP_CONTROL_CONNECTION_REPLY,    7 8,    0
                    PAC, ECHO_REQUEST,                     7 8,    0
                    PAC, ECHO_REPLY,                       7 8,    0
                    PAC, OUTGOING_CALL_REQUEST,            '',     0
                    PAC, OUTGOING_CALL_REPLY,              7,      12
                    PAC, INCOMING_CALL_REQUEST,            '',     12
                    PAC, INCOMING_CALL_REPLY,              9,      14
                    PAC, INCOMING_CALL_CONNECTED,          9 10,   0
                    PAC, CALL_CLEAR_REQUEST,               7 8,    0
                    PAC, CALL_DISCONNECT_NOTIFY,           7 8,    12
                    PAC, WAN_ERROR_NOTIFY,                 7 8,    0
                    PAC, SET_LINK_INFO,                    7 8,    12
                    """)
    void isTranslatedWhereItNamesTheInsideHost(Owner inside, PptpMessage message, String before, int offset) {
        Octets said = said(inside, message);
        Octets heard = heard(inside, message);
        assertThat(offset == 0 ? said : differingAt(said, heard, offset)).isEqualTo(heard);

        for (int cut = 1; cut <= said.length(); cut++) {
            Dialogue dialogue = after(inside, before);
            int actions = dialogue.channel.log.size();
            Octets start = dialogue.channel.pass(direction(inside, message), said.slice(0, cut));
            assertThat(start).as("%d bytes", cut).isEqualTo(heard.slice(0, cut));
            if (cut < said.length()) {
                assertThat(since(dialogue, actions)).as("%d bytes", cut).noneMatch(GoldenMessagesTest::needsAll);
                assertThat(dialogue.channel.pass(direction(inside, message), said.from(cut)))
                        .isEqualTo(heard.from(cut));
            }
        }
    }

    private static Octets differingAt(Octets said, Octets heard, int offset) {
        return Messages.put16(said, offset, heard.u16(offset));
    }

    private static List<Action> since(Dialogue dialogue, int actions) {
        return dialogue.channel.log.subList(actions, dialogue.channel.log.size());
    }

    /** What only a whole message may lead to. */
    private static boolean needsAll(Action action) {
        return action instanceof Action.Learn
                || action instanceof Action.Extend
                || action instanceof Action.Disarm
                || action instanceof Action.Report;
    }

    private static Dialogue after(Owner inside, String before) {
        Dialogue dialogue = Dialogue.dialledFromOutside().started();
        dialogue.nat.leave(OUTSIDE);
        for (String code : before.isEmpty() ? new String[0] : before.split(" ")) {
            PptpMessage message = (PptpMessage) PptpMessageType.of(Integer.parseInt(code));
            dialogue.says(direction(inside, message), said(inside, message)).as(heard(inside, message));
        }
        return dialogue;
    }

    private static Direction direction(Owner inside, PptpMessage message) {
        return switch (message.sender()) {
            case PNS -> inside == Owner.PNS ? Direction.OUTBOUND : Direction.INBOUND;
            case PAC -> inside == Owner.PAC ? Direction.OUTBOUND : Direction.INBOUND;
            case INITIATOR, EITHER -> Direction.INBOUND;
            case ANSWERER -> Direction.OUTBOUND;
        };
    }

    private static Octets said(Owner inside, PptpMessage message) {
        return direction(inside, message) == Direction.OUTBOUND ? Messages.golden(message) : outside(inside, message);
    }

    private static Octets heard(Owner inside, PptpMessage message) {
        return direction(inside, message) == Direction.OUTBOUND ? outside(inside, message) : Messages.golden(message);
    }

    /** How a message looks outside: the Call IDs of the inside host are others, by the table of the RFC. */
    private static Octets outside(Owner inside, PptpMessage message) {
        Octets octets = Messages.golden(message);
        int own = inside == Owner.PNS ? 0x1234 : 0x0080;
        for (int offset : new int[] {12, 14}) {
            boolean callId = offset == 12
                    ? message.firstCallId().isPresent()
                    : message.secondCallId().isPresent();
            octets = callId && octets.u16(offset) == own ? Messages.put16(octets, offset, OUTSIDE) : octets;
        }
        return octets;
    }
}
