package io.github.culvert.nat.table;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Finds records by fields of their first 16 bytes. Grows, shrinks and changes its secret in the same way: a
 * second table fills while the first empties, a bounded number of slots with each call that changes
 * something; if the probe is too long even there, a third one takes both. Not safe for use by several threads.
 *
 * <p>The masks say which bits are the key. A record with {@link Record#FULL_KEY} set is indexed under the full mask,
 * every other one under the short mask.
 */
final class HashIndex {
    private static final int SLOTS_PER_CALL = 32;
    private static final int LEAST_BITS = 6;

    private final Records records;
    private final RandomGenerator random;
    private final long partiesMask;
    private final long idsMask;
    private final long fullIdsMask;
    private final int mostSixteenths;

    private IndexTable table;
    private @Nullable IndexTable emptying;
    /** Is emptied next: it was to take what the other one held, and had no place for it. */
    private @Nullable IndexTable waiting;

    private int emptied;
    private int live;
    private int rekeyed;

    /**
     * An empty index.
     *
     * @param mostSixteenths how full it may get before it grows, in sixteenths. Indexes that fill alike get different
     *     values, so that they do not need the memory for growing at the same time
     */
    HashIndex(
            Records records,
            RandomGenerator random,
            long partiesMask,
            long idsMask,
            long fullIdsMask,
            int mostSixteenths) {
        this.mostSixteenths = mostSixteenths;
        this.records = records;
        this.random = random;
        this.partiesMask = partiesMask;
        this.idsMask = idsMask;
        this.fullIdsMask = fullIdsMask;
        this.table = new IndexTable(LEAST_BITS, random.nextLong(), random.nextLong());
    }

    /** Finds a record under the short mask; the arguments must have no other bits. Returns 0 if there is none. */
    int find(long parties, long ids) {
        return find(hash(parties, ids), parties, ids);
    }

    /** The hash of a key, for {@link #find(int, long, long)}. */
    int hash(long parties, long ids) {
        return table.hash(parties, ids);
    }

    /** The same as {@link #find(long, long)} for a key whose hash was taken since the index last changed. */
    int find(int hash, long parties, long ids) {
        int ref = find(table, hash, parties, ids, idsMask);
        return ref != 0 || emptying == null ? ref : findEmptying(parties, ids, idsMask);
    }

    /** Finds a record under the full mask; the arguments must have no other bits. Returns 0 if there is none. */
    int findFull(long parties, long ids) {
        int ref = find(table, hash(parties, ids), parties, ids, fullIdsMask);
        return ref != 0 || emptying == null ? ref : findEmptying(parties, ids, fullIdsMask);
    }

    private int findEmptying(long parties, long ids, long mask) {
        IndexTable other = emptying;
        int ref = other == null ? 0 : find(other, other.hash(parties, ids), parties, ids, mask);
        IndexTable next = waiting;
        return ref != 0 || next == null ? ref : find(next, next.hash(parties, ids), parties, ids, mask);
    }

    private int find(IndexTable in, int hash, long parties, long ids, long mask) {
        int position = in.home(hash);
        for (int n = 0; n < IndexTable.MOST_PROBES; n++) {
            int slot = in.slot(position);
            if (slot == IndexTable.EMPTY) {
                return 0;
            }
            if (IndexTable.hasTag(slot, hash)) {
                int ref = slot & IndexTable.REF_MASK;
                if (ref != IndexTable.TOMBSTONE && matches(ref, parties, ids, mask)) {
                    return ref;
                }
            }
            position = in.next(position);
        }
        return 0;
    }

    private boolean matches(int ref, long parties, long ids, long mask) {
        ByteBuffer chunk = records.chunk(ref);
        int at = Records.at(ref);
        long difference = (Record.parties(chunk, at) ^ parties) & partiesMask;
        return (difference | (Record.ids(chunk, at) ^ ids) & mask) == 0;
    }

    /** Reads the slot where a key would lie, so that the cache line is there when {@link #find} comes. */
    int touch(int hash) {
        return table.slot(table.home(hash));
    }

    /**
     * Adds a record; its first 16 bytes are set, and no other record has its key.
     *
     * @return false if there is no place for it: the probe is too long under three secrets
     */
    boolean add(int ref) {
        work();
        if (!settle(ref)) {
            return false;
        }
        live++;
        resize();
        return true;
    }

    /**
     * Adds a record unless there is another one under its short key.
     *
     * @return 0 if it was added, the other one, or -1 if there is no place for it
     */
    int addUnlessPresent(int ref) {
        ByteBuffer chunk = records.chunk(ref);
        int at = Records.at(ref);
        int present = find(Record.parties(chunk, at) & partiesMask, Record.ids(chunk, at) & idsMask);
        if (present != 0) {
            return present;
        }
        return add(ref) ? 0 : -1;
    }

    /** Finds a place for a record, under a new secret if the probe is too long; twice at most before it is done. */
    private boolean settle(int ref) {
        while (!place(ref)) {
            if (waiting != null) {
                return false;
            }
            rekeyed++;
            move(new IndexTable(bitsFor(live + 1) + 1, random.nextLong(), random.nextLong()));
        }
        return true;
    }

    /** Removes a record, whose first 16 bytes are as they were when it was added. */
    void remove(int ref) {
        work();
        IndexTable holder = holder(ref);
        int position = holder.positionOf(hash(holder, ref), ref);
        if (holder == table) {
            closeUp(position);
        } else {
            holder.put(position, IndexTable.TOMBSTONE);
        }
        live--;
        resize();
    }

    /**
     * Frees a position by moving back those behind it that may lie nearer to their home, so that a probe never passes
     * over what has gone. Only a key that lies far from its home has to be looked at for that.
     */
    private void closeUp(int position) {
        int hole = position;
        int next = table.next(hole);
        // once round at most: a table that fills up while its move is stuck has no free slot to stop at
        for (int left = table.capacity(); left > 0; left--) {
            int slot = table.slot(next);
            if (slot == IndexTable.EMPTY) {
                break;
            }
            int distance = IndexTable.distance(slot);
            if (distance == IndexTable.FAR) {
                int home = table.home(hash(table, slot & IndexTable.REF_MASK));
                distance = table.between(home, next);
            }
            int gap = table.between(hole, next);
            if (distance >= gap) {
                table.put(hole, IndexTable.moved(slot, distance - gap));
                hole = next;
            }
            next = table.next(next);
        }
        table.put(hole, IndexTable.EMPTY);
    }

    /** Puts one record in the place of another; both have the same key under the mask of the first. */
    void replace(int ref, int replacement) {
        IndexTable holder = holder(ref);
        int position = holder.positionOf(hash(holder, ref), ref);
        holder.put(position, holder.slot(position) ^ ref ^ replacement);
    }

    /** Moves some slots if a second table is in use; returns whether there is more to move. */
    boolean work() {
        IndexTable from = emptying;
        if (from == null) {
            return false;
        }
        for (int n = 0; n < SLOTS_PER_CALL && emptied < from.capacity(); n++) {
            if (!step(from)) {
                return true;
            }
        }
        if (emptied < from.capacity()) {
            return true;
        }
        emptying = waiting;
        waiting = null;
        emptied = 0;
        return emptying != null;
    }

    /** Moves one slot; false if the second table has no place for it at the moment. */
    private boolean step(IndexTable from) {
        int ref = from.slot(emptied) & IndexTable.REF_MASK;
        if (ref != IndexTable.EMPTY && ref != IndexTable.TOMBSTONE) {
            if (!settle(ref)) {
                return false;
            }
            from.put(emptied, IndexTable.TOMBSTONE);
        }
        emptied++;
        if (from.endsSegment(emptied)) {
            from.forget(emptied);
        }
        return true;
    }

    private boolean place(int ref) {
        int hash = hash(table, ref);
        int position = table.vacancy(hash);
        if (position < 0) {
            return false;
        }
        table.put(position, IndexTable.slotOf(hash, table.between(table.home(hash), position), ref));
        return true;
    }

    private IndexTable holder(int ref) {
        IndexTable other = emptying;
        if (other == null || table.positionOf(hash(table, ref), ref) >= 0) {
            return table;
        }
        IndexTable next = waiting;
        return next == null || other.positionOf(hash(other, ref), ref) >= 0 ? other : next;
    }

    private int hash(IndexTable in, int ref) {
        ByteBuffer chunk = records.chunk(ref);
        int at = Records.at(ref);
        long ids = Record.ids(chunk, at);
        long mask = (ids & Record.FULL_KEY) != 0 ? fullIdsMask : idsMask;
        return in.hash(Record.parties(chunk, at) & partiesMask, ids & mask);
    }

    private void resize() {
        if (emptying != null) {
            return;
        }
        int capacity = table.capacity();
        boolean small = live > (capacity >>> 4) * mostSixteenths;
        boolean large = live < capacity >>> 4 && table.bits() > LEAST_BITS;
        if (small || large) {
            // as many records may come as it takes calls to empty the table: the other one has room for them too
            int bits = bitsFor(live + capacity / SLOTS_PER_CALL);
            // else one that grows before it is half full would move into its like, over and over
            move(table.resized(small ? Math.max(bits, table.bits() + 1) : bits));
        }
    }

    private void move(IndexTable to) {
        if (emptying == null) {
            emptying = table;
            emptied = 0;
        } else {
            waiting = table;
        }
        table = to;
    }

    /** The size at which a number of records fill between a quarter and half. */
    private static int bitsFor(int count) {
        return Math.max(LEAST_BITS, 33 - Integer.numberOfLeadingZeros(count));
    }

    int live() {
        return live;
    }

    /** How often a probe ran too long and the secret had to change. */
    int rekeyed() {
        return rekeyed;
    }

    long memory() {
        return table.memory() + memory(emptying) + memory(waiting);
    }

    private static long memory(@Nullable IndexTable other) {
        return other == null ? 0 : other.memory();
    }
}
