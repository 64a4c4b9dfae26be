package io.github.culvert.gateway.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.culvert.gateway.capture.CaptureFault.Kind;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PcapngReadingTest {
    private static final byte[] PACKET = FileBytes.hex("4500001401");
    private static final int TSRESOL = 9;
    private static final int TSOFFSET = 14;

    static Stream<ByteOrder> orders() {
        return Stream.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN);
    }

    private static List<Long> times(FileBytes file) throws IOException {
        return FileBytes.frames(file.reader()).stream()
                .map(CapturedFrame::timeNanos)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("orders")
    void readsTheThreeKindsOfPacketBlocksAndPassesOverTheOthers(ByteOrder order) throws IOException {
        FileBytes file = new FileBytes(order).section().interfaceOf(1, 4).interfaceOf(101, 0);
        file.block(5, new byte[40]).enhanced(1, 2_000_001, 1500, PACKET);
        file.block(0x0bad, PACKET).block(3, file.part().u32(5).raw(PACKET).bytes());
        file.block(
                2,
                file.part()
                        .u16(1)
                        .u16(9)
                        .u32(0)
                        .u32(7)
                        .u32(5)
                        .u32(5)
                        .raw(PACKET)
                        .bytes());

        CaptureReader reader = file.reader();
        List<CapturedFrame> frames = FileBytes.frames(reader);

        assertThat(reader.fault()).isEmpty();
        assertThat(reader.format()).isEqualTo(CaptureFormat.PCAPNG);
        assertThat(frames).extracting(CapturedFrame::linkType).containsExactly(101, 1, 101);
        assertThat(frames)
                .as("a simple packet has the time of the one before")
                .extracting(CapturedFrame::timeNanos)
                .containsExactly(2_000_001_000L, 2_000_001_000L, 7_000L);
        assertThat(frames)
                .as("a simple packet is cut at the snap length of interface 0")
                .extracting(CapturedFrame::length)
                .containsExactly(5, 4, 5);
        assertThat(frames).extracting(CapturedFrame::cut).containsExactly(true, true, false);
        assertThat(frames.get(2).bytes(0, 5)).isEqualTo(PACKET);
    }

    @Test
    void eachSectionHasItsByteOrderAndItsInterfaces() throws IOException {
        FileBytes file =
                new FileBytes(ByteOrder.BIG_ENDIAN).section().interfaceOf(1, 0).enhanced(0, 1, 5, PACKET);
        file.order(ByteOrder.LITTLE_ENDIAN).section().interfaceOf(113, 0).enhanced(0, 2, 5, PACKET);
        file.order(ByteOrder.BIG_ENDIAN).section().enhanced(0, 3, 5, PACKET);

        CaptureReader reader = file.reader();
        List<CapturedFrame> frames = FileBytes.frames(reader);

        assertThat(frames).extracting(CapturedFrame::linkType).containsExactly(1, 113);
        assertThat(frames).extracting(CapturedFrame::timeNanos).containsExactly(1000L, 2000L);
        CaptureFault fault = reader.fault().orElseThrow();
        assertThat(fault.kind()).as("the third section describes none").isEqualTo(Kind.UNKNOWN_INTERFACE);
        assertThat(fault.position()).isEqualTo(file.bytes().length - 40);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void timesHaveTheResolutionAndOffsetOfTheirInterface(ByteOrder order) throws IOException {
        FileBytes file = new FileBytes(order).section();
        file.interfaceOf(1, 0, file.part().option(TSRESOL, (byte) 9).bytes());
        file.interfaceOf(1, 0, file.part().option(TSRESOL, (byte) 0).bytes());
        file.interfaceOf(1, 0, file.part().option(TSRESOL, (byte) 12).bytes());
        file.interfaceOf(1, 0, file.part().option(TSRESOL, (byte) 0x8a).bytes());
        byte[] offset = file.part().u64(-2).bytes();
        file.interfaceOf(
                1,
                0,
                file.part()
                        .option(2, (byte) 'x')
                        .option(TSOFFSET, offset)
                        .option(TSRESOL, (byte) 3)
                        .bytes());
        file.interfaceOf(
                1,
                0,
                file.part().option(TSRESOL, (byte) 3).option(TSOFFSET, offset).bytes());
        file.enhanced(0, 1_700_000_000_123_456_789L, 5, PACKET)
                .enhanced(1, 3, 5, PACKET)
                .enhanced(2, 5_999, 5, PACKET)
                .enhanced(3, 1536, 5, PACKET)
                .enhanced(4, 2500, 5, PACKET)
                .enhanced(5, 1500, 5, PACKET)
                .enhanced(1, -1, 5, PACKET);

        assertThat(times(file))
                .containsExactly(
                        1_700_000_000_123_456_789L,
                        3_000_000_000L,
                        5L,
                        1_500_000_000L,
                        500_000_000L,
                        -500_000_000L,
                        Long.MAX_VALUE);
    }

    @Test
    void optionsEndWhereTheBlockOrTheListEnds() throws IOException {
        FileBytes file = new FileBytes(ByteOrder.LITTLE_ENDIAN).section();
        file.interfaceOf(1, 0, file.part().option(0).option(TSRESOL, (byte) 9).bytes());
        file.interfaceOf(1, 0, file.part().u16(TSRESOL).u16(9000).bytes());
        file.enhanced(0, 1, 5, PACKET).enhanced(1, 1, 5, PACKET);

        assertThat(times(file)).containsExactly(1000L, 1000L);
    }

    @Test
    void damageIsNamedWithTheBlockWhereItIs() throws IOException {
        assertFault(Kind.BAD_BLOCK_LENGTH, start().u32(6).u32(8));
        assertFault(Kind.BAD_BLOCK_LENGTH, start().u32(6).u32(0));
        assertFault(Kind.BAD_BLOCK_LENGTH, start().u32(99).u32(14));
        assertFault(Kind.BAD_BLOCK_LENGTH, start().block(6, new byte[16]));
        assertFault(Kind.ENDS_EARLY, start().u32(6).u32(40).u32(0));
        assertFault(Kind.ENDS_EARLY, start().u32(99).u32(0xffff_fff0L).u32(0));
        assertFault(Kind.ENDS_EARLY, start().raw((byte) 1));
        assertFault(Kind.RECORD_TOO_LONG, start().u32(6).u32(0x7fff_fffcL));
        assertFault(Kind.LENGTHS_DIFFER, start().u32(99).u32(12).u32(16));
        assertFault(Kind.BAD_BYTE_ORDER, start().u32(0x0a0d0d0a).u32(28).u32(0x12345678));
        FileBytes tooLong = start();
        assertFault(
                Kind.BAD_BLOCK_LENGTH,
                tooLong.block(
                        6,
                        tooLong.part()
                                .u32(0)
                                .u64(0)
                                .u32(6)
                                .u32(6)
                                .raw(new byte[4])
                                .bytes()));
    }

    private static FileBytes start() {
        return new FileBytes(ByteOrder.LITTLE_ENDIAN)
                .section()
                .interfaceOf(1, 0)
                .enhanced(0, 1, 5, PACKET);
    }

    private static void assertFault(Kind kind, FileBytes file) throws IOException {
        CaptureReader reader = file.reader();
        assertThat(FileBytes.frames(reader)).hasSize(1);
        CaptureFault fault = reader.fault().orElseThrow();
        assertThat(fault.kind()).isEqualTo(kind);
        assertThat(fault.position()).isEqualTo(start().bytes().length);
    }

    @Test
    void aFirstSectionThatIsWrongIsNoCapture() {
        FileBytes version = new FileBytes(ByteOrder.BIG_ENDIAN);
        byte[] body = version.part().u32(0x1a2b3c4d).u16(7).u16(0).u64(-1).bytes();
        assertThatThrownBy(() -> version.block(0x0a0d0d0a, body).reader())
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("version 7");
    }
}
