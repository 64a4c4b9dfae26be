package io.github.culvert.nat.channel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.alg.Action.Edit;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.wire.Checksum;
import io.github.culvert.nat.wire.HeaderWords;
import io.github.culvert.nat.wire.PacketWindow;
import io.github.culvert.nat.wire.TcpLayout;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The checksum of a segment whose bytes are edited (RFC 1624 section 3, RFC 1071 section 2). */
class StreamChecksumTest {
    private static final int START = 1000;

    private final ByteStream stream = new ByteStream();

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private void pass(byte[] packet, ChecksumStatus checksum, Edit... edits) {
        HeaderWords words = Segments.read(packet);
        int at = Segments.payloadAt(words);
        int length = Segments.payloadLength(words);
        int delta = stream.pass(Segments.sequence(words), words.window, at, length, List.of(edits));
        ByteStream.seal(words, delta, checksum);
        assertThat(words.row4).isEqualTo(words.window.i32(words.transport + TcpLayout.ROW4));
    }

    /** Two neighbouring bytes, 0x1234 to 0x5001, at an odd offset: the vector of RFC 1071's swapped sum. */
    @Test
    void aWordAtAnOddOffsetCountsSwapped() {
        stream.begin(START - 1);
        byte[] segment = {(byte) 0xaa, 0x12, 0x34, (byte) 0xbb, (byte) 0xcc};
        PacketWindow window = new PacketWindow();
        window.open(segment, 0, segment.length);
        int delta = stream.pass(START, window, 0, segment.length, List.of(new Edit(1, 0x50), new Edit(2, 0x01)));
        assertThat(segment).containsExactly(0xaa, 0x50, 0x01, 0xbb, 0xcc);
        assertThat(Checksum.updated(0x5531, delta)).isEqualTo(0x87f3);
    }

    @Property(tries = 300)
    void itIsRightAfterAnyEdits(
            @ForAll @Size(min = 1, max = 60) byte[] payload,
            @ForAll @Size(max = 8) List<@IntRange(max = 59) Integer> at) {
        ByteStream any = new ByteStream();
        any.begin(START - 1);
        byte[] packet = Segments.segment(START, payload);
        HeaderWords words = Segments.read(packet);
        List<Edit> edits = at.stream()
                .filter(position -> position < payload.length)
                .map(position -> new Edit(position, position * 37 & 0xff))
                .toList();
        int delta = any.pass(START, words.window, Segments.payloadAt(words), payload.length, edits);
        ByteStream.seal(words, delta, ChecksumStatus.VERIFY);

        assertThat(Segments.error(packet)).isZero();
        edits.forEach(edit -> payload[(int) edit.position()] = (byte) edit.value());
        assertThat(Segments.payload(packet)).isEqualTo(Octets.of(payload));
    }

    @ParameterizedTest
    @EnumSource(
            value = ChecksumStatus.class,
            names = {"VERIFY", "TRUSTED"})
    void whatIsTrustedIsUpdatedToo(ChecksumStatus checksum) {
        stream.begin(START - 1);
        byte[] packet = Segments.segment(START, bytes("abc"));
        pass(packet, checksum, new Edit(1, 'X'));
        assertThat(Segments.error(packet)).isZero();
    }

    @Test
    void whatHardwareWillFinishStaysAsItIs() {
        stream.begin(START - 1);
        byte[] packet = Segments.segment(START, bytes("abc"));
        int before = Segments.checksum(packet);
        pass(packet, ChecksumStatus.PARTIAL, new Edit(1, 'X'));
        assertThat(Segments.payload(packet)).isEqualTo(Octets.of(bytes("aXc")));
        assertThat(Segments.checksum(packet)).isEqualTo(before);
    }

    @Test
    void whatDoesNotChangeIsNotTouched() {
        stream.begin(START - 1);
        byte[] packet = Segments.segment(START, bytes("abc"));
        byte[] before = packet.clone();
        pass(packet, ChecksumStatus.VERIFY, new Edit(1, 'b'));
        assertThat(packet).isEqualTo(before);
    }

    /** A byte has flipped on the way: the segment is edited as it came, stays wrong, and leaves no trace. */
    @Test
    void whatCameWrongStaysWrongByAsMuch() {
        stream.begin(START - 1);
        pass(Segments.segment(START, bytes("abcd")), ChecksumStatus.VERIFY, new Edit(1, 'X'), new Edit(2, 'Y'));
        byte[] spoilt = Segments.segment(START, bytes("abcd"));
        spoilt[spoilt.length - 3] ^= 0x40;
        int error = Segments.error(spoilt);
        assertThat(error).isNotZero();

        HeaderWords words = Segments.read(spoilt);
        int delta = stream.applyTo(START, words.window, Segments.payloadAt(words), 4);
        ByteStream.seal(words, delta, ChecksumStatus.VERIFY);
        assertThat(Segments.payload(spoilt)).isEqualTo(Octets.of(bytes("aXYd")));
        assertThat(Segments.error(spoilt)).isEqualTo(error);
        assertThat(stream.next()).isEqualTo(4);
        assertThat(stream.kept()).isEqualTo(2);
    }

    @Test
    void aSpoiltSegmentIsNoNews() {
        stream.begin(START - 1);
        HeaderWords words = Segments.read(Segments.segment(START, bytes("abcd")));
        assertThat(stream.applyTo(START, words.window, Segments.payloadAt(words), 4))
                .isZero();
        assertThat(stream.next()).isZero();
    }
}
