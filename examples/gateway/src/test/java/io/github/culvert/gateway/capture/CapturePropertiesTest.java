package io.github.culvert.gateway.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds for every file. */
class CapturePropertiesTest {
    /** The last second that pcap can write. */
    private static final long END_OF_PCAP = 0xffff_ffffL * 1_000_000_000 + 999_999_999;

    record Written(long timeNanos, long originalLength, String hex) {
        byte[] bytes() {
            return HexFormat.of().parseHex(hex);
        }
    }

    @Provide
    Arbitrary<List<Written>> packets() {
        Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(100);
        return Combinators.combine(
                        Arbitraries.longs().between(0, END_OF_PCAP),
                        Arbitraries.integers().between(0, 70_000),
                        bytes)
                .as((time, more, packet) ->
                        new Written(time, packet.length + more, HexFormat.of().formatHex(packet)))
                .list()
                .ofMaxSize(20);
    }

    @Property(tries = 300)
    void whatIsWrittenIsRead(
            @ForAll("packets") List<Written> packets, @ForAll CaptureFormat format, @ForAll LinkType link)
            throws IOException {
        CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(file(packets, format, link)));
        List<CapturedFrame> frames = FileBytes.frames(reader);

        assertThat(reader.fault()).isEmpty();
        assertThat(reader.format()).isEqualTo(format);
        assertThat(frames).hasSameSizeAs(packets);
        for (int i = 0; i < frames.size(); i++) {
            CapturedFrame frame = frames.get(i);
            assertThat(frame.number()).isEqualTo(i + 1L);
            assertThat(frame.linkType()).isEqualTo(link.number());
            assertThat(frame.timeNanos()).isEqualTo(packets.get(i).timeNanos);
            assertThat(frame.originalLength()).isEqualTo(packets.get(i).originalLength);
            assertThat(frame.bytes(0, frame.length())).isEqualTo(packets.get(i).bytes());
        }
    }

    @Property(tries = 1000)
    void damageNeverThrowsNorHangs(
            @ForAll("packets") List<Written> packets,
            @ForAll CaptureFormat format,
            @ForAll LinkType link,
            @ForAll List<@IntRange(max = 100_000) Integer> where,
            @ForAll @IntRange(max = 1_000) int missing)
            throws IOException {
        byte[] file = file(packets, format, link);
        where.forEach(at -> file[at % file.length] ^= (byte) (1 + at * 31 % 255));
        readsToTheEnd(Arrays.copyOf(file, Math.max(0, file.length - missing)));
    }

    @Property(tries = 1000)
    void garbageAfterAValidStartNeverThrowsNorHangs(
            @ForAll byte[] garbage, @ForAll CaptureFormat format, @ForAll LinkType link) throws IOException {
        byte[] start = file(List.of(), format, link);
        byte[] file = Arrays.copyOf(start, start.length + garbage.length);
        System.arraycopy(garbage, 0, file, start.length, garbage.length);
        readsToTheEnd(file);
    }

    @Property(tries = 1000)
    void garbageNeverThrowsNorHangs(@ForAll byte[] garbage) throws IOException {
        readsToTheEnd(garbage);
    }

    private static byte[] file(List<Written> packets, CaptureFormat format, LinkType link) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (CaptureWriter writer = CaptureWriter.to(bytes, format, link)) {
            for (Written packet : packets) {
                writer.write(packet.timeNanos, packet.originalLength, packet.bytes());
            }
        }
        return bytes.toByteArray();
    }

    private static void readsToTheEnd(byte[] file) throws IOException {
        CaptureReader reader;
        try {
            reader = CaptureReader.open(new ByteArrayInputStream(file));
        } catch (CaptureException e) {
            assertThat(e.fault().position()).isBetween(0L, (long) file.length);
            return;
        }
        List<CapturedFrame> frames = FileBytes.frames(reader);
        for (CapturedFrame frame : frames) {
            assertThat(LinkPayload.of(frame).offset()).isBetween(0, frame.length());
        }
        assertThat(frames.size() * 16L).isLessThanOrEqualTo(file.length);
        assertThat(reader.position()).isLessThanOrEqualTo(file.length);
        reader.fault()
                .ifPresentOrElse(
                        fault -> assertThat(fault.position()).isBetween(0L, (long) file.length),
                        () -> assertThat(reader.position()).isEqualTo(file.length));
    }
}
