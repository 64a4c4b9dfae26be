package io.github.culvert.nat.channel;

import io.github.culvert.nat.alg.Action;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.wire.Checksum;
import io.github.culvert.nat.wire.HeaderWords;
import io.github.culvert.nat.wire.PacketWindow;
import io.github.culvert.nat.wire.TcpLayout;
import java.util.List;

/**
 * One direction of a TCP connection that is followed from its SYN (RFC 9293 section 3.4): which bytes of a segment are
 * next, and which were edited and are edited again whenever they are sent again, with whatever borders, until the other
 * side has acknowledged them. A position is how many bytes came before, in 64 bits, so that sequence numbers may wrap.
 *
 * <p>Each segment is first {@link #judge judged}, which changes nothing; then it passes, or is held or refused, which
 * changes nothing either. Only segments whose checksum is right may be given here, but to {@link #applyTo}. A segment
 * with SYN has its payload one after its sequence number, at position 0.
 *
 * <p>Memory: an edit takes 8 bytes, and no fresh byte passes while {@link #MOST_EDITS} are kept, unless its segment
 * repeats the oldest of them. A stream thus never stalls, and keeps at most {@link #MOST_EDITS} and those of one segment.
 * Not safe for use by several threads.
 */
public final class ByteStream {
    /** How far from the next byte a segment may begin, ahead, or before what is not yet acknowledged. */
    public static final int WINDOW = 1 << 20;
    /** How many edits may wait for their acknowledgement. */
    public static final int MOST_EDITS = 256;
    /** More than any sender has in flight (RFC 7323 section 2.3). */
    private static final int MOST_IN_FLIGHT = 1 << 30;

    private final KeptEdits kept = new KeptEdits();
    private boolean begun;
    /** Whether the other side has acknowledged the SYN. */
    private boolean answered;
    /** The sequence number of position 0. */
    private int first;

    private long next;
    private long acknowledged;

    /** A stream whose SYN is still to come. */
    public ByteStream() {}

    /**
     * Takes the sequence number of a SYN. Before any byte has passed, and the other side has acknowledged the SYN, another
     * number starts anew: the host has given up its first attempt. Later it may be forged.
     *
     * @return whether the number is that of this stream now; if not, the segment must not be taken for its beginning
     */
    public boolean begin(int initial) {
        if (!begun || next == 0 && !answered) {
            begun = true;
            first = initial + 1;
        }
        return first == initial + 1;
    }

    /** What a segment is, from its sequence number and the payload in a packet; nothing changes. */
    public Arrival judge(int sequence, PacketWindow packet, int at, int length) {
        if (length == 0) {
            return Arrival.OLD;
        }
        long from = position(sequence);
        if (!isNear(from)) {
            return Arrival.ASTRAY;
        }
        if (from > next) {
            return Arrival.EARLY;
        }
        if (kept.contradict(from, packet, at, length)) {
            return Arrival.INCONSISTENT;
        }
        if (from + length <= next) {
            return Arrival.OLD;
        }
        return kept.count() >= MOST_EDITS && from > kept.oldest() ? Arrival.FULL : Arrival.FRESH;
    }

    /** The position of the next byte: where the fresh bytes of a segment begin. */
    public long next() {
        return next;
    }

    /** A copy of the fresh bytes of a segment that is {@link Arrival#FRESH}; they begin at {@link #next}. */
    public Octets fresh(int sequence, PacketWindow packet, int at, int length) {
        int old = (int) (next - position(sequence));
        byte[] bytes = new byte[length - old];
        packet.copyInto(bytes, 0, at + old, bytes.length);
        return Octets.of(bytes);
    }

    /** Whether a byte is among the fresh ones of a segment that is {@link Arrival#FRESH}: only those may be edited. */
    public boolean isFresh(int sequence, int length, long position) {
        return position >= next && position < position(sequence) + length;
    }

