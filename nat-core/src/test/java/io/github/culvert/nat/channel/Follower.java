package io.github.culvert.nat.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.alg.Action.Edit;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.verdict.Outbox;
import io.github.culvert.nat.verdict.Verdict;
import io.github.culvert.nat.wire.HeaderWords;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * Follows one stream as a NAT does, with an ALG that edits a byte by nothing but its position; checks the bounds of what
 * is kept and held after every segment.
 */
final class Follower {
    static final int TIMEOUT = 40;
    private static final int LIMIT = 3000;

    final ByteStream stream = new ByteStream();
    final Map<Arrival, Integer> seen = new EnumMap<>(Arrival.class);
    private final Backlog backlog = new Backlog();
    private final Outbox outbox = new Outbox(UnpooledByteBufAllocator.DEFAULT);
    private final SegmentStore store =
            new SegmentStore(LIMIT, TIMEOUT, Verdict.refused(Refusal.FRAGMENT_TIMEOUT), outbox);
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private final IntUnaryOperator edits;
    private long tick;

    /** Edits give the new byte at a position, or -1. */
    Follower(IntUnaryOperator edits) {
        this.edits = edits;
    }

    /** A segment comes, whose checksum is right; gives what leaves. */
    List<byte[]> arrive(byte[] packet) {
        List<byte[]> out = new ArrayList<>();
        arrive(packet, ChecksumStatus.VERIFY, out);
        HeldSegment held = store.takeNext(backlog, stream);
        while (held != null) {
            arrive(held.packet(), held.checksum(), out);
            held = store.takeNext(backlog, stream);
        }
        return out;
    }

    private void arrive(byte[] packet, ChecksumStatus checksum, List<byte[]> out) {
        HeaderWords words = Segments.read(packet);
        int sequence = Segments.sequence(words);
        int at = Segments.payloadAt(words);
        int length = Segments.payloadLength(words);
        Arrival arrival = stream.judge(sequence, words.window, at, length);
        seen.merge(arrival, 1, Integer::sum);
        switch (arrival) {
            case OLD, FRESH -> {
                List<Edit> wanted = arrival == Arrival.OLD ? List.of() : read(words, sequence, at, length);
                int delta = stream.pass(sequence, words.window, at, length, wanted);
                ByteStream.seal(words, delta, checksum);
                out.add(packet);
            }
            case EARLY -> store.hold(backlog, sequence, length, words.window, checksum, tick);
            case ASTRAY, INCONSISTENT, FULL -> {}
        }
        assertThat(stream.kept()).isLessThan(ByteStream.MOST_EDITS + StreamRun.LONGEST);
        assertThat(backlog.count()).isLessThanOrEqualTo(SegmentStore.MOST_SEGMENTS);
        assertThat(store.bytes()).isLessThanOrEqualTo(LIMIT).isEqualTo(backlog.bytes());
    }

    private List<Edit> read(HeaderWords words, int sequence, int at, int length) {
        Octets fresh = stream.fresh(sequence, words.window, at, length);
        int from = (int) stream.next();
        assertThat(from).as("bytes read so far").isEqualTo(read.size());
        read.writeBytes(fresh.toByteArray());
        List<Edit> wanted = new ArrayList<>();
        for (int position = from; position < from + fresh.length(); position++) {
            int value = edits.applyAsInt(position);
            if (value >= 0) {
                wanted.add(new Edit(position, value));
            }
        }
        return wanted;
    }

    /** A segment comes whose checksum is wrong. */
    void arriveSpoilt(byte[] packet) {
        HeaderWords words = Segments.read(packet);
        int length = Segments.payloadLength(words);
        int delta = stream.applyTo(Segments.sequence(words), words.window, Segments.payloadAt(words), length);
        ByteStream.seal(words, delta, ChecksumStatus.VERIFY);
    }

    /** Time passes; what is given back is gone. */
    void pass(int ticks) {
        tick += ticks;
        store.advance(tick, Integer.MAX_VALUE);
        outbox.clear();
    }

    /** All that depends on what came. */
    String state() {
        return stream.next() + " " + stream.kept() + " " + store.held() + " " + store.bytes() + " " + read.size();
    }

    byte[] read() {
        return read.toByteArray();
    }

    boolean holdsNothing() {
        return store.held() == 0 && store.bytes() == 0 && backlog.count() == 0;
    }
}
