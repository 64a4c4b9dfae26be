package io.github.culvert.nat.fragment;

import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.verdict.Verdict;
import io.github.culvert.nat.wire.Ipv4Layout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The fragments of one datagram that have come so far, as copies, in the order of their offsets and without overlap; or
 * the memory that it is to be dropped. Not safe for use by several threads.
 */
public final class Datagram {
    private static final int OVERLAP = Verdict.refused(Refusal.FRAGMENT_OVERLAP);
    private static final int DUPLICATE = Verdict.refused(Refusal.FRAGMENT_DUPLICATE);
    private static final int BAD_FRAGMENT = Verdict.refused(Refusal.BAD_FRAGMENT);
    private static final int UNKNOWN = -1;
    private static final byte[] NOTHING = {};
    private static final int DIRECTION_SHIFT = 24;

    final long addresses;
    final int mark;
    final Account account;
    long deadline;
    /** Why all fragments of the datagram are refused: a verdict, or 0. */
    int doom;
    /** Bytes that are charged for it. */
    int charged;

    @Nullable
    Datagram chain;

    @Nullable
    Datagram older;

    @Nullable
    Datagram newer;

    private byte[][] pieces = new byte[2][];
    private int count;
    private byte @Nullable [] latest;
    private ChecksumStatus checksum = ChecksumStatus.TRUSTED;
    private int headerLength;
    /** Bytes of payload that are there. */
    private int present;
    /** Bytes of payload that there will be, known when the last fragment has come. */
    private int length = UNKNOWN;

    Datagram(Piece first, Account account) {
        addresses = first.addresses;
        mark = first.mark;
        this.account = account;
    }

    /** The direction that its fragments travel in. */
    public int direction() {
        return mark >>> DIRECTION_SHIFT;
    }

    /**
     * What is known about its transport checksum. A sum that hardware was to finish stands in the first fragment; to be
     * trusted, all of them must be.
     */
    public ChecksumStatus checksum() {
        return checksum;
    }

    /** How many fragments are there. */
    public int count() {
        return count;
    }

    /** A fragment, the first one has number 0; whoever takes it must not change it before the datagram is done with. */
    public byte[] piece(int number) {
        return pieces[number];
    }

    /** Whether a fragment is the one that came last. */
    @SuppressWarnings("ReferenceEquality") // which copy it is, not what it holds
    public boolean isLatest(byte[] piece) {
        return piece == latest;
    }

    /** The length of the whole datagram: the header of its first fragment, and all payload. Known once complete. */
    int total() {
        return headerLength + length;
    }

    boolean isComplete() {
        return present == length;
    }

    boolean hasFirst() {
        return count > 0 && offset(pieces[0]) == 0;
    }

    /** 0 if a fragment fits in; else why it is refused. Only a duplicate does no harm. */
    int judge(Piece piece) {
        int at = place(piece.offset);
        if (at < count && offset(pieces[at]) < piece.end()) {
            return overlap(piece, pieces[at]);
        }
        if (at > 0 && end(pieces[at - 1]) > piece.offset) {
            return overlap(piece, pieces[at - 1]);
        }
        boolean last = !piece.more;
        boolean secondEnd = length != UNKNOWN && (last || piece.end() > length);
        boolean endsBeforeOthers = last && at < count;
        int header = piece.offset == 0 ? piece.header : headerLength;
        int data = Math.max(piece.end(), count == 0 ? 0 : end(pieces[count - 1]));
        return secondEnd || endsBeforeOthers || header + data > Ipv4Layout.MAX_LENGTH ? BAD_FRAGMENT : 0;
    }

    private static int overlap(Piece piece, byte[] held) {
        return piece.isSameAs(held) ? DUPLICATE : OVERLAP;
    }

    /** Takes in a fragment that fits. */
    void add(Piece piece, byte[] copy) {
        if (count == pieces.length) {
            pieces = Arrays.copyOf(pieces, 2 * count);
        }
        int at = place(piece.offset);
        System.arraycopy(pieces, at, pieces, at + 1, count - at);
        pieces[at] = copy;
        count++;
        latest = copy;
        present += piece.length();
        if (!piece.more) {
            length = piece.end();
        }
        if (piece.offset == 0) {
            headerLength = piece.header;
        }
        checksum = joined(piece);
    }

    private ChecksumStatus joined(Piece piece) {
        boolean partial =
                checksum == ChecksumStatus.PARTIAL || piece.offset == 0 && piece.checksum == ChecksumStatus.PARTIAL;
        if (partial) {
            return ChecksumStatus.PARTIAL;
        }
        return piece.checksum == ChecksumStatus.TRUSTED ? checksum : ChecksumStatus.VERIFY;
    }

    /** Takes out the fragment with the highest offset. */
    byte[] removeLast() {
        byte[] piece = pieces[--count];
        pieces[count] = NOTHING;
        latest = null;
        return piece;
    }

    /** The place of the first fragment that starts at an offset or behind it. */
    private int place(int offset) {
        int from = 0;
        int to = count;
        while (from < to) {
            int middle = from + to >>> 1;
            if (offset(pieces[middle]) < offset) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    private static int bits(byte[] piece) {
        return (piece[Ipv4Layout.FRAGMENT] & 0xff) << 8 | piece[Ipv4Layout.FRAGMENT + 1] & 0xff;
    }

    static int headerLength(byte[] piece) {
        return (piece[Ipv4Layout.VERSION] & 0xf) << 2;
    }

    static int offset(byte[] piece) {
        return Ipv4Layout.fragmentOffset(bits(piece));
    }

    static int end(byte[] piece) {
        return offset(piece) + piece.length - headerLength(piece);
    }
}
