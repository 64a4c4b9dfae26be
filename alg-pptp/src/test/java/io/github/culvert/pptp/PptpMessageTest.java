package io.github.culvert.pptp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 2637 section 2, one message a line: code, length, sender, owner of the Call IDs at 12 and at 14. */
class PptpMessageTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
                     1, START_CONTROL_CONNECTION_REQUEST, 156, INITIATOR, -,   -
                     2, START_CONTROL_CONNECTION_REPLY,   156, ANSWERER,  -,   -
                     3, STOP_CONTROL_CONNECTION_REQUEST,   16, EITHER,    -,   -
                     4, STOP_CONTROL_CONNECTION_REPLY,     16, ANSWERER,  -,   -
                     5, ECHO_REQUEST,                      16, EITHER,    -,   -
                     6, ECHO_REPLY,                        20, ANSWERER,  -,   -
                     7, OUTGOING_CALL_REQUEST,            168, PNS,       PNS, -
                     8, OUTGOING_CALL_REPLY,               32, PAC,       PAC, PNS
                     9, INCOMING_CALL_REQUEST,            220, PAC,       PAC, -
                    10, INCOMING_CALL_REPLY,               24, PNS,       PNS, PAC
                    11, INCOMING_CALL_CONNECTED,           28, PAC,       PNS, -
                    12, CALL_CLEAR_REQUEST,                16, PNS,       PNS, -
                    13, CALL_DISCONNECT_NOTIFY,           148, PAC,       PAC, -
                    14, WAN_ERROR_NOTIFY,                  40, PAC,       PNS, -
                    15, SET_LINK_INFO,                     24, PNS,       PAC, -
                    """)
    void isTheTableOfTheRfc(
            int code, PptpMessage message, int length, PptpMessage.Sender sender, String first, String second) {
        assertThat(PptpMessageType.of(code)).isEqualTo(message);
        assertThat(message.code()).isEqualTo(code);
        assertThat(message.length()).isEqualTo(length);
        assertThat(message.sender()).isEqualTo(sender);
        assertThat(name(message.firstCallId())).isEqualTo(first);
        assertThat(name(message.secondCallId())).isEqualTo(second);
    }

    private static String name(Optional<PptpMessage.Owner> owner) {
        return owner.map(Enum::name).orElse("-");
    }

    @Test
    void callIdsStandAt12And14() {
        assertThat(PptpMessage.FIRST_CALL_ID).isEqualTo(12);
        assertThat(PptpMessage.SECOND_CALL_ID).isEqualTo(14);
    }

    @Test
    void thereAreFifteenMessages() {
        assertThat(PptpMessage.values()).hasSize(15);
    }

    @Property
    void everyOtherCodeIsUnknownAndKept(@ForAll @IntRange(min = 16, max = 0xffff) int code) {
        assertThat(PptpMessageType.of(code)).isEqualTo(new PptpMessageType.Unknown(code));
        assertThat(PptpMessageType.of(code).code()).isEqualTo(code);
    }

    @Test
    void codeZeroIsUnknown() {
        assertThat(PptpMessageType.of(0)).isEqualTo(new PptpMessageType.Unknown(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0x10000})
    void whatIsNoCodeIsRefused(int code) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PptpMessageType.of(code))
                .withMessageContaining(Integer.toString(code));
    }
}
