package io.github.culvert.nat.channel;

import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.verdict.Outbox;
import io.github.culvert.nat.wire.PacketWindow;
import io.netty.buffer.ByteBuf;
import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;

/**
 * Holds segments that came out of order, of all streams that are followed, in bounded memory: a sender that waits for
 * its acknowledgement never waits for these, since what is next is never held. What is held lies in arrays of its own, so
 * that its size is known and nothing can leak.
 *
 * <p>After each segment that has moved its stream on, {@link #takeNext} gives what can follow it, until there is nothing:
 * the caller does with each what it would have done had it come just now, and puts it into the outbox. What waits longer
 * than the timeout, or whose stream ends, goes into the outbox as refused. Not safe for use by several threads.
 */
public final class SegmentStore {
    /** How many segments of one stream are held. */
    public static final int MOST_SEGMENTS = 8;
    /** How many bytes the segments of one stream may take, with what it costs to hold them. */
    public static final int MOST_BYTES = 16 << 10;

    private final int limit;
    private final int mostOfHost;
    private final int timeout;
    private final int timedOut;
    private final Outbox outbox;
    /** In the order in which they came, which is that of their deadlines. */
    private final LinkedHashSet<HeldSegment> held = new LinkedHashSet<>();

    private int bytes;
    private final HostCounts bytesOfHost = new HostCounts();

    /** An empty store in which an inside host may have all the room. */
    public SegmentStore(int limit, int timeout, int timedOut, Outbox outbox) {
        this(limit, limit, timeout, timedOut, outbox);
    }

    /**
     * An empty store.
     *
     * @param limit how many bytes all segments together may take
     * @param mostOfHost how many of them those of one inside host may take
     * @param timeout for how many ticks a segment is held
     * @param timedOut the verdict about one whose time is up, a refusal
     */
    public SegmentStore(int limit, int mostOfHost, int timeout, int timedOut, Outbox outbox) {
        this.limit = limit;
        this.mostOfHost = mostOfHost;
        this.timeout = timeout;
        this.timedOut = timedOut;
        this.outbox = outbox;
    }

    /** Segments that are held. */
    public int held() {
        return held.size();
    }

    /** Bytes that are held, with what it costs to hold them. */
    public int bytes() {
        return bytes;
    }

    /**
     * Holds a copy of a segment.
     *
     * @param sequence the sequence number of its payload
     * @param length how many bytes of payload it has
     * @param packet the packet, as it came, without padding
     */
    public Holding hold(
            Backlog backlog, int sequence, int length, PacketWindow packet, ChecksumStatus checksum, long tick) {
        if (backlog.holds(sequence, length)) {
            return Holding.REPEATED;
        }
        int cost = HeldSegment.COST + packet.length();
        if (backlog.count() == MOST_SEGMENTS || backlog.bytes() + cost > MOST_BYTES || !hasRoom(backlog.host, cost)) {
            return Holding.NO_ROOM;
        }
        byte[] copy = new byte[packet.length()];
        packet.copyInto(copy, 0, 0, copy.length);
        HeldSegment segment = new HeldSegment(backlog, sequence, length, copy, checksum, tick + timeout);
        backlog.add(segment);
        held.add(segment);
        count(backlog.host, cost);
        return Holding.HELD;
    }

    /** A segment of a stream before which nothing is missing now, no longer held; null if there is none. */
    public @Nullable HeldSegment takeNext(Backlog backlog, ByteStream stream) {
        HeldSegment segment = backlog.next(stream);
        if (segment != null) {
            remove(segment);
        }
        return segment;
    }

    /** All segments of a stream are given back with a verdict: the stream has ended, or is not followed any more. */
    public void giveBack(Backlog backlog, int verdict) {
        for (HeldSegment segment = backlog.any(); segment != null; segment = backlog.any()) {
            giveBack(segment, verdict);
        }
    }

    /** Does what is due by time, at most so many steps; returns how many are left. */
    public int advance(long tick, int budget) {
        int left = budget;
        for (HeldSegment due = oldest(); left > 0 && due != null && due.deadline <= tick; due = oldest()) {
            giveBack(due, timedOut);
            left--;
        }
        return left;
    }

    /** The tick from which on {@link #advance} has something to do; {@link Long#MAX_VALUE} if there is nothing. */
    public long nextTick() {
        HeldSegment due = oldest();
        return due == null ? Long.MAX_VALUE : due.deadline;
    }

    /** Forgets all that is held. */
    public void clear() {
        for (HeldSegment segment = oldest(); segment != null; segment = oldest()) {
            remove(segment);
        }
    }

    private void giveBack(HeldSegment segment, int verdict) {
        remove(segment);
        byte[] packet = segment.packet();
        ByteBuf copy = outbox.allocate(packet.length);
        outbox.put(copy.writeBytes(packet), verdict);
    }

    private void remove(HeldSegment segment) {
        segment.backlog.remove(segment);
        held.remove(segment);
        count(segment.backlog.host, -segment.cost());
    }

    private boolean hasRoom(int host, int cost) {
        return bytes + cost <= limit && bytesOfHost.of(host) + cost <= mostOfHost;
    }

    private void count(int host, int cost) {
        bytes += cost;
        bytesOfHost.add(host, cost);
    }

    private @Nullable HeldSegment oldest() {
        return held.isEmpty() ? null : held.iterator().next();
    }
}
