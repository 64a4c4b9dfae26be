package io.github.culvert.nat.table;

import io.github.culvert.nat.config.Rest;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Freed identifiers that nobody gets for a while, the same inside host included (RFC 6888 REQ-8): a queue of 8 bytes
 * each, oldest first. Beyond the most that may rest, the oldest is free early. Grows by pieces of 8 KiB and gives them
 * back. Not safe for use by several threads.
 */
final class Resting {
    private static final int PIECE = 1024;

    private final PublicPool pool;
    private final int time;
    private final int most;
    /** Entries: the low half of the tick, the place of address and protocol, the identifier. */
    private final ArrayDeque<long[]> pieces = new ArrayDeque<>();

    private long @Nullable [] spare;
    private int head;
    private int count;

    Resting(PublicPool pool, Rest rest) {
        this.pool = pool;
        this.time = Ticks.ofTimeout(rest.time());
        this.most = rest.most();
    }

    /** An identifier that has just been released begins to rest. */
    void add(long tick, int place, int identifier) {
        if (most == 0 || !pool.at(place).rest(identifier)) {
            return;
        }
        if (count == most) {
            wakeOldest();
        }
        push((tick & 0xffff_ffffL) << 32 | (long) place << 16 | identifier);
    }

    private void push(long entry) {
        int tail = head + count++;
        if (tail == pieces.size() * PIECE) {
            long[] piece = spare;
            pieces.addLast(piece == null ? new long[PIECE] : piece);
            spare = null;
        }
        pieces.getLast()[tail % PIECE] = entry;
    }

    private long pop() {
        long entry = pieces.getFirst()[head++];
        count--;
        if (head == PIECE || count == 0) {
            spare = pieces.removeFirst();
            head = 0;
        }
        return entry;
    }

    private void wakeOldest() {
        long entry = pop();
        pool.at(place(entry)).wake((int) entry & 0xffff);
    }

    private static int place(long entry) {
        return (int) (entry >>> 16) & 0xffff;
    }

    /** Frees those that have rested, at most so many; gives how many that were. */
    int wake(long tick, int budget) {
        int woken = 0;
        while (woken < budget && count > 0 && isOver(tick)) {
            wakeOldest();
            woken++;
        }
        return woken;
    }

    private boolean isOver(long tick) {
        return TableParts.isOver(rested(tick), time);
    }

    /** For how many ticks the oldest has rested. */
    private int rested(long tick) {
        return (int) tick - (int) (pieces.getFirst()[head] >>> 32);
    }

    /**
     * The tick from which on {@link #wake} has something to do, put off to the end of a bucket of the timer wheel, so that
     * many wake at once; {@link Long#MAX_VALUE} if nothing rests.
     */
    long nextTick(long tick) {
        if (count == 0) {
            return Long.MAX_VALUE;
        }
        long over = tick - Integer.toUnsignedLong(rested(tick)) + time;
        return (over >> TimerWheel.BUCKET_TICK_BITS) + 1 << TimerWheel.BUCKET_TICK_BITS;
    }

    /** Whatever rests has rested. */
    void wakeAll() {
        while (count > 0) {
            wakeOldest();
        }
    }

    /** Forgets what rests of a public address. */
    void forget(int publicIndex) {
        for (int left = count; left > 0; left--) {
            long entry = pop();
            if (PublicPool.indexOfPlace(place(entry)) != publicIndex) {
                push(entry);
            }
        }
    }

    int count() {
        return count;
    }

    long memory() {
        return (pieces.size() + (spare == null ? 0 : 1)) * 8L * PIECE;
    }
}
