package io.github.culvert.gateway.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.gateway.report.AlgReport;
import io.github.culvert.gateway.report.AlgReportTest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryTest {
    @Test
    void textForPeople() {
        assertThat(full().text().lines())
                .containsExactly(
                        "elapsed     61 s",
                        "outbound    10 packets, 1000 bytes",
                        "inbound     9 packets, 900 bytes",
                        "sessions    2 live, 5 created, 3 closed",
                        "mappings    2 of 1 host",
                        "refused     12: NO_MAPPING 9, TOO_BIG 3",
                        "to host     4: IPV6 4 (dropped)",
                        "sent        2: PORT_UNREACHABLE 2",
                        "held        3",
                        "noticed     3: PPTP_DESYNC 3",
                        "lost        1 inside, 0 outside",
                        "vpn         PPTP 192.168.1.10 with 198.51.100.7: 1 call, 1000 bytes (CERTAIN: a dialogue;"
                                + " PPTP-WEAK)",
                        "advice      PPTP-WEAK: Use \"another\" VPN.");
    }

    @Test
    void textWithoutAnything() {
        assertThat(empty().text().lines()).contains("mappings    0 of 0 hosts", "refused     0", "to host     0");
    }

    @Test
    void oneLineOfJsonForMachines() {
        assertThat(full().json())
                .isEqualTo("{\"seconds\":61.500,\"outbound\":{\"packets\":10,\"bytes\":1000},"
                        + "\"inbound\":{\"packets\":9,\"bytes\":900},"
                        + "\"sessions\":{\"live\":2,\"created\":5,\"closed\":3},\"mappings\":2,\"hosts\":1,"
                        + "\"refused\":{\"TOO_BIG\":3,\"NO_MAPPING\":9},\"toHost\":{\"IPV6\":4},"
                        + "\"sent\":{\"PORT_UNREACHABLE\":2},\"notices\":{\"PPTP_DESYNC\":3},"
                        + "\"vpns\":[{\"protocol\":\"PPTP\",\"inside\":\"192.168.1.10\",\"remote\":\"198.51.100.7\","
                        + "\"confidence\":\"CERTAIN\",\"evidence\":\"a dialogue\",\"state\":\"1 call\",\"bytes\":1000,"
                        + "\"advice\":\"PPTP-WEAK\"}],\"held\":3,"
                        + "\"lost\":{\"inside\":1,\"outside\":0}}");
        assertThat(empty().json()).contains("\"refused\":{},\"toHost\":{}");
    }

    private static Summary full() {
        Map<String, Long> refused = new LinkedHashMap<>();
        refused.put("TOO_BIG", 3L);
        refused.put("NO_MAPPING", 9L);
        return new Summary(
                Duration.ofMillis(61_500),
                new Summary.Traffic(10, 1000),
                new Summary.Traffic(9, 900),
                new Summary.Sessions(2, 5, 3),
                2,
                1,
                refused,
                Map.of("IPV6", 4L),
                Map.of("PORT_UNREACHABLE", 2L),
                new AlgReport(Map.of("PPTP_DESYNC", 3L), List.of(AlgReportTest.vpn("192.168.1.10"))),
                3,
                1,
                0);
    }

    private static Summary empty() {
        Summary.Traffic none = new Summary.Traffic(0, 0);
        return new Summary(
                Duration.ZERO,
                none,
                none,
                new Summary.Sessions(0, 0, 0),
                0,
                0,
                Map.of(),
                Map.of(),
                Map.of(),
                AlgReport.NOTHING,
                0,
                0,
                0);
    }
}
