package io.github.culvert.gateway.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.culvert.gateway.Judges;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What this package reads and writes, compared with what tshark and capinfos see. */
class CaptureJudgeTest {
    @TempDir
    Path folder;

    @BeforeEach
    void judgesAreHere() {
        assumeTrue(Judges.present("tshark", "capinfos"), "left out: tshark and capinfos are not installed");
    }

    static Stream<Path> captures() {
        return Judges.sharedCaptures();
    }

    @ParameterizedTest
    @MethodSource("captures")
    void readsWhatTsharkReads(Path capture) throws IOException {
        Judges.assumeCapture(capture);
        List<String> judged = Judges.tshark(
                capture,
                "frame.number",
                "frame.time_epoch",
                "frame.len",
                "frame.cap_len",
                "ip.src",
                "ip.dst",
                "frame.protocols");
        List<String> read = new java.util.ArrayList<>();
        try (CaptureReader reader = CaptureReader.open(capture)) {
            for (CapturedFrame frame : FileBytes.frames(reader)) {
                read.add(line(frame));
            }
            assertThat(reader.fault()).isEmpty();
        }
        assertThat(read)
                .containsExactlyElementsOf(
                        judged.stream().map(CaptureJudgeTest::outermost).toList());
    }

    /** Behind an IPv6 header tshark still shows the addresses of an IPv4 packet inside it; those are not asked for. */
    private static String outermost(String judged) {
        String[] fields = judged.split("\t", -1);
        boolean inIpv6 = fields[6].matches("(?!.*:ip:.*:ipv6).*:ipv6.*");
        return String.join("\t", fields[0], fields[1], fields[2], fields[3])
                + (inIpv6 ? "\t\t" : "\t" + fields[4] + "\t" + fields[5]);
    }

    private static String line(CapturedFrame frame) {
        LinkPayload payload = LinkPayload.of(frame);
        int at = payload.offset();
        boolean addresses = payload.kind() == LinkPayload.Kind.IPV4 && isHeader(frame, at);
        String time = BigDecimal.valueOf(frame.timeNanos(), 9).toPlainString();
        return String.join(
                "\t",
                List.of(
                        Long.toString(frame.number()),
                        time,
                        Long.toString(frame.originalLength()),
                        Integer.toString(frame.length()),
                        addresses ? dotted(frame, at + 12) : "",
                        addresses ? dotted(frame, at + 16) : ""));
    }

    /** tshark shows addresses only of headers that it believes. */
    private static boolean isHeader(CapturedFrame frame, int at) {
        return frame.length() >= at + 20 && frame.u8(at) >> 4 == 4 && (frame.u8(at) & 0xf) >= 5;
    }

    private static String dotted(CapturedFrame frame, int at) {
        return frame.u8(at) + "." + frame.u8(at + 1) + "." + frame.u8(at + 2) + "." + frame.u8(at + 3);
    }

    @ParameterizedTest
    @EnumSource
    void tsharkReadsWhatIsWritten(CaptureFormat format) throws IOException {
        Path file = folder.resolve("written.bin");
        try (CaptureWriter writer = CaptureWriter.to(Files.newOutputStream(file), format, LinkType.RAW)) {
            writer.write(
                    1_700_000_000_123_456_789L,
                    28,
                    FileBytes.hex("4500001c 00010000 4001f84a c0a8010a c6336407 0800f7fd 00010001"));
            writer.write(
                    1_700_000_001_000_000_001L,
                    1500,
                    FileBytes.hex("4500001d 00020000 4001f848 c0a8010a c6336407 0800f7fc 00010002 61"));
        }

        assertThat(Judges.tshark(file, "frame.time_epoch", "frame.len", "frame.cap_len", "ip.dst", "icmp.seq"))
                .containsExactly(
                        "1700000000.123456789\t28\t28\t198.51.100.7\t1",
                        "1700000001.000000001\t1500\t29\t198.51.100.7\t2");
        assertThat(Judges.run("capinfos", "-T", "-r", "-c", "-E", file.toString())
                        .get(0))
                .endsWith("rawip\t2");
    }

    @Test
    void theNameChoosesTheFormat() throws IOException {
        Path file = folder.resolve("a.PCAPNG");
        CaptureWriter.create(file, LinkType.ETHERNET).close();
        assertThat(Judges.run("capinfos", "-T", "-r", "-t", file.toString()).get(0))
                .endsWith("pcapng");
    }
}
