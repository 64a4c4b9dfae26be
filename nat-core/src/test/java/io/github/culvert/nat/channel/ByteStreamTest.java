package io.github.culvert.nat.channel;

import static io.github.culvert.nat.channel.Arrival.ASTRAY;
import static io.github.culvert.nat.channel.Arrival.EARLY;
import static io.github.culvert.nat.channel.Arrival.FRESH;
import static io.github.culvert.nat.channel.Arrival.FULL;
import static io.github.culvert.nat.channel.Arrival.INCONSISTENT;
import static io.github.culvert.nat.channel.Arrival.OLD;
import static io.github.culvert.nat.channel.ByteStream.MOST_EDITS;
import static io.github.culvert.nat.channel.ByteStream.WINDOW;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.culvert.nat.alg.Action.Edit;
import io.github.culvert.nat.wire.PacketWindow;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One direction of a followed connection. Payload is text, so that it can be read here; the stream begins at 1000. */
class ByteStreamTest {
    private static final int START = 1000;

    private final ByteStream stream = new ByteStream();

    @BeforeEach
    void begin() {
        assertThat(stream.begin(START - 1)).isTrue();
    }

    private static PacketWindow window(byte[] bytes) {
        PacketWindow window = new PacketWindow();
        window.open(bytes, 0, bytes.length);
        return window;
    }

    private Arrival judge(int sequence, String payload) {
        return judge(stream, sequence, payload);
    }

    private static Arrival judge(ByteStream stream, int sequence, String payload) {
        byte[] bytes = payload.getBytes(ISO_8859_1);
        return stream.judge(sequence, window(bytes), 0, bytes.length);
    }

    private String pass(int sequence, String payload, Edit... edits) {
        return pass(stream, sequence, payload, edits);
    }

    private static String pass(ByteStream stream, int sequence, String payload, Edit... edits) {
        byte[] bytes = payload.getBytes(ISO_8859_1);
        stream.pass(sequence, window(bytes), 0, bytes.length, List.of(edits));
        return new String(bytes, ISO_8859_1);
    }

    private static Edit edit(long position, char value) {
        return new Edit(position, value);
    }

    @Test
    void freshBytesAreCountedFromTheSyn() {
        assertThat(judge(START, "abc")).isEqualTo(FRESH);
        assertThat(stream.next()).isZero();
        pass(START, "abc");
        assertThat(stream.next()).isEqualTo(3);
        assertThat(judge(START + 3, "d")).isEqualTo(FRESH);
    }

    @Test
    void freshBytesMayFollowOldOnes() {
        pass(START, "abc");
        byte[] bytes = "..bcde".getBytes(ISO_8859_1);
        assertThat(stream.judge(START + 1, window(bytes), 2, 4)).isEqualTo(FRESH);
        assertThat(stream.fresh(START + 1, window(bytes), 2, 4).toByteArray()).isEqualTo("de".getBytes(ISO_8859_1));
        assertThat(stream.isFresh(START + 1, 4, 2)).isFalse();
        assertThat(stream.isFresh(START + 1, 4, 3)).isTrue();
        assertThat(stream.isFresh(START + 1, 4, 4)).isTrue();
        assertThat(stream.isFresh(START + 1, 4, 5)).isFalse();
    }

    @Test
    void whatIsOldPasses() {
        pass(START, "abc");
        assertThat(judge(START, "abc")).isEqualTo(OLD);
        assertThat(judge(START + 2, "c")).isEqualTo(OLD);
        assertThat(judge(START + 3, "")).isEqualTo(OLD);
        assertThat(pass(START + 1, "bc")).isEqualTo("bc");
        assertThat(stream.next()).isEqualTo(3);
    }

