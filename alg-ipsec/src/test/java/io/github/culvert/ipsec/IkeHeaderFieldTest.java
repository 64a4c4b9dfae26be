package io.github.culvert.ipsec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 2408 section 3.1 and RFC 7296 section 3.1, one field a line. */
class IkeHeaderFieldTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
                    INITIATOR_SPI,  0, 8
                    RESPONDER_SPI,  8, 8
                    NEXT_PAYLOAD,  16, 1
                    VERSION,       17, 1
                    EXCHANGE_TYPE, 18, 1
                    FLAGS,         19, 1
                    MESSAGE_ID,    20, 4
                    LENGTH,        24, 4
                    """)
    void isTheTableOfTheRfcs(IkeHeaderField field, int offset, int length) {
        assertThat(field.offset()).isEqualTo(offset);
        assertThat(field.length()).isEqualTo(length);
    }

    @Test
    void theFieldsFillTheHeaderWithoutAGap() {
        int end = 0;
        for (IkeHeaderField field : IkeHeaderField.values()) {
            assertThat(field.offset()).as(field.name()).isEqualTo(end);
            end += field.length();
        }
        assertThat(end).isEqualTo(IkeHeaderField.HEADER_LENGTH);
    }
}
