package io.github.culvert.gateway.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.gateway.capture.CapturedFrame;
import io.github.culvert.gateway.capture.LinkPayload;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Five recordings with what each packet of the inside host must look like outside, worked out by hand.
 *
 * <p>How: one host is alone, so each port and ping id is kept. Its address C0A8 4D0B becomes CB00 7101. A checksum that
 * covers it falls by (CB00 + 7101) - (C0A8 + 4D0B) = 13C01 - 10DB3 = 2E4E, and by one more where that goes below zero
 * (the end-around carry). So the first header checksum is 34E7 - 2E4E = 0699, and the second 211C - 2E4E - 1 = F2CD.
 * Ping has no pseudo-header: its checksum stays. Columns: protocol, source, destination, identification, header
 * checksum, transport checksum.
 */
class HandWrittenExpectationTest {
    @TempDir
    Path folder;

    @Test
    void pingUdpAndTcp() throws Exception {
        assertOutside(
                "one-host.pcap",
                "ICMP 203.0.113.1:4242 > 203.0.113.10 bc03 0699 43e6",
                "UDP 203.0.113.1:40000 > 203.0.113.10:7000 cfe7 f2cd 67f3",
                "TCP 203.0.113.1:40000 > 203.0.113.10:80 6aaa 5805 1b26",
                "TCP 203.0.113.1:40000 > 203.0.113.10:80 6aab 580c 3abd",
                "TCP 203.0.113.1:40000 > 203.0.113.10:80 6aac 57bb 2e67",
                "TCP 203.0.113.1:40000 > 203.0.113.10:80 6aad 580a 3998");
    }

    @Test
    void wireguard() throws Exception {
        assertOutside(
                "wireguard.pcap",
                "UDP 203.0.113.1:51820 > 203.0.113.10:51820 1a4d a7e3 6f41",
                "UDP 203.0.113.1:51820 > 203.0.113.10:51820 1a4e a856 7d75",
                "UDP 203.0.113.1:51820 > 203.0.113.10:51820 1a66 a7de 19a5");
    }

    @Test
    void openvpnOverUdp() throws Exception {
        assertOutside(
                "openvpn-udp.pcap",
                "UDP 203.0.113.1:1194 > 203.0.113.10:1194 a54e 1d68 4067",
                "UDP 203.0.113.1:1194 > 203.0.113.10:1194 a54f 1c46 46b7",
                "UDP 203.0.113.1:1194 > 203.0.113.10:1194 a550 195d a386");
    }

    @Test
    void openvpnOverTcp() throws Exception {
        assertOutside(
                "openvpn-tcp.pcap",
                "TCP 203.0.113.1:1194 > 203.0.113.10:1194 e6f0 dbbe f130",
                "TCP 203.0.113.1:1194 > 203.0.113.10:1194 e6f1 dbc5 4a6d",
                "TCP 203.0.113.1:1194 > 203.0.113.10:1194 e6f2 dbb4 dd2f",
                "TCP 203.0.113.1:1194 > 203.0.113.10:1194 e6f3 dbc3 4a41",
                "TCP 203.0.113.1:1194 > 203.0.113.10:1194 e6f4 da91 63de");
    }

    @Test
    void ikeWithNatTraversal() throws Exception {
        assertOutside(
                "ikev2-natt.pcapng",
                "UDP 203.0.113.1:500 > 203.0.113.10:500 15be a98a e15e",
                "UDP 203.0.113.1:4500 > 203.0.113.10:4500 15bf abe1 ecf8",
                "UDP 203.0.113.1:4500 > 203.0.113.10:4500 15ed ac4f 184e");
    }

    private void assertOutside(String name, String... expected) throws IOException, URISyntaxException {
        Path recording =
                Path.of(Objects.requireNonNull(getClass().getResource(name)).toURI());

        Gateway.Ended ended = Gateway.replay(folder, recording, "192.168.77.0/24", "203.0.113.1");

        assertThat(ended.exit()).as(ended.out() + ended.err()).isZero();
        List<CapturedFrame> out = Gateway.frames(Gateway.outside(folder));
        assertThat(out.stream().map(HandWrittenExpectationTest::line)).containsExactly(expected);
        assertRestIsUntouched(Gateway.frames(recording), out);
    }

    /** Every byte but the source, its identifier and the two checksums is the recorded one, time included. */
    private static void assertRestIsUntouched(List<CapturedFrame> recorded, List<CapturedFrame> out) {
        List<CapturedFrame> sent =
                recorded.stream().filter(f -> ip(f).startsWith("c0a84d0b", 24)).toList();
        for (int i = 0; i < out.size(); i++) {
            assertThat(out.get(i).timeNanos()).isEqualTo(sent.get(i).timeNanos());
            assertThat(masked(ip(out.get(i)))).isEqualTo(masked(ip(sent.get(i))));
        }
    }

    private static String masked(String ip) {
        int checksum = switch (ip.substring(18, 20)) {
            case "06" -> 40 + 32;
            case "11" -> 40 + 12;
            default -> 40 + 4;
        };
        return ip.substring(0, 20) + ip.substring(32, checksum) + ip.substring(checksum + 4);
    }

    private static String ip(CapturedFrame frame) {
        return HexFormat.of().formatHex(frame.bytes(LinkPayload.of(frame).offset(), frame.length()));
    }

    private static String line(CapturedFrame frame) {
        String ip = HexFormat.of().formatHex(frame.bytes(0, frame.length()));
        String addresses = address(ip, 24) + ":%d > " + address(ip, 32);
        String ends = " " + ip.substring(8, 12) + " " + ip.substring(20, 24) + " ";
        return switch (ip.substring(18, 20)) {
            case "01" -> "ICMP " + addresses.formatted(u16(ip, 48)) + ends + ip.substring(44, 48);
            case "06" -> "TCP " + addresses.formatted(u16(ip, 40)) + ":" + u16(ip, 44) + ends + ip.substring(72, 76);
            default -> "UDP " + addresses.formatted(u16(ip, 40)) + ":" + u16(ip, 44) + ends + ip.substring(52, 56);
        };
    }

    private static String address(String ip, int at) {
        return u8(ip, at) + "." + u8(ip, at + 2) + "." + u8(ip, at + 4) + "." + u8(ip, at + 6);
    }

    private static int u8(String ip, int at) {
        return Integer.parseInt(ip.substring(at, at + 2), 16);
    }

    private static int u16(String ip, int at) {
        return Integer.parseInt(ip.substring(at, at + 4), 16);
    }
}