    @Test
    void keepalivesAreOldWhateverTheyCarry() {
        assertThat(judge(START - 1, "")).isEqualTo(OLD);
        assertThat(judge(START - 1, "?")).isEqualTo(OLD);
        pass(START, "abc", edit(2, 'X'));
        stream.acknowledged(START + 3);
        assertThat(judge(START + 2, "")).isEqualTo(OLD);
        assertThat(judge(START + 2, "?")).isEqualTo(OLD);
        assertThat(pass(START + 2, "?")).isEqualTo("?");
        assertThat(stream.next()).isEqualTo(3);
    }

    @Test
    void emptySegmentsAreOldAnywhereAndChangeNothing() {
        assertThat(judge(START + 0x4000_0000, "")).isEqualTo(OLD);
        pass(START + 0x4000_0000, "");
        assertThat(stream.passUnread(START + 0x4000_0000, window(new byte[0]), 0, 0))
                .isZero();
        assertThat(stream.next()).isZero();
    }

    @Test
    void theWindowAheadIsExact() {
        pass(START, "abc");
        assertThat(judge(START + 4, "e")).isEqualTo(EARLY);
        assertThat(judge(START + 3 + WINDOW, "e")).isEqualTo(EARLY);
        assertThat(judge(START + 3 + WINDOW + 1, "e")).isEqualTo(ASTRAY);
    }

    @Test
    void theWindowBehindIsExact() {
        assertThat(judge(START - WINDOW, "a")).isEqualTo(OLD);
        assertThat(judge(START - WINDOW - 1, "a")).isEqualTo(ASTRAY);
    }

    @Test
    void whatIsEmptyIsNearOrNotLikeAnythingElse() {
        assertThat(new ByteStream().isNear(START)).isFalse();
        for (int edge : new int[] {-WINDOW, -1, 0, 1, WINDOW}) {
            assertThat(stream.isNear(START + edge)).as("%d", edge).isTrue();
        }
        for (int edge : new int[] {-WINDOW - 1, WINDOW + 1, 0x4000_0000, 0x8000_0000}) {
            assertThat(stream.isNear(START + edge)).as("%d", edge).isFalse();
        }
    }

    @Test
    void theWindowBehindStaysWhereNothingIsAcknowledged() {
        String much = "x".repeat(WINDOW / 32);
        for (int i = 0; i < 64; i++) {
            pass(START + i * much.length(), much);
        }
        assertThat(judge(START, "x")).isEqualTo(OLD);
        stream.acknowledged(START + 2 * WINDOW);
        assertThat(judge(START, "x")).isEqualTo(ASTRAY);
        assertThat(judge(START + WINDOW, "x")).isEqualTo(OLD);
        stream.acknowledged(START);
        assertThat(judge(START, "x")).as("what was acknowledged stays so").isEqualTo(ASTRAY);
    }

    @Test
    void withoutItsSynAStreamIsNowhere() {
        ByteStream unknown = new ByteStream();
        assertThat(judge(unknown, 1, "a")).isEqualTo(ASTRAY);
        assertThat(judge(unknown, 1, "")).isEqualTo(OLD);
        unknown.acknowledged(1);
        assertThat(unknown.begin(77)).isTrue();
        assertThat(judge(unknown, 78, "a")).isEqualTo(FRESH);
    }

    @Test
    void anotherSynBeforeAnyByteStartsAnew() {
        assertThat(stream.begin(5000)).isTrue();
        assertThat(judge(START, "a")).isEqualTo(OLD);
        assertThat(judge(5001, "a")).isEqualTo(FRESH);
    }

    @Test
    void anotherSynAfterTheFirstByteIsRefused() {
        pass(START, "a");
        assertThat(stream.begin(5000)).isFalse();
        assertThat(stream.begin(START - 1)).isTrue();
        assertThat(judge(START + 1, "b")).isEqualTo(FRESH);
    }

