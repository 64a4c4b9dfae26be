package io.github.culvert.nat.channel;

import static io.github.culvert.nat.channel.Holding.HELD;
import static io.github.culvert.nat.channel.Holding.NO_ROOM;
import static io.github.culvert.nat.channel.Holding.REPEATED;
import static io.github.culvert.nat.packet.ChecksumStatus.TRUSTED;
import static io.github.culvert.nat.packet.ChecksumStatus.VERIFY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.verdict.Outbox;
import io.github.culvert.nat.verdict.Verdict;
import io.github.culvert.nat.wire.HeaderWords;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Segments that came out of order, of streams that begin at 1000. */
class SegmentStoreTest {
    private static final int START = 1000;
    private static final int TIMEOUT = 50;
    private static final int TIMED_OUT = Verdict.refused(Refusal.FRAGMENT_TIMEOUT);
    private static final int ENDED = Verdict.refused(Refusal.NO_MAPPING);
    private static final int LIMIT = 40_000;

    private final Outbox outbox = new Outbox(UnpooledByteBufAllocator.DEFAULT);
    private final SegmentStore store = new SegmentStore(LIMIT, TIMEOUT, TIMED_OUT, outbox);
    private final ByteStream stream = new ByteStream();
    private final Backlog backlog = new Backlog();

    @BeforeEach
    void begin() {
        stream.begin(START - 1);
    }

    private static byte[] packet(int position, int length) {
        byte[] payload = new byte[length];
        for (int i = 0; i < length; i++) {
            payload[i] = (byte) (position + i);
        }
        return Segments.segment(START + position, payload);
    }

    private Holding hold(Backlog to, int position, int length, long tick) {
        HeaderWords words = Segments.read(packet(position, length));
        return store.hold(to, START + position, length, words.window, VERIFY, tick);
    }

    private Holding hold(int position, int length) {
        return hold(backlog, position, length, 0);
    }

    /** The stream moves on to a position. */
    private void move(int to) {
        HeaderWords words = Segments.read(packet(0, to));
        stream.pass(START, words.window, Segments.payloadAt(words), to, List.of());
    }

    private byte @Nullable [] next() {
        HeldSegment segment = store.takeNext(backlog, stream);
        return segment == null ? null : segment.packet();
    }

    private List<Octets> given(int verdict) {
        List<Octets> given = new ArrayList<>();
        while (!outbox.isEmpty()) {
            assertThat(outbox.nextVerdict()).isEqualTo(verdict);
            ByteBuf packet = outbox.take();
            given.add(Octets.copyOf(packet));
            packet.release();
        }
        return given;
    }

