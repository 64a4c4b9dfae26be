package io.github.culvert.nat.table;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Where records live: chunks of direct memory, each record on a cache line of its own (on a heap array no one can
 * promise that, and unaligned the same code ran 60 % slower). A reference is a number from 1 on; 0 is none. Grows by
 * one chunk at a time and never shrinks. Not safe for use by several threads.
 */
final class Records {
    /** References have 24 bits; the highest is kept free as a mark of the indexes. */
    static final int MOST = (1 << 24) - 2;

    private static final int CHUNK_BITS = 13;
    private static final int CHUNK_RECORDS = 1 << CHUNK_BITS;
    private static final int CHUNK_MASK = CHUNK_RECORDS - 1;

    private ByteBuffer[] chunks = new ByteBuffer[0];
    private int fresh = 1;
    private int firstFree;
    private int live;

    /** The chunk of a record. */
    ByteBuffer chunk(int ref) {
        return chunks[ref >>> CHUNK_BITS];
    }

    /** Where in its chunk a record starts. */
    static int at(int ref) {
        return (ref & CHUNK_MASK) << Record.SIZE_BITS;
    }

    /** A record of zeros, or 0 if there is no room for another one. */
    int allocate() {
        int ref = firstFree;
        if (ref != 0) {
            ByteBuffer chunk = chunk(ref);
            firstFree = Record.link(chunk, at(ref));
            Record.clear(chunk, at(ref));
        } else if (fresh > MOST) {
            return 0;
        } else {
            ref = fresh++;
            if (ref >>> CHUNK_BITS >= chunks.length) {
                grow();
            }
        }
        live++;
        return ref;
    }

    void free(int ref) {
        ByteBuffer chunk = chunk(ref);
        Record.ids(chunk, at(ref), Record.FREE);
        Record.link(chunk, at(ref), firstFree);
        firstFree = ref;
        live--;
    }

    /** One more than the highest reference that was ever used. */
    int end() {
        return fresh;
    }

    int live() {
        return live;
    }

    long memory() {
        return (long) chunks.length * (CHUNK_RECORDS << Record.SIZE_BITS);
    }

    private void grow() {
        int bytes = CHUNK_RECORDS << Record.SIZE_BITS;
        ByteBuffer chunk = ByteBuffer.allocateDirect(bytes + Record.SIZE)
                .alignedSlice(Record.SIZE)
                .order(ByteOrder.nativeOrder());
        chunks = Arrays.copyOf(chunks, chunks.length + 1);
        chunks[chunks.length - 1] = chunk;
    }
}
