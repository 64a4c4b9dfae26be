package io.github.culvert.nat.channel;

import io.github.culvert.nat.alg.Action;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.table.Ticks;
import io.github.culvert.nat.verdict.Outbox;
import io.github.culvert.nat.verdict.Verdict;
import io.github.culvert.nat.wire.HeaderWords;
import io.github.culvert.nat.wire.PacketWindow;
import io.github.culvert.nat.wire.TcpLayout;
import io.github.culvert.nat.wire.TransportSum;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Control channels over TCP: each segment finds its place in its stream, and what is new is read and edited. One thread. */
final class Connections {
    private static final int CUT = Verdict.refused(Refusal.CHANNEL_CUT);
    private static final int REFUSED = Verdict.refused(Refusal.CHANNEL_REFUSED);
    private static final int OUT_OF_WINDOW = Verdict.refused(Refusal.STREAM_OUT_OF_WINDOW);

    private static final int OUT_OF_ORDER = Verdict.refused(Refusal.STREAM_OUT_OF_ORDER);

    /** All segments together that are held. */
    static final int MOST_BYTES = 1 << 20;
    /** Those of one inside host: it leaves room for others, however many connections it has. */
    private static final int MOST_BYTES_OF_HOST = MOST_BYTES / 8;
    /** So long a segment waits for what is missing before it: by then it has been sent again. */
    private static final Duration WAIT = Duration.ofSeconds(10);

    private final Channels channels;
    private final Trackers trackers;
    private final SegmentStore store;
    private final ArrayDeque<Held> ready = new ArrayDeque<>();
    private PacketWindow window = new PacketWindow();
    private int flags;
    private int sequence;
    private int acknowledgment;
    private int at;
    private int length;

    /** Streams that have moved on, so that something that is held may be next. */
    private record Held(Channel channel, int direction) {}

    Connections(Channels channels, Trackers trackers, Outbox outbox) {
        this.channels = channels;
        this.trackers = trackers;
        this.store = new SegmentStore(MOST_BYTES, MOST_BYTES_OF_HOST, Ticks.ofTimeout(WAIT), OUT_OF_ORDER, outbox);
    }

    /** A segment that was held and is next in its stream now, which goes in a direction; null if there is none. */
    @Nullable
    Ready takeReady() {
        for (Held moved = ready.peek(); moved != null; moved = ready.peek()) {
            Channel channel = moved.channel;
            HeldSegment next = store.takeNext(channel.backlogs[moved.direction], channel.streams[moved.direction]);
            if (next != null) {
                return new Ready(next, moved.direction);
            }
            ready.remove();
        }
        return null;
    }

    /** Gives back what is held of a channel that has ended. */
    void forget(Channel channel) {
        store.giveBack(channel.backlogs[0], OUT_OF_ORDER);
        store.giveBack(channel.backlogs[1], OUT_OF_ORDER);
    }

    /** Gives back what has waited too long, at most so many segments; gives how many steps are left. */
    int advance(long tick, int budget) {
        return store.advance(tick, budget);
    }

    long nextTick() {
        return store.nextTick();
    }

    int heldBytes() {
        return store.bytes();
    }

    void close() {
        store.clear();
    }

    int pass(Channel channel, HeaderWords words, int total, int direction, ChecksumStatus checksum) {
        read(words, total);
        if (channel.mode == Channel.Mode.CUT) {
            return CUT;
        }
        if (checksum == ChecksumStatus.VERIFY && TransportSum.isWrong(window)) {
            int delta = channel.streams[direction].applyTo(sequence, window, at, length);
            ByteStream.seal(words, delta, checksum);
            return 0;
        }
        if ((flags & TcpLayout.RST) != 0) {
            // what it says is for people, and no part of the stream (RFC 9293 section 3.5.3)
            return 0;
        }
        if ((flags & TcpLayout.SYN) != 0 && !begins(channel, direction)) {
            return proposes(channel, direction) ? 0 : OUT_OF_WINDOW;
        }
        if ((flags & TcpLayout.ACK) != 0 && channel.streams[direction].isNear(sequence)) {
            channel.streams[1 - direction].acknowledged(acknowledgment);
        }
        return length == 0 ? 0 : payload(channel, words, direction, checksum);
    }