    private void isEmpty() {
        assertThat(store.held()).isZero();
        assertThat(store.bytes()).isZero();
        assertThat(backlog.count()).isZero();
        assertThat(backlog.bytes()).isZero();
        assertThat(store.nextTick()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void theyComeBackInOrderOnceNothingIsMissing() {
        assertThat(hold(30, 10)).isEqualTo(HELD);
        assertThat(hold(10, 10)).isEqualTo(HELD);
        assertThat(hold(20, 10)).isEqualTo(HELD);
        assertThat(next()).isNull();
        move(10);
        assertThat(next()).isEqualTo(packet(10, 10));
        assertThat(next()).isNull();
        move(20);
        assertThat(next()).isEqualTo(packet(20, 10));
        move(30);
        assertThat(next()).isEqualTo(packet(30, 10));
        isEmpty();
    }

    @Test
    void ofThoseThatBeginTogetherTheLongerComesFirst() {
        hold(10, 5);
        hold(10, 9);
        hold(12, 20);
        move(15);
        assertThat(next()).isEqualTo(packet(10, 9));
        assertThat(next()).isEqualTo(packet(10, 5));
        assertThat(next()).isEqualTo(packet(12, 20));
        isEmpty();
    }

    @Test
    void whatIsKnownOfAChecksumStays() {
        HeaderWords words = Segments.read(packet(10, 3));
        store.hold(backlog, START + 10, 3, words.window, TRUSTED, 0);
        move(10);
        HeldSegment segment = store.takeNext(backlog, stream);
        assertThat(segment).isNotNull();
        assertThat(segment.checksum()).isEqualTo(TRUSTED);
    }

    @Test
    void itIsACopyThatIsHeld() {
        byte[] packet = packet(10, 3);
        HeaderWords words = Segments.read(packet);
        store.hold(backlog, START + 10, 3, words.window, VERIFY, 0);
        words.window.put8(40, 0xff);
        move(10);
        assertThat(next()).isEqualTo(packet(10, 3));
    }

    @Test
    void whatIsHeldAlreadyIsNotHeldAgain() {
        hold(10, 10);
        assertThat(hold(10, 10)).isEqualTo(REPEATED);
        assertThat(hold(10, 9)).isEqualTo(REPEATED);
        assertThat(hold(10, 11)).isEqualTo(HELD);
        assertThat(hold(new Backlog(), 10, 10, 0)).as("another stream").isEqualTo(HELD);
    }

    @Test
    void aStreamHasSoManySegments() {
        for (int i = 1; i <= SegmentStore.MOST_SEGMENTS; i++) {
            assertThat(hold(i, 1)).isEqualTo(HELD);
        }
        assertThat(hold(100, 1)).isEqualTo(NO_ROOM);
        assertThat(hold(new Backlog(), 100, 1, 0)).isEqualTo(HELD);
        move(1);
        next();
        assertThat(hold(100, 1)).isEqualTo(HELD);
    }

    @Test
    void aStreamHasSoManyBytes() {
        int headers = packet(0, 1).length - 1 + HeldSegment.COST;
        assertThat(hold(10, SegmentStore.MOST_BYTES - headers + 1)).isEqualTo(NO_ROOM);
        assertThat(hold(10, SegmentStore.MOST_BYTES - headers)).isEqualTo(HELD);
        assertThat(backlog.bytes()).isEqualTo(SegmentStore.MOST_BYTES);
        assertThat(hold(10_000, 1)).isEqualTo(NO_ROOM);
    }

    @Test
    void allStreamsTogetherHaveSoManyBytes() {
        int headers = packet(0, 1).length - 1 + HeldSegment.COST;
        int third = LIMIT / 3 + 1 - headers;
        assertThat(hold(new Backlog(), 1, third, 0)).isEqualTo(HELD);
        assertThat(hold(new Backlog(), 1, third, 0)).isEqualTo(HELD);
        assertThat(hold(new Backlog(), 1, third, 0)).isEqualTo(NO_ROOM);
        assertThat(hold(new Backlog(), 1, third - 3, 0)).isEqualTo(HELD);
        assertThat(store.bytes()).isLessThanOrEqualTo(LIMIT);
    }

    @Test
    void whatWaitsTooLongIsGivenBack() {
        hold(backlog, 30, 10, 0);
        hold(backlog, 10, 10, 1);
        hold(backlog, 20, 10, 1);
        assertThat(store.nextTick()).isEqualTo(TIMEOUT);
        assertThat(store.advance(TIMEOUT - 1, 10)).isEqualTo(10);
        assertThat(store.advance(TIMEOUT, 10)).isEqualTo(9);
        assertThat(given(TIMED_OUT)).containsExactly(Octets.of(packet(30, 10)));
        assertThat(store.advance(TIMEOUT + 1, 1)).isZero();
        assertThat(given(TIMED_OUT)).containsExactly(Octets.of(packet(10, 10)));
        assertThat(store.advance(1000, 10)).isEqualTo(9);
        assertThat(given(TIMED_OUT)).containsExactly(Octets.of(packet(20, 10)));
        isEmpty();
    }

    @Test
    void whatIsTakenFromAmongOthersIsNotGivenBack() {
        hold(30, 10);
        hold(10, 10);
        hold(20, 10);
        move(10);
        next();
        store.advance(TIMEOUT, 10);
        assertThat(given(TIMED_OUT)).containsExactly(Octets.of(packet(30, 10)), Octets.of(packet(20, 10)));
        isEmpty();
    }

    @Test
    void whatBelongsToAStreamThatEndsIsGivenBack() {
        Backlog other = new Backlog();
        hold(10, 10);
        hold(other, 10, 5, 0);
        hold(20, 10);
        store.giveBack(backlog, ENDED);
        assertThat(given(ENDED)).containsExactly(Octets.of(packet(10, 10)), Octets.of(packet(20, 10)));
        assertThat(store.held()).isEqualTo(1);
        assertThat(other.count()).isEqualTo(1);
        store.clear();
        assertThat(given(ENDED)).isEmpty();
        isEmpty();
    }

    @Test
    void whatIsHeldFromBeforeAnotherSynComesBackAstray() {
        hold(10, 10);
        stream.begin(START + 0x4000_0000);
        HeldSegment segment = store.takeNext(backlog, stream);
        assertThat(segment).isNotNull();
        HeaderWords words = Segments.read(segment.packet());
        assertThat(stream.judge(START + 10, words.window, Segments.payloadAt(words), 10))
                .isEqualTo(Arrival.ASTRAY);
    }
}