    @Test
    void editsAreMadeAgainWithOtherBorders() {
        assertThat(pass(START, "abcdef", edit(3, 'X'), edit(1, 'Y'))).isEqualTo("aYcXef");
        assertThat(pass(START, "abcdef")).isEqualTo("aYcXef");
        assertThat(pass(START, "ab")).isEqualTo("aY");
        assertThat(pass(START + 1, "b")).isEqualTo("Y");
        assertThat(pass(START + 2, "cde")).isEqualTo("cXe");
        assertThat(pass(START + 4, "ef")).isEqualTo("ef");
        assertThat(pass(START + 2, "cdefgh", edit(7, 'Z'))).isEqualTo("cXefgZ");
    }

    @Test
    void ofTwoEditsOfAByteTheLaterOneCounts() {
        assertThat(pass(START, "abc", edit(1, 'X'), edit(1, 'Y'))).isEqualTo("aYc");
        assertThat(pass(START, "abc")).isEqualTo("aYc");
        assertThat(stream.kept()).isEqualTo(1);
    }

    @Test
    void anEditedByteMustNotBecomeAnother() {
        pass(START, "abc", edit(1, 'X'));
        assertThat(judge(START, "aQc")).isEqualTo(INCONSISTENT);
        assertThat(judge(START + 1, "Qcdef")).isEqualTo(INCONSISTENT);
        assertThat(judge(START, "aXc")).as("what left is not what came").isEqualTo(INCONSISTENT);
        assertThat(judge(START + 2, "c")).isEqualTo(OLD);
        assertThat(pass(START, "abc")).isEqualTo("aXc");
    }

    @Test
    void anEditThatChangesNothingHoldsItsByte() {
        assertThat(pass(START, "abc", edit(1, 'b'))).isEqualTo("abc");
        assertThat(judge(START, "aQc")).isEqualTo(INCONSISTENT);
    }

