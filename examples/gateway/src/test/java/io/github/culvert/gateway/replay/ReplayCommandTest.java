package io.github.culvert.gateway.replay;

import static io.github.culvert.gateway.replay.Packets.EXT1;
import static io.github.culvert.gateway.replay.Packets.IN1;
import static io.github.culvert.gateway.replay.Packets.IN2;
import static io.github.culvert.gateway.replay.Packets.OUT1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.gateway.capture.CaptureWriter;
import io.github.culvert.gateway.capture.CapturedFrame;
import io.github.culvert.gateway.capture.LinkType;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayCommandTest {
    private static final long SECOND = 1_000_000_000;
    private static final String NET = "192.168.1.0/24";

    @TempDir
    Path folder;

    /** A recording with one packet a second. */
    private Path recording(byte[]... packets) throws IOException {
        Path file = folder.resolve("recording.pcapng");
        try (CaptureWriter writer = CaptureWriter.create(file, LinkType.RAW)) {
            for (int i = 0; i < packets.length; i++) {
                writer.write((i + 1) * SECOND, packets[i].length, packets[i]);
            }
        }
        return file;
    }

    private List<String> outside() throws IOException {
        return Gateway.frames(Gateway.outside(folder)).stream()
                .map(f -> java.util.HexFormat.of().formatHex(f.bytes(0, f.length())))
                .toList();
    }

    private static String hex(byte... packet) {
        return java.util.HexFormat.of().formatHex(packet);
    }

    private Map<String, Object> report() throws IOException {
        return Gateway.json(Files.readString(folder.resolve("report.json")));
    }

    @Test
    void endsWith0WhereAllIsAsRecorded() throws IOException {
        byte[] question = Packets.udp(IN1 + ":5000", OUT1 + ":53", "61");
        byte[] answer = Packets.udp(OUT1 + ":53", IN1 + ":5000", "62");

        Gateway.Ended ended = Gateway.replay(folder, recording(question, answer), NET, EXT1);

        assertThat(ended.exit()).isZero();
        assertThat(ended.out()).contains("Verdict: every packet came out as recorded.");
        assertThat(outside()).containsExactly(hex(Packets.udp(EXT1 + ":5000", OUT1 + ":53", "61")));
        List<CapturedFrame> inside = Gateway.frames(Gateway.inside(folder));
        assertThat(inside).hasSize(1);
        assertThat(inside.get(0).timeNanos()).isEqualTo(2 * SECOND);
        assertThat(inside.get(0).bytes(0, answer.length)).isEqualTo(answer);
        assertThat((List<?>) report().get("mappings")).hasSize(1);
        assertThat((List<?>) report().get("sessions")).hasSize(1);
        assertThat((List<?>) report().get("findings")).isEmpty();
    }

    @Test
    void endsWith3AndNamesEachRefusal() throws IOException {
        byte[] unasked = Packets.udp(OUT1 + ":53", IN1 + ":5000", "62");
        byte[] gre = Packets.other(IN1, OUT1, 47, "00000800");

        Gateway.Ended ended = Gateway.replay(folder, recording(unasked, gre), NET, EXT1);

        assertThat(ended.exit()).isEqualTo(3);
        assertThat(ended.out()).contains("NO_MAPPING").contains("UNKNOWN_PROTOCOL");
        assertThat((List<?>) report().get("findings")).hasSize(2).first().satisfies(first -> {
            Map<?, ?> finding = (Map<?, ?>) first;
            assertThat(finding.get("packet")).isEqualTo(1);
            assertThat(new BigDecimal(Gateway.field(finding, "time").toString()))
                    .isEqualByComparingTo("1");
            assertThat(finding.get("direction")).isEqualTo("inbound");
            assertThat(finding.get("flow")).isEqualTo("UDP 198.51.100.7:53 > 192.168.1.10:5000");
            assertThat(finding.get("kind")).isEqualTo("REFUSED");
            assertThat(finding.get("reason")).isEqualTo("NO_MAPPING");
            assertThat(finding.get("detail")).isEqualTo("UNSOLICITED");
        });
    }

    @Test
    void aForwardLetsTheOutsideBegin() throws IOException {
        byte[] syn = Packets.tcp(OUT1 + ":999", IN1 + ":80", 2, "");
        byte[] synAck = Packets.tcp(IN1 + ":80", OUT1 + ":999", 0x12, "");

        Gateway.Ended ended =
                Gateway.replay(folder, recording(syn, synAck), NET, EXT1, "--forward", "tcp:8080=" + IN1 + ":80");

        assertThat(ended.exit()).as(ended.out()).isZero();
        assertThat(outside()).containsExactly(hex(Packets.tcp(EXT1 + ":8080", OUT1 + ":999", 0x12, "")));
    }

    @Test
    void theConfigurationMayStandInAFile() throws IOException {
        Path config = folder.resolve("nat.yaml");
        Files.writeString(config, "inside-net: " + NET + "\npublic: " + EXT1 + "\n");
        Path in = recording(Packets.udp(IN1 + ":5000", OUT1 + ":53", "61"));

        Gateway.Ended ended = Gateway.run(
                "replay",
                in.toString(),
                "--config",
                config.toString(),
                "--out-outside",
                Gateway.outside(folder).toString(),
                "--out-inside",
                Gateway.inside(folder).toString());

        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(outside()).hasSize(1);
    }

    @Test
    void aWrongChecksumStaysWrongByTheSameAmount() throws IOException {
        byte[] udp = Packets.udp(IN1 + ":5000", OUT1 + ":53", "61");
        byte[] answer = Packets.with(Packets.udp(OUT1 + ":53", IN1 + ":5000", "62"), 26, 0x1234);

        Gateway.Ended ended = Gateway.replay(folder, recording(Packets.with(udp, 26, 0x4321), answer), NET, EXT1);

        assertThat(ended.exit()).as(ended.out()).isZero();
    }

    @Test
    void timeThatRunsBackwardsIsHeld() throws IOException {
        Path file = folder.resolve("recording.pcap");
        byte[] question = Packets.udp(IN1 + ":5000", OUT1 + ":53", "61");
        byte[] answer = Packets.udp(OUT1 + ":53", IN1 + ":5000", "62");
        try (CaptureWriter writer = CaptureWriter.create(file, LinkType.RAW)) {
            writer.write(1_000 * SECOND, question.length, question);
            writer.write(100 * SECOND, answer.length, answer);
            writer.write(1_299 * SECOND, answer.length, answer);
        }
        assertThat(Gateway.replay(folder, file, NET, EXT1).exit()).isZero();
        assertThat(Gateway.frames(Gateway.inside(folder)))
                .extracting(CapturedFrame::timeNanos)
                .containsExactly(100 * SECOND, 1_299 * SECOND);
    }

    @Test
    void timePassesBetweenPackets() throws IOException {
        Path file = folder.resolve("recording.pcap");
        byte[] question = Packets.udp(IN1 + ":5000", OUT1 + ":53", "61");
        byte[] answer = Packets.udp(OUT1 + ":53", IN1 + ":5000", "62");
        try (CaptureWriter writer = CaptureWriter.create(file, LinkType.RAW)) {
            writer.write(SECOND, question.length, question);
            writer.write(302 * SECOND, answer.length, answer);
        }
        Gateway.Ended ended = Gateway.replay(folder, file, NET, EXT1);
        assertThat(ended.exit()).isEqualTo(3);
        assertThat(ended.out()).contains("NO_MAPPING").contains("Sessions at the end: none");
    }

    @Test
    void anUnaskedPacketAtAnotherHostsEndpointIsExplained() throws IOException {
        byte[] question = Packets.udp(IN2 + ":5000", OUT1 + ":53", "61");
        byte[] unasked = Packets.udp(OUT1 + ":53", IN1 + ":5000", "62");

        Gateway.Ended ended = Gateway.replay(folder, recording(question, unasked), NET, EXT1);

        assertThat(ended.exit()).isEqualTo(3);
        assertThat(ended.out()).contains("MISDIRECTED");
    }

    @Test
    void aFileThatEndsInTheMiddleIsReplayedSoFar() throws IOException {
        Path file = recording(Packets.udp(IN1 + ":5000", OUT1 + ":53", "61"));
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length + 5));

        Gateway.Ended ended = Gateway.replay(folder, file, NET, EXT1);

        assertThat(ended.exit()).isEqualTo(3);
        assertThat(ended.out()).contains("The file is damaged").contains("at byte " + whole.length);
        assertThat(Gateway.field(report(), "damage").toString()).contains("at byte " + whole.length);
        assertThat(outside()).hasSize(1);
    }

    @Test
    void aRecordingWithNothingForTheNatSaysSo() throws IOException {
        Gateway.Ended ended =
                Gateway.replay(folder, recording(Packets.udp(IN1 + ":1", OUT1 + ":2", "")), "10.0.0.0/8", EXT1);
        assertThat(ended.exit()).isZero();
        assertThat(ended.out()).contains("does --inside-net name the hosts").contains("NONE_INSIDE");
    }

    @Test
    void endsWith2WhereTheInputIsNoCapture() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.txt"), "not a capture");
        Gateway.Ended ended = Gateway.replay(folder, text, NET, EXT1);
        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.err()).contains("notes.txt: this is neither a pcap nor a pcapng file, at byte 0");
        assertThat(Gateway.outside(folder)).doesNotExist();

        assertThat(Gateway.replay(folder, folder.resolve("absent"), NET, EXT1))
                .satisfies(e -> assertThat(e.exit()).isEqualTo(2))
                .satisfies(e -> assertThat(e.err()).contains("absent: there is no such file"));
    }

    @Test
    void endsWith2WhereAnOutputCannotBeWritten() throws IOException {
        Path in = recording(Packets.udp(IN1 + ":1", OUT1 + ":2", ""));
        Gateway.Ended ended = Gateway.replay(folder.resolve("absent"), in, NET, EXT1);
        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.err()).contains("there is no such file or folder");
    }

    @Test
    void endsWith2WhereUsageIsWrong() throws IOException {
        Path in = recording(Packets.udp(IN1 + ":1", OUT1 + ":2", ""));
        assertThat(Gateway.replay(folder, in, NET, "192.168.1.1").err()).contains("--public");
        assertThat(Gateway.replay(folder, in, NET, "192.168.1.1").exit()).isEqualTo(2);
        assertThat(Gateway.run("replay", in.toString()).exit()).isEqualTo(2);
        assertThat(Gateway.replay(folder, in, NET, EXT1, "--enable", "sip").exit())
                .isEqualTo(2);
    }

    @Test
    void neverWritesOverTheRecordingNorTwice() throws IOException {
        Path in = recording(Packets.udp(IN1 + ":1", OUT1 + ":2", ""));
        byte[] before = Files.readAllBytes(in);
        Gateway.Ended ended = Gateway.replay(folder, in, NET, EXT1, "--report", in.toString());
        assertThat(ended.exit()).isEqualTo(2);

        String same = folder.resolve("same.pcap").toString();
        Gateway.Ended twice = Gateway.run(
                "replay",
                in.toString(),
                "--inside-net",
                NET,
                "--public",
                EXT1,
                "--out-outside",
                same,
                "--out-inside",
                same);
        assertThat(twice.exit()).isEqualTo(2);
        assertThat(twice.err()).contains("same.pcap is named for two outputs");
        assertThat(Files.readAllBytes(in)).isEqualTo(before);
    }

    @Test
    void printsJsonOrNothingWhenAsked() throws IOException {
        Path in = recording(Packets.udp(IN1 + ":1", OUT1 + ":2", ""));
        Gateway.Ended json = Gateway.replay(folder, in, NET, EXT1, "--json");
        assertThat(Gateway.json(json.out())).isEqualTo(report()).containsEntry("verdict", "AS_RECORDED");
        assertThat(Gateway.replay(folder, in, NET, EXT1, "--quiet").out()).isEmpty();
    }

    @Test
    void helpTeachesWithAnExample() {
        Gateway.Ended ended = Gateway.run("replay", "--help");
        assertThat(ended.exit()).isZero();
        assertThat(ended.out()).contains("Example:").contains("trusted").contains("Exit codes:");
    }
}
