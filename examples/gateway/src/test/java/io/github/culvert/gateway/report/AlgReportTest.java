package io.github.culvert.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.audit.Advice;
import io.github.culvert.nat.audit.Confidence;
import io.github.culvert.nat.audit.Finding;
import io.github.culvert.nat.audit.VpnProtocol;
import io.github.culvert.nat.packet.Ipv4Address;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

public class AlgReportTest {
    public static Finding vpn(String host) {
        return new Finding(
                Ipv4Address.parse(host),
                Ipv4Address.parse("198.51.100.7"),
                VpnProtocol.PPTP,
                Confidence.CERTAIN,
                "a dialogue",
                1,
                2,
                1000,
                "1 call",
                new Advice("PPTP-WEAK", "Use \"another\" VPN."));
    }

    @Test
    void sameInputSameOrder() {
        AlgReport report = new AlgReport(
                Map.of("B", 1L, "A", 2L), List.of(vpn("192.168.1.11"), vpn("192.168.1.10"), vpn("10.0.0.1")));
        assertThat(report.sortedNotices().keySet()).containsExactly("A", "B");
        assertThat(report.vpns())
                .extracting(v -> v.host().toString())
                .containsExactly("10.0.0.1", "192.168.1.10", "192.168.1.11");
        assertThat(report.advice()).hasSize(1);
    }
}
