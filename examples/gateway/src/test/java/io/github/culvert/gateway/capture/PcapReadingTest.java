package io.github.culvert.gateway.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.culvert.gateway.capture.CaptureFault.Kind;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PcapReadingTest {
    private static final byte[] PACKET = FileBytes.hex("45000014");

    @ParameterizedTest
    @CsvSource({
        "BIG_ENDIAN, a1b2c3d4, 1000", "LITTLE_ENDIAN, a1b2c3d4, 1000",
        "BIG_ENDIAN, a1b23c4d, 1", "LITTLE_ENDIAN, a1b23c4d, 1"
    })
    void bothByteOrdersAndResolutions(String orderName, String magic, long nanosPerTick) throws IOException {
        ByteOrder order = orderName.startsWith("B") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        FileBytes file = new FileBytes(order).pcapHeader(Long.parseLong(magic, 16), 101);
        file.record(0xffff_fffeL, 999_999, 1500, PACKET).record(7, 3, 4, PACKET);

        CaptureReader reader = file.reader();
        List<CapturedFrame> frames = FileBytes.frames(reader);

        assertThat(reader.format()).isEqualTo(CaptureFormat.PCAP);
        assertThat(reader.fault()).isEmpty();
        assertThat(reader.position()).isEqualTo(24 + 2 * 20);
        assertThat(frames).extracting(CapturedFrame::number).containsExactly(1L, 2L);
        assertThat(frames)
                .extracting(CapturedFrame::timeNanos)
                .containsExactly(
                        4_294_967_294_000_000_000L + 999_999 * nanosPerTick, 7_000_000_000L + 3 * nanosPerTick);
        assertThat(frames).extracting(CapturedFrame::cut).containsExactly(true, false);
        assertThat(frames).extracting(CapturedFrame::originalLength).containsExactly(1500L, 4L);
        assertThat(frames.get(0).bytes(0, 4)).isEqualTo(PACKET);
        assertThat(frames.get(0).linkType()).isEqualTo(101);
    }

    @Test
    void theLengthOfTheFrameCheckIsNoPartOfTheLinkType() throws IOException {
        FileBytes file = new FileBytes(ByteOrder.LITTLE_ENDIAN).pcapHeader(0xa1b2c3d4L, 0x4400_0001);
        file.record(0, 0, 4, PACKET);

        assertThat(FileBytes.frames(file.reader()))
                .extracting(CapturedFrame::linkType)
                .containsExactly(1);
    }

    @Test
    void aRecordThatTheFileCutsOffIsReportedAndTheRestIsKept() throws IOException {
        FileBytes file = new FileBytes(ByteOrder.LITTLE_ENDIAN).pcapHeader(0xa1b2c3d4L, 1);
        file.record(1, 0, 4, PACKET).u32(2).u32(0).u32(5).u32(5).raw(PACKET);

        CaptureReader reader = file.reader();

        assertThat(FileBytes.frames(reader)).hasSize(1);
        assertThat(reader.fault()).contains(new CaptureFault(Kind.ENDS_EARLY, 44, "needs 5 bytes, has 4"));
        assertThat(reader.next()).isEmpty();
    }

    @Test
    void aHalfRecordHeaderIsReported() throws IOException {
        FileBytes file = new FileBytes(ByteOrder.LITTLE_ENDIAN)
                .pcapHeader(0xa1b2c3d4L, 1)
                .u32(2);

        CaptureReader reader = file.reader();

        assertThat(reader.next()).isEmpty();
        assertThat(reader.fault().orElseThrow().kind()).isEqualTo(Kind.ENDS_EARLY);
        assertThat(reader.fault().orElseThrow().position()).isEqualTo(24);
    }

    @Test
    void aLengthThatNoPacketHasIsReported() throws IOException {
        FileBytes file = new FileBytes(ByteOrder.LITTLE_ENDIAN).pcapHeader(0xa1b2c3d4L, 1);
        file.record(1, 0, 4, PACKET).u32(2).u32(0).u32(0xffff_ff00L).u32(5).raw(PACKET);

        CaptureReader reader = file.reader();

        assertThat(FileBytes.frames(reader)).hasSize(1);
        assertThat(reader.fault()).contains(new CaptureFault(Kind.RECORD_TOO_LONG, 44, "4294967040 bytes"));
    }

    @Test
    void whatIsNoCaptureIsNamed() {
        assertFault(Kind.EMPTY);
        assertFault(Kind.NOT_A_CAPTURE, (byte) 1, (byte) 2);
        assertFault(Kind.NOT_A_CAPTURE, FileBytes.hex("7f454c46 02010100"));
        assertFault(Kind.ENDS_EARLY, FileBytes.hex("a1b2c3d4 0002"));
        assertFault(Kind.UNKNOWN_VERSION, FileBytes.hex("a1b2c3d4 0003 0004 00000000 00000000 0000ffff 00000001"));
    }

    private static void assertFault(Kind kind, byte... file) {
        assertThatThrownBy(() -> new FileBytes(ByteOrder.BIG_ENDIAN).raw(file).reader())
                .isInstanceOfSatisfying(
                        CaptureException.class,
                        e -> assertThat(e.fault().kind()).isEqualTo(kind));
    }
}
