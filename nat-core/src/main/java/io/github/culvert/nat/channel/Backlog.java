package io.github.culvert.nat.channel;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The segments of one stream that are held until what is missing before them has come: few, see {@link SegmentStore}. Not
 * safe for use by several threads.
 */
public final class Backlog {
    private final List<HeldSegment> segments = new ArrayList<>(0);
    private int bytes;

    /** Whose it is. */
    final int host;

    /** Nothing held, of nobody's. */
    public Backlog() {
        this(0);
    }

    /** Nothing held, for an inside host. */
    public Backlog(int host) {
        this.host = host;
    }

    /** How many segments are held. */
    public int count() {
        return segments.size();
    }

    /** How many bytes they take. */
    public int bytes() {
        return bytes;
    }

    boolean holds(int sequence, int length) {
        for (HeldSegment segment : segments) {
            if (segment.sequence == sequence && segment.length >= length) {
                return true;
            }
        }
        return false;
    }

    void add(HeldSegment segment) {
        segments.add(segment);
        bytes += segment.cost();
    }

    void remove(HeldSegment segment) {
        segments.remove(segment);
        bytes -= segment.cost();
    }

    /** Some segment, or null. */
    @Nullable
    HeldSegment any() {
        return segments.isEmpty() ? null : segments.get(0);
    }

    /** The one that begins first, if nothing is missing before it; of two the longer one. */
    @Nullable
    HeldSegment next(ByteStream stream) {
        HeldSegment best = null;
        for (HeldSegment segment : segments) {
            long from = stream.position(segment.sequence);
            if (from <= stream.next() && (best == null || isBefore(segment, best, stream))) {
                best = segment;
            }
        }
        return best;
    }

    private static boolean isBefore(HeldSegment segment, HeldSegment other, ByteStream stream) {
        long from = stream.position(segment.sequence);
        long otherFrom = stream.position(other.sequence);
        return from < otherFrom || from == otherFrom && segment.length > other.length;
    }
}