    private void read(HeaderWords words, int total) {
        window = words.window;
        int row3 = window.i32(words.transport + TcpLayout.ROW3);
        flags = TcpLayout.flags(row3);
        sequence = window.i32(words.transport + TcpLayout.SEQUENCE);
        acknowledgment = window.i32(words.transport + TcpLayout.ACKNOWLEDGMENT);
        at = words.transport + TcpLayout.headerLength(row3);
        length = total - at;
    }

    /** Whether a SYN begins its stream, now or when it was first sent. */
    private boolean begins(Channel channel, int direction) {
        ByteStream stream = channel.streams[direction];
        ByteStream other = channel.streams[1 - direction];
        if ((flags & TcpLayout.ACK) != 0) {
            if (channel.proposer == 1 - direction && acknowledgment == channel.proposed + 1) {
                channels.restart(channel);
                channel.streams[1 - direction].begin(acknowledgment - 1);
                return channel.streams[direction].begin(sequence);
            }
            return other.isAnsweredBy(acknowledgment) && stream.begin(sequence);
        }
        if (channels.isOver(channel.session, direction)) {
            channels.restart(channel);
        }
        return channel.streams[direction].begin(sequence);
    }

    /**
     * A SYN within a connection passes and touches nothing: the host that gets it answers by an acknowledgment of what it
     * has (RFC 5961 section 4.2), unless it has forgotten the connection, and takes a new one. Only that, which nobody can
     * forge who does not see the SYN, is the end of the old one.
     */
    private boolean proposes(Channel channel, int direction) {
        if ((flags & TcpLayout.ACK) != 0 || length > 0) {
            return false;
        }
        channel.proposed = sequence;
        channel.proposer = direction;
        return true;
    }

    private int payload(Channel channel, HeaderWords words, int direction, ChecksumStatus checksum) {
        // the payload of a SYN stands one behind its number
        int first = (flags & TcpLayout.SYN) == 0 ? sequence : sequence + 1;
        ByteStream stream = channel.streams[direction];
        if (!channel.isFollowed()) {
            ByteStream.seal(words, stream.passUnread(first, window, at, length), checksum);
            return 0;
        }
        return switch (stream.judge(first, window, at, length)) {
            case OLD -> passes(stream, words, first, List.of(), checksum);
            case FRESH -> fresh(channel, words, direction, first, checksum);
            case EARLY -> early(channel, direction, first, checksum);
            case ASTRAY -> OUT_OF_WINDOW;
            case INCONSISTENT -> Verdict.refused(Refusal.STREAM_INCONSISTENT);
            case FULL -> Verdict.refused(Refusal.STREAM_LIMIT);
        };
    }

    private int early(Channel channel, int direction, int first, ChecksumStatus checksum) {
        window.shorten(at + length);
        Holding held = store.hold(channel.backlogs[direction], first, length, window, checksum, trackers.tick());
        return held == Holding.HELD ? Verdict.HELD : OUT_OF_ORDER;
    }

    private int fresh(Channel channel, HeaderWords words, int direction, int first, ChecksumStatus checksum) {
        ByteStream stream = channel.streams[direction];
        Octets bytes = stream.fresh(first, window, at, length);
        long position = stream.next();
        int count = length;
        List<Action.Edit> edits = new ArrayList<>();
        boolean passes = trackers.tell(
                channel,
                context -> channel.tracker.onStream(Channels.direction(direction), position, bytes, context),
                edit -> stream.isFresh(first, count, edit.position()) && edits.add(edit));
        if (channel.mode == Channel.Mode.CUT) {
            return CUT;
        }
        if (!passes) {
            return REFUSED;
        }
        if (channel.backlogs[direction].count() > 0) {
            ready.add(new Held(channel, direction));
        }
        return passes(stream, words, first, edits, checksum);
    }

    private int passes(
            ByteStream stream, HeaderWords words, int first, List<Action.Edit> edits, ChecksumStatus checksum) {
        ByteStream.seal(words, stream.pass(first, window, at, length, edits), checksum);
        return 0;
    }
}
