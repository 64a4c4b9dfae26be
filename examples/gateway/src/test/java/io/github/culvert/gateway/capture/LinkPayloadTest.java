package io.github.culvert.gateway.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.gateway.capture.LinkPayload.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkPayloadTest {
    private static final String MACS = "020000000001 020000000002 ";

    private static CapturedFrame frame(int link, String hex) {
        byte[] bytes = FileBytes.hex(hex);
        return new CapturedFrame(1, link, 0, bytes.length, bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0800 45, IPV4, 14",
        "1, 86dd 60, IPV6, 14",
        "1, 0806 00, NOT_IP, 14",
        "1, 8100 0005 0800 45, IPV4, 18",
        "1, 88a8 0005 8100 0007 0800 45, IPV4, 22",
        "1, 9100 0005 9200 0007 8100 0001 0800 45, IPV4, 26",
        "1, 8864 1100 0001 0003 0021 45, IPV4, 22",
        "1, 8864 1100 0001 0002 21 45, IPV4, 21",
        "1, 8864 1100 0001 0003 0057 60, IPV6, 22",
        "1, 8864 1100 0001 0003 c021 01, NOT_IP, 22",
        "1, 8100 0005 8864 1100 0001 0003 0021 45, IPV4, 26",
    })
    void ethernet(int link, String afterMacs, Kind kind, int offset) {
        assertThat(LinkPayload.of(frame(link, MACS + afterMacs))).isEqualTo(new LinkPayload(kind, offset));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 00000002 45, IPV4, 4",
        "0, 02000000 45, IPV4, 4",
        "0, 1e000000 60, IPV6, 4",
        "0, 0000000a 60, IPV6, 4",
        "0, 00000007 60, NOT_IP, 4",
        "108, 00000002 45, IPV4, 4",
        "101, 45, IPV4, 0",
        "101, 60, IPV6, 0",
        "101, 05, NOT_IP, 0",
        "12, 45, IPV4, 0",
        "14, 45, IPV4, 0",
        "228, 45, IPV4, 0",
        "113, 0000 0001 0006 0200000000010000 0800 45, IPV4, 16",
        "113, 0000 0001 0006 0200000000010000 86dd 60, IPV6, 16",
        "113, 0000 0001 0006 0200000000010000 8100 0005 0800 45, IPV4, 20",
        "276, 0800 0000 00000003 0001 00 06 0200000000010000 45, IPV4, 20",
        "276, 0806 0000 00000003 0001 00 06 0200000000010000 00, NOT_IP, 20",
        "276, 8100 0000 00000003 0001 00 06 0200000000010000 0005 0800 45, IPV4, 24",
        "147, 45, UNKNOWN_LINK, 0",
    })
    void otherLinks(int link, String hex, Kind kind, int offset) {
        assertThat(LinkPayload.of(frame(link, hex))).isEqualTo(new LinkPayload(kind, offset));
    }

    @Test
    void aFrameThatEndsInTheLinkHeadersIsCut() {
        String[] whole = {
            MACS + "88a8 0005 8100 0007 0800", MACS + "8864 1100 0001 0003 0021", "00000002",
        };
        int[] links = {1, 1, 0};
        for (int i = 0; i < whole.length; i++) {
            byte[] bytes = FileBytes.hex(whole[i]);
            for (int length = 0; length < bytes.length; length++) {
                CapturedFrame frame =
                        new CapturedFrame(1, links[i], 0, bytes.length, java.util.Arrays.copyOf(bytes, length));
                assertThat(LinkPayload.of(frame)).isEqualTo(new LinkPayload(Kind.CUT_IN_LINK, length));
            }
            assertThat(LinkPayload.of(frame(links[i], whole[i]))).isEqualTo(new LinkPayload(Kind.IPV4, bytes.length));
        }
    }

    @Test
    void anEmptyRawFrameIsCut() {
        assertThat(LinkPayload.of(frame(101, ""))).isEqualTo(new LinkPayload(Kind.CUT_IN_LINK, 0));
    }
}
