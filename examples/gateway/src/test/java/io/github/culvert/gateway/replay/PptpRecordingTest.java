package io.github.culvert.gateway.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.gateway.capture.CapturedFrame;
import io.github.culvert.gateway.capture.LinkPayload;
import io.github.culvert.gateway.report.Verdict;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * PPTP between real programs, recorded on both sides of another NAT: what the inside saw goes through ours, which sends
 * the same GRE outside.
 */
class PptpRecordingTest {
    private static final String PUBLIC = "cb007101";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"one-client", "three-clients", "server-inside", "mppe"})
    void sendsOutsideWhatAnotherNatSent(String name) throws Exception {
        Gateway.Ended ended = replay(name, "--enable=pptp");

        assertThat(ended.exit()).as(ended.out()).isEqualTo(Verdict.AS_RECORDED.exitCode());
        assertThat(greSent(Gateway.outside(folder)))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(greSent(recording(name + "-outside")));
    }

    @Test
    void sendsNoneOfItWithoutTheAlg() throws Exception {
        replay("one-client");

        assertThat(greSent(Gateway.outside(folder))).isEmpty();
    }

    private Gateway.Ended replay(String name, String... more) throws URISyntaxException {
        String[] options = new String[more.length + 1];
        System.arraycopy(more, 0, options, 0, more.length);
        options[more.length] = "--forward=tcp:1723=192.168.77.13:1723";
        return Gateway.replay(folder, recording(name + "-inside"), "192.168.77.0/24", "203.0.113.1", options);
    }

    private Path recording(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(getClass().getResource("pptp/" + name + ".pcap"))
                .toURI());
    }

    /** The GRE packets that the public address sent, without their IP headers. */
    private static List<String> greSent(Path file) throws IOException {
        return Gateway.frames(file).stream()
                .map(PptpRecordingTest::ip)
                .filter(ip -> ip.startsWith("2f", 18) && ip.startsWith(PUBLIC, 24))
                .map(ip -> ip.substring(40))
                .toList();
    }

    private static String ip(CapturedFrame frame) {
        return HexFormat.of().formatHex(frame.bytes(LinkPayload.of(frame).offset(), frame.length()));
    }
}