    /**
     * A segment that is {@link Arrival#OLD} or {@link Arrival#FRESH} passes: edits of its fresh bytes are kept, and all
     * that are kept are made in it. One that changes nothing is kept too: it holds the byte to what it was.
     *
     * @param edits of fresh bytes, in any order; of two of the same byte the later one counts
     * @return the checksum delta, 0 if no byte has changed; see {@link #seal}
     * @throws IllegalArgumentException if a segment must not pass, or an edit is not of a fresh byte; nothing has changed
     */
    public int pass(int sequence, PacketWindow packet, int at, int length, List<Action.Edit> edits) {
        long from = position(sequence);
        if (length > 0 && (!isNear(from) || from > next)) {
            throw new IllegalArgumentException("a segment at " + from + " must not pass before " + next);
        }
        for (Action.Edit edit : edits) {
            if (!isFresh(sequence, length, edit.position())) {
                throw new IllegalArgumentException(edit + " is not of a byte that is fresh from " + next);
            }
        }
        for (Action.Edit edit : edits) {
            int original = packet.u8(at + (int) (edit.position() - from));
            kept.add(edit.position(), original, edit.value() & 0xff);
        }
        return passUnread(sequence, packet, at, length);
    }

    /**
     * A segment of a stream that is not read any more passes, whatever it is: the edits that are kept are made in it. Once
     * {@link #isSettled} the stream need not be asked again.
     *
     * @return the checksum delta, 0 if no byte has changed
     */
    public int passUnread(int sequence, PacketWindow packet, int at, int length) {
        long from = position(sequence);
        if (length > 0 && isNear(from)) {
            next = Math.max(next, from + length);
        }
        return applyTo(sequence, packet, at, length);
    }

    /**
     * Makes the edits that are kept in a segment, without any effect on this stream: for one whose checksum is wrong,
     * which stays wrong by as much.
     *
     * @return the checksum delta, 0 if no byte has changed
     */
    public int applyTo(int sequence, PacketWindow packet, int at, int length) {
        long from = position(sequence);
        return length > 0 && isNear(from) ? kept.apply(from, packet, at, length) : 0;
    }

    /**
     * The other side has acknowledged all before a sequence number. A number beyond what has passed is ignored, but for
     * that after a FIN, which takes one.
     */
    public void acknowledged(int number) {
        long upTo = position(number);
        answered |= isAnsweredBy(number);
        if (begun && upTo <= next + 1 && upTo > acknowledged) {
            acknowledged = Math.min(upTo, next);
            kept.trim(acknowledged);
        }
    }

    /** Whether an acknowledgment is one of the SYN, and of nothing that was not sent after it. */
    public boolean isAnsweredBy(int number) {
        long upTo = position(number);
        return begun && upTo >= 0 && upTo <= next;
    }

    /** Whether the other side has acknowledged the SYN. */
    public boolean isAnswered() {
        return answered;
    }

    /** Whether no edit is kept. */
    public boolean isSettled() {
        return kept.count() == 0;
    }

    /** How many edits are kept. */
    public int kept() {
        return kept.count();
    }

    /**
     * Whether a segment with a sequence number, empty or not, may belong to this stream. Only then does its
     * acknowledgment count: whoever guesses at random must guess both.
     */
    public boolean isNear(int sequence) {
        return isNear(position(sequence));
    }

    /** The position of a sequence number, by the one that is nearest to the next byte; below 0 before the first byte. */
    public long position(int sequence) {
        return next + (sequence - (first + (int) next));
    }

    private boolean isNear(long position) {
        long oldest = Math.max(acknowledged - WINDOW, next - MOST_IN_FLIGHT);
        return begun && position >= oldest && position <= next + WINDOW;
    }

    /**
     * Counts a delta into the checksum of a segment, unless hardware is to finish that: then the field knows only of the
     * addresses.
     *
     * @param words a TCP segment, read; its row 4 is changed along with the packet
     */
    public static void seal(HeaderWords words, int delta, ChecksumStatus checksum) {
        if (delta != 0 && checksum != ChecksumStatus.PARTIAL) {
            int updated = Checksum.updated(TcpLayout.checksum(words.row4), delta);
            words.row4 = updated << 16 | TcpLayout.urgentPointer(words.row4);
            words.window.put16(words.transport + TcpLayout.CHECKSUM, updated);
        }
    }
}
