package io.github.culvert.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Mapping;
import io.github.culvert.nat.mapping.Protocol;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextReportTest {
    private final Tally tally = new Tally();
    private final TextReport report = new TextReport();
    private AlgReport algs = AlgReport.NOTHING;

    private String print(List<Mapping> mappings) {
        StringWriter text = new StringWriter();
        report.print(
                new ReplayResult("office.pcap", tally, "", List.of(), mappings, List.of(), List.of(), algs),
                new PrintWriter(text, true));
        return text.toString();
    }

    @Test
    void tablesAreReadable() {
        tally.read();
        tally.offered("UDP", Direction.OUTBOUND);
        tally.asRecorded("UDP");
        tally.read();
        tally.bystander(Bystander.NOT_IP);
        Mapping mapping = new Mapping(
                Protocol.UDP, Endpoint.parse("192.168.1.10:5000"), Endpoint.parse("203.0.113.1:40000"), false, 1);

        assertThat(print(List.of(mapping))).isEqualTo("""
                        office.pcap: 2 packets, 1 outbound and 0 inbound for the NAT

                        Packets for the NAT
                          protocol  outbound  inbound  as recorded
                          UDP              1        0            1

                        Not for the NAT
                          why     packets
                          NOT_IP        1

                        Mappings at the end
                          protocol  inside             outside            sessions
                          UDP       192.168.1.10:5000  203.0.113.1:40000         1

                        Sessions at the end: none

                        Refused: none

                        Verdict: every packet came out as recorded.
                        """);
    }

    @Test
    void whatTheNatSaidItselfIsCounted() {
        assertThat(print(List.of())).doesNotContain("Sent by the NAT itself");
        tally.sent("ICMP 3/4");
        tally.sent("ICMP 3/4");
        assertThat(print(List.of())).contains("Sent by the NAT itself\n  message   packets\n  ICMP 3/4        2\n");
    }

    @Test
    void whatTheAlgsTellIsShownIfThereIsSomething() {
        assertThat(print(List.of())).doesNotContain("VPNs", "Noticed");
        algs = new AlgReport(
                Map.of("PPTP_DESYNC", 2L),
                List.of(AlgReportTest.vpn("192.168.1.11"), AlgReportTest.vpn("192.168.1.10")));
        assertThat(print(List.of())).contains("""
                        Noticed
                          notice       times
                          PPTP_DESYNC      2

                        VPNs
                          protocol  inside        remote        state   confidence  bytes  advice
                          PPTP      192.168.1.10  198.51.100.7  1 call  CERTAIN      1000  PPTP-WEAK
                          PPTP      192.168.1.11  198.51.100.7  1 call  CERTAIN      1000  PPTP-WEAK
                          PPTP-WEAK: Use "another" VPN.
                        """);
    }

    @Test
    void longTablesAreCutAndSaySo() {
        Mapping mapping =
                new Mapping(Protocol.UDP, Endpoint.parse("10.0.0.1:1"), Endpoint.parse("203.0.113.1:1"), false, 1);
        assertThat(print(Collections.nCopies(23, mapping)).lines().filter(l -> l.contains("10.0.0.1:1")))
                .hasSize(20);
        assertThat(print(Collections.nCopies(23, mapping))).contains("... and 3 more");
    }

    @Test
    void whatIsWrongIsShownPacketByPacket() {
        Finding wrong = new Finding(
                7, 1_500_000_000L, Direction.INBOUND, "UDP a > b", Finding.Kind.WRONG_BYTE, "WRONG_BYTE", "byte 3");
        tally.found(wrong);
        report.found(wrong);
        assertThat(print(List.of()))
                .contains("     7  1.500000000  INBOUND    UDP a > b  WRONG_BYTE  byte 3")
                .endsWith("Verdict: a wrong byte or an unexplained loss.\n");
    }

    @Test
    void theVerdictIsTheWorstFinding() {
        assertThat(tally.verdict()).isEqualTo(Verdict.AS_RECORDED);
        tally.found(finding(Finding.Kind.REFUSED));
        assertThat(tally.verdict()).isEqualTo(Verdict.REFUSED);
        tally.found(finding(Finding.Kind.LOST));
        tally.found(finding(Finding.Kind.MISDIRECTED));
        assertThat(tally.verdict()).isEqualTo(Verdict.WRONG);
        assertThat(tally.findings(Finding.Kind.LOST)).containsEntry("X", 1L);
    }

    private static Finding finding(Finding.Kind kind) {
        return new Finding(1, 0, Direction.INBOUND, "", kind, "X", "");
    }
}
