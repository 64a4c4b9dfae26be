package io.github.culvert.l2tp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.culvert.l2tp.L2tpMessage.Announced;
import io.github.culvert.l2tp.L2tpMessage.HeaderId;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 2661 sections 3.2 and 6, one message a line: header tunnel and session ID, AVP 9, AVP 14. */
class L2tpMessageTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
                     1, SCCRQ,    EITHER, ZERO,                ZERO,                FRESH,   NOTHING
                     2, SCCRP,    EITHER, RECIPIENTS,          ZERO,                FRESH,   NOTHING
                     3, SCCCN,    EITHER, RECIPIENTS,          ZERO,                NOTHING, NOTHING
                     4, STOP_CCN, EITHER, RECIPIENTS_IF_KNOWN, ZERO,                AGAIN,   NOTHING
                     6, HELLO,    EITHER, RECIPIENTS,          ZERO,                NOTHING, NOTHING
                     7, OCRQ,     LNS,    RECIPIENTS,          ZERO,                NOTHING, FRESH
                     8, OCRP,     LAC,    RECIPIENTS,          RECIPIENTS,          NOTHING, FRESH
                     9, OCCN,     LAC,    RECIPIENTS,          RECIPIENTS,          NOTHING, NOTHING
                    10, ICRQ,     LAC,    RECIPIENTS,          ZERO,                NOTHING, FRESH
                    11, ICRP,     LNS,    RECIPIENTS,          RECIPIENTS,          NOTHING, FRESH
                    12, ICCN,     LAC,    RECIPIENTS,          RECIPIENTS,          NOTHING, NOTHING
                    14, CDN,      EITHER, RECIPIENTS,          RECIPIENTS_IF_KNOWN, NOTHING, AGAIN
                    15, WEN,      LAC,    RECIPIENTS,          RECIPIENTS,          NOTHING, NOTHING
                    16, SLI,      LNS,    RECIPIENTS,          RECIPIENTS,          NOTHING, NOTHING
                    """)
    void isTheTableOfTheRfc(
            int code,
            L2tpMessage message,
            L2tpMessage.Sender sender,
            HeaderId headerTunnelId,
            HeaderId headerSessionId,
            Announced tunnelId,
            Announced sessionId) {
        assertThat(L2tpMessageType.of(code)).isEqualTo(message);
        assertThat(message.code()).isEqualTo(code);
        assertThat(message.sender()).isEqualTo(sender);
        assertThat(message.headerTunnelId()).isEqualTo(headerTunnelId);
        assertThat(message.headerSessionId()).isEqualTo(headerSessionId);
        assertThat(message.tunnelId()).isEqualTo(tunnelId);
        assertThat(message.sessionId()).isEqualTo(sessionId);
    }

    @Test
    void thereAreFourteenMessages() {
        assertThat(L2tpMessage.values()).hasSize(14);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 13})
    void theGapsOfTheTableAreUnknown(int code) {
        assertThat(L2tpMessageType.of(code)).isEqualTo(new L2tpMessageType.Unknown(code));
    }

    @Property
    void everyOtherCodeIsUnknownAndKept(@ForAll @IntRange(min = 17, max = 0xffff) int code) {
        assertThat(L2tpMessageType.of(code)).isEqualTo(new L2tpMessageType.Unknown(code));
        assertThat(L2tpMessageType.of(code).code()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0x10000})
    void whatIsNoCodeIsRefused(int code) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> L2tpMessageType.of(code))
                .withMessageContaining(Integer.toString(code));
    }
}
