package io.github.culvert.gateway.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.culvert.gateway.Judges;
import io.github.culvert.gateway.capture.CapturedFrame;
import io.github.culvert.gateway.capture.LinkPayload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Judges the files of a replay without the code that made them: by their bytes, and by tshark. All captures of the demo,
 * and those that lie beside the project.
 */
class IndependentJudgeTest {
    private static final String PUBLIC = "198.51.100.200";

    @TempDir
    Path folder;

    static Stream<SampleCapture> captures() {
        return SampleCapture.all();
    }

    @ParameterizedTest
    @MethodSource("captures")
    void nothingInsideIsVisibleOutside(SampleCapture sample) throws IOException {
        replay(sample);
        for (CapturedFrame frame : Gateway.frames(Gateway.outside(folder))) {
            ByteBuffer ip = ip(frame);
            assertThat(sample.isInside(ip.getInt(12))).as("source").isFalse();
            assertThat(sample.isInside(ip.getInt(16))).as("destination").isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("captures")
    void noTwoInsideEndpointsShareAPublicOne(SampleCapture sample) throws IOException {
        replay(sample);
        List<CapturedFrame> recorded = Gateway.frames(sample.file());
        Map<String, String> owners = new HashMap<>();
        int next = 0;
        for (CapturedFrame out : Gateway.frames(Gateway.outside(folder))) {
            if (isFragment(ip(out)) || isIcmpError(ip(out))) {
                continue; // leaves later than it came, or has no endpoint of its own
            }
            while (!isSameButForTheSource(recorded.get(next), out)) {
                next++;
            }
            String inside = source(ip(recorded.get(next++)));
            assertThat(owners.computeIfAbsent(source(ip(out)), outside -> inside))
                    .isEqualTo(inside);
        }
    }

    /** What leaves keeps its time, destination, identification and, but for identifier and checksum, its payload. */
    private static boolean isSameButForTheSource(CapturedFrame recorded, CapturedFrame out) {
        if (recorded.timeNanos() != out.timeNanos() || LinkPayload.of(recorded).kind() != LinkPayload.Kind.IPV4) {
            return false;
        }
        ByteBuffer before = ip(recorded);
        ByteBuffer after = ip(out);
        return before.remaining() >= after.remaining()
                && before.getLong(0) == after.getLong(0)
                && before.getInt(16) == after.getInt(16)
                && rest(before, after.remaining()).equals(rest(after, after.remaining()));
    }

    private static boolean isFragment(ByteBuffer ip) {
        return (ip.getShort(6) & 0x3fff) != 0;
    }

    private static boolean isIcmpError(ByteBuffer ip) {
        int type = ip.get((ip.get(0) & 0xf) * 4);
        return ip.get(9) == 1 && (type == 3 || type == 5 || type == 11 || type == 12);
    }

    private static ByteBuffer rest(ByteBuffer ip, int end) {
        int headers = (ip.get(0) & 0xf) * 4 + (ip.get(9) == 6 ? 20 : 8);
        return ip.slice(headers, end - headers);
    }

    /** Protocol, address and port or query id of the source. */
    private static String source(ByteBuffer ip) {
        int transport = (ip.get(0) & 0xf) * 4;
        int identifier = ip.getShort(ip.get(9) == 1 ? transport + 4 : transport);
        return ip.get(9) + " " + Integer.toHexString(ip.getInt(12)) + " " + identifier;
    }

    @ParameterizedTest
    @MethodSource("captures")
    void insideHostsGetExactlyWhatWasRecorded(SampleCapture sample) throws IOException {
        replay(sample);
        List<String> recorded = new ArrayList<>();
        for (CapturedFrame frame : Gateway.frames(sample.file())) {
            if (LinkPayload.of(frame).kind() == LinkPayload.Kind.IPV4) {
                recorded.add(hex(frame));
            }
        }
        for (CapturedFrame frame : Gateway.frames(Gateway.inside(folder))) {
            String packet = hex(frame);
            int at = indexOf(recorded, packet);
            assertThat(at).as("no recorded packet is %s", packet).isNotNegative();
            recorded.remove(at);
        }
    }

    private static int indexOf(List<String> recorded, String packet) {
        for (int i = 0; i < recorded.size(); i++) {
            if (recorded.get(i).startsWith(packet)) {
                return i;
            }
        }
        return -1;
    }

    private static String hex(CapturedFrame frame) {
        byte[] bytes = frame.bytes(LinkPayload.of(frame).offset(), frame.length());
        return java.util.HexFormat.of().formatHex(bytes);
    }

    @ParameterizedTest
    @MethodSource("captures")
    void tsharkFindsNoChecksumWrongThatWasRightBefore(SampleCapture sample) throws IOException {
        assumeTrue(Judges.present("tshark"), "left out: tshark is not installed");
        replay(sample);
        long wrong = wrongChecksums(Gateway.outside(folder)) + wrongChecksums(Gateway.inside(folder));
        if (wrong > 0) {
            assertThat(wrong).isLessThanOrEqualTo(wrongChecksums(sample.file()));
        }
    }

    private static long wrongChecksums(Path file) throws IOException {
        if (Gateway.frames(file).isEmpty()) {
            return 0;
        }
        return Judges.tshark(
                        file,
                        "ip.checksum.status",
                        "tcp.checksum.status",
                        "udp.checksum.status",
                        "icmp.checksum.status",
                        "frame.number")
                .stream()
                .filter(line -> line.matches("(\\d*\t)*0\t.*"))
                .count();
    }

    private void replay(SampleCapture sample) {
        sample.assumePresent();
        Gateway.Ended ended = Gateway.replay(folder, sample.file(), sample.insideNet(), PUBLIC);
        assertThat(ended.exit()).as(ended.out() + ended.err()).isIn(0, 3);
    }

    private static ByteBuffer ip(CapturedFrame frame) {
        return ByteBuffer.wrap(frame.bytes(LinkPayload.of(frame).offset(), frame.length()));
    }
}