    @Test
    void anEditMustBeOfAFreshByte() {
        pass(START, "abc");
        for (long position : new long[] {-1, 0, 2, 5, 1L << 32 | 3}) {
            assertThatThrownBy(() -> pass(START + 1, "bcde", edit(3, 'X'), edit(position, 'Y')))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(stream.next()).isEqualTo(3);
        assertThat(stream.isSettled()).isTrue();
        assertThat(pass(START + 1, "bcde", edit(4, 'Y'))).isEqualTo("bcdY");
    }

    @Test
    void whatIsMissingIsNeverSkipped() {
        assertThatThrownBy(() -> pass(START + 1, "b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> pass(START + 0x4000_0000, "b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> pass(START - 0x4000_0000, "b")).isInstanceOf(IllegalArgumentException.class);
        assertThat(stream.next()).isZero();
    }

    @Test
    void editsAreKeptUntilTheyAreAcknowledged() {
        pass(START, "abcdef", edit(1, 'X'), edit(4, 'Y'));
        stream.acknowledged(START + 1);
        assertThat(stream.kept()).isEqualTo(2);
        stream.acknowledged(START + 2);
        assertThat(stream.kept()).isEqualTo(1);
        assertThat(stream.isSettled()).isFalse();
        stream.acknowledged(START);
        assertThat(pass(START, "abcdef")).isEqualTo("abcdYf");
        stream.acknowledged(START + 6);
        assertThat(stream.isSettled()).isTrue();
    }

    @Test
    void anAcknowledgementOfWhatWasNotSentIsIgnored() {
        pass(START, "abc", edit(1, 'X'));
        stream.acknowledged(START + 5);
        stream.acknowledged(START + 0x7fff_0000);
        stream.acknowledged(START - 1);
        stream.acknowledged(START + 0x8000_0000);
        assertThat(stream.kept()).isEqualTo(1);
    }

    @Test
    void theAcknowledgementOfAFinCountsForAllBefore() {
        pass(START, "abc", edit(2, 'X'));
        stream.acknowledged(START + 4);
        assertThat(stream.isSettled()).isTrue();
        pass(START + 3, "d", edit(3, 'Y'));
        assertThat(stream.isSettled()).isFalse();
        stream.acknowledged(START + 4);
        assertThat(stream.isSettled()).isTrue();
    }

    @Test
    void sequenceNumbersComeRound() {
        ByteStream late = new ByteStream();
        late.begin(-3);
        assertThat(pass(late, -2, "abcd", edit(1, 'X'), edit(2, 'Y'))).isEqualTo("aXYd");
        assertThat(late.next()).isEqualTo(4);
        assertThat(pass(late, -1, "bc")).isEqualTo("XY");
        assertThat(judge(late, 2, "e")).isEqualTo(FRESH);
        assertThat(judge(late, 3, "f")).isEqualTo(EARLY);
        late.acknowledged(0);
        assertThat(late.kept()).isEqualTo(1);
        late.acknowledged(1);
        assertThat(late.isSettled()).isTrue();
    }

    @Test
    void positionsGoOnBeyondTheNumbers() {
        byte[] much = new byte[1 << 16];
        for (long sent = 0; sent < 1L << 33; sent += much.length) {
            stream.pass(START + (int) sent, window(much), 0, much.length, List.of());
            stream.acknowledged(START + (int) sent + much.length);
        }
        assertThat(stream.next()).isEqualTo(1L << 33);
        assertThat(pass(START, "abc", edit((1L << 33) + 1, 'X'))).isEqualTo("aXc");
        assertThat(pass(START, "abc")).isEqualTo("aXc");
        stream.acknowledged(START + 3);
        assertThat(stream.isSettled()).isTrue();
    }

    @Test
    void noMoreEditsAreKeptThanMayBe() {
        for (int i = 0; i < MOST_EDITS; i++) {
            assertThat(judge(START + i, "a")).isEqualTo(FRESH);
            pass(START + i, "a", edit(i, 'X'));
        }
        assertThat(judge(START + MOST_EDITS, "b")).isEqualTo(FULL);
        assertThat(judge(START + 1, "a".repeat(MOST_EDITS - 1) + "b")).isEqualTo(FULL);
        assertThat(judge(START + 1, "a")).as("what was sent may be sent again").isEqualTo(OLD);
        stream.acknowledged(START + 1);
        assertThat(judge(START + MOST_EDITS, "b")).isEqualTo(FRESH);
    }

    @Test
    void whoRepeatsTheOldestEditIsNeverStuck() {
        Edit[] all = IntStream.range(0, MOST_EDITS).mapToObj(i -> edit(i, 'X')).toArray(Edit[]::new);
        String sent = "a".repeat(MOST_EDITS);
        pass(START, sent, all);
        assertThat(judge(START + MOST_EDITS, "b")).isEqualTo(FULL);
        assertThat(judge(START, sent + "b")).isEqualTo(FRESH);
        assertThat(pass(START, sent + "b", edit(MOST_EDITS, 'Y'))).isEqualTo("X".repeat(MOST_EDITS) + "Y");
    }

    @Test
    void aStreamThatIsNotReadAnyMoreKeepsItsEdits() {
        pass(START, "abc", edit(1, 'X'));
        byte[] early = "fgh".getBytes(ISO_8859_1);
        assertThat(stream.passUnread(START + 5, window(early), 0, 3)).isZero();
        byte[] again = "abc".getBytes(ISO_8859_1);
        assertThat(stream.passUnread(START, window(again), 0, 3)).isNotZero();
        assertThat(again).isEqualTo("aXc".getBytes(ISO_8859_1));
        stream.acknowledged(START + 8);
        assertThat(stream.isSettled()).isTrue();
    }

    @Test
    void whatIsAstrayMovesAnUnreadStreamNowhere() {
        byte[] wild = "abc".getBytes(ISO_8859_1);
        assertThat(stream.passUnread(START + 2 * WINDOW, window(wild), 0, 3)).isZero();
        assertThat(stream.next()).isZero();
    }
}
