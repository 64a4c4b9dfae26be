package io.github.culvert.nat.channel;

import io.github.culvert.nat.wire.Checksum;
import io.github.culvert.nat.wire.PacketWindow;
import java.util.Arrays;

/**
 * Bytes of a stream that were replaced and may be sent again, in the order of their positions. Eight bytes each: the
 * position, the original and what stands in its place. Not safe for use by several threads.
 */
final class KeptEdits {
    private static final int POSITION_SHIFT = 16;
    private static final long[] NOTHING = {};

    private long[] edits = NOTHING;
    private int count;

    int count() {
        return count;
    }

    /** The position of the first; there must be one. */
    long oldest() {
        return position(0);
    }

    /** Keeps an edit; another one of the same byte gives way. */
    void add(long position, int original, int value) {
        long edit = position << POSITION_SHIFT | original << 8 | value;
        int at = indexOf(position);
        if (at < count && position(at) == position) {
            edits[at] = edit;
            return;
        }
        if (count == edits.length) {
            edits = Arrays.copyOf(edits, Math.max(4, 2 * count));
        }
        System.arraycopy(edits, at, edits, at + 1, count - at);
        edits[at] = edit;
        count++;
    }

    /** Forgets those before a position. */
    void trim(long position) {
        int gone = indexOf(position);
        count -= gone;
        if (count == 0) {
            edits = NOTHING;
        } else if (gone > 0) {
            System.arraycopy(edits, gone, edits, 0, count);
        }
    }

    /** Whether a segment has another original where a byte was replaced. */
    boolean contradict(long from, PacketWindow packet, int at, int length) {
        for (int i = indexOf(from); i < count && position(i) < from + length; i++) {
            int original = (int) edits[i] >>> 8 & 0xff;
            if (packet.u8(at + (int) (position(i) - from)) != original) {
                return true;
            }
        }
        return false;
    }

    /**
     * Replaces the bytes in a segment; gives the checksum delta. That counts what really stood there: a segment that came
     * with a wrong checksum stays wrong by as much.
     */
    int apply(long from, PacketWindow packet, int at, int length) {
        int delta = 0;
        for (int i = indexOf(from); i < count && position(i) < from + length; i++) {
            int offset = (int) (position(i) - from);
            int before = packet.u8(at + offset);
            int value = (int) edits[i] & 0xff;
            if (before != value) {
                packet.put8(at + offset, value);
                int change = Checksum.delta16(before, value);
                // a header of TCP is even, so an even offset in the payload is the high half of a word
                delta = Checksum.plus(delta, (offset & 1) == 0 ? Checksum.swapped(change) : change);
            }
        }
        return delta;
    }

    private long position(int index) {
        return edits[index] >> POSITION_SHIFT;
    }

    /** The index of the first at or after a position. */
    private int indexOf(long position) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = low + high >>> 1;
            if (position(middle) < position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
