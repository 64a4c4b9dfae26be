package io.github.culvert.nat.table;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Reminds of records. One turn is about 550 s in 8,192 buckets of 2^26 ns; a record that is due later is put at the
 * horizon and looked at again there, so a deadline that moves costs nothing when it moves. Chains run through the
 * records. Not safe for use by several threads.
 */
final class TimerWheel {
    /** Ticks of the stamps (2^20 ns) in a bucket, as a power of two. */
    static final int BUCKET_TICK_BITS = 6;

    private static final int BUCKETS = 8192;
    private static final int MASK = BUCKETS - 1;

    /** What to do with a record whose bucket has passed. */
    interface Due {
        /** The record is in no bucket now. */
        void due(int ref);
    }

    private final Records records;
    private final int[] heads = new int[BUCKETS];
    private final long[] filled = new long[BUCKETS / 64];
    private long cursor;

    @SuppressWarnings("unused") // written so that the loads before it are not dropped
    private int touched;

    TimerWheel(Records records) {
        this.records = records;
    }

    /** Puts a record, which is in no bucket, where it is found once a tick has passed, or earlier. */
    void put(int ref, long tick) {
        long bucket = Math.min(Math.max(tick >> BUCKET_TICK_BITS, cursor), cursor + MASK);
        int index = (int) bucket & MASK;
        Record.wheelLink(records.chunk(ref), Records.at(ref), heads[index]);
        heads[index] = ref;
        filled[index >>> 6] |= 1L << index;
    }

    /** Hands out records of the buckets that lie wholly before a tick; returns how much of the budget is left. */
    int advance(long tick, int budget, Due due) {
        long end = tick >> BUCKET_TICK_BITS;
        // after a long pause one turn finds all: no need to put off what is not yet due once for each turn that passed
        cursor = Math.max(cursor, end - BUCKETS);
        int left = budget;
        while (cursor < end && left > 0) {
            int index = (int) cursor & MASK;
            int ref = heads[index];
            if (ref == 0) {
                filled[index >>> 6] &= ~(1L << index);
                cursor = Math.min(end, nextFilled(cursor + 1));
                continue;
            }
            ByteBuffer chunk = records.chunk(ref);
            int next = Record.wheelLink(chunk, Records.at(ref));
            heads[index] = next;
            // the record after this one comes from memory while this one is worked on
            touched ^= Record.stamp(records.chunk(next), Records.at(next));
            left--;
            due.due(ref);
        }
        return left;
    }

    /** The first bucket from one on that holds a record; far beyond the horizon if there is none. */
    private long nextFilled(long from) {
        for (long bucket = from; bucket < from + BUCKETS; ) {
            long word = filled[((int) bucket & MASK) >>> 6] >>> bucket;
            if (word != 0) {
                return bucket + Long.numberOfTrailingZeros(word);
            }
            bucket = (bucket | 63) + 1;
        }
        return Long.MAX_VALUE;
    }

    /** The tick from which on {@link #advance} has something to do; {@link Long#MAX_VALUE} if there is nothing. */
    long nextTick() {
        long bucket = nextFilled(cursor);
        return bucket == Long.MAX_VALUE ? Long.MAX_VALUE : bucket + 1 << BUCKET_TICK_BITS;
    }

    /** Hands out every record, due or not. Takes time in proportion to their number. */
    void handOutAll(Due due) {
        int all = 0;
        for (int head : heads) {
            for (int ref = head; ref != 0; ) {
                ByteBuffer chunk = records.chunk(ref);
                int next = Record.wheelLink(chunk, Records.at(ref));
                Record.wheelLink(chunk, Records.at(ref), all);
                all = ref;
                ref = next;
            }
        }
        Arrays.fill(heads, 0);
        Arrays.fill(filled, 0);
        while (all != 0) {
            int ref = all;
            all = Record.wheelLink(records.chunk(ref), Records.at(ref));
            due.due(ref);
        }
    }
}
