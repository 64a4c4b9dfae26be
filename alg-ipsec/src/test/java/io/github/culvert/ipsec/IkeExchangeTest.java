package io.github.culvert.ipsec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 2408 section 3.1, RFC 2409 appendix A and RFC 7296 section 3.1, one exchange a line. */
class IkeExchangeTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
                    V1,  1, BASE
                    V1,  2, MAIN_MODE
                    V1,  4, AGGRESSIVE_MODE
                    V1,  5, INFORMATIONAL_V1
                    V1, 32, QUICK_MODE
                    V1, 33, NEW_GROUP_MODE
                    V2, 34, IKE_SA_INIT
                    V2, 35, IKE_AUTH
                    V2, 36, CREATE_CHILD_SA
                    V2, 37, INFORMATIONAL_V2
                    """)
    void isTheTableOfTheRfcs(IkeVersion version, int code, IkeExchange exchange) {
        assertThat(IkeExchangeType.of(version, code)).isEqualTo(exchange);
        assertThat(exchange.version()).isEqualTo(version);
        assertThat(exchange.code()).isEqualTo(code);
    }

    @Test
    void thereAreTenExchanges() {
        assertThat(IkeExchange.values()).hasSize(10);
    }

    @Property
    void everyOtherCodeIsUnknownAndKept(@ForAll IkeVersion version, @ForAll @IntRange(max = 255) int code) {
        boolean defined = Arrays.stream(IkeExchange.values())
                .anyMatch(exchange -> exchange.version() == version && exchange.code() == code);
        IkeExchangeType found = IkeExchangeType.of(version, code);

        assertThat(found instanceof IkeExchangeType.Unknown).isEqualTo(!defined);
        assertThat(found.version()).isEqualTo(version);
        assertThat(found.code()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 256})
    void whatIsNoCodeIsRefused(int code) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IkeExchangeType.of(IkeVersion.V2, code))
                .withMessageContaining(Integer.toString(code));
    }

    @ParameterizedTest
    @CsvSource({"0x10, V1", "0x1f, V1", "0x20, V2", "0x21, V2"})
    void theHighHalfOfTheVersionFieldTells(int field, IkeVersion version) {
        assertThat(IkeVersion.ofField(field)).contains(version);
        assertThat(version.major()).isEqualTo(field >> 4);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x0f, 0x30, 0xff})
    void otherVersionsAreNone(int field) {
        assertThat(IkeVersion.ofField(field)).isEqualTo(Optional.empty());
    }
}
