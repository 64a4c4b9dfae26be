package io.github.culvert.nat.fragment;

import io.github.culvert.nat.table.Keyed;
import org.jspecify.annotations.Nullable;

/**
 * The datagrams that wait for fragments, by their key and in the order of their deadlines, which is that in which they
 * came. Not safe for use by several threads.
 */
final class Waiting {
    private final @Nullable Datagram[] slots;
    private final Keyed hash;
    private @Nullable Datagram oldest;
    private @Nullable Datagram newest;

    Waiting(Keyed hash, int slots) {
        this.hash = hash;
        this.slots = new @Nullable Datagram[slots];
    }

    @Nullable
    Datagram oldest() {
        return oldest;
    }

    @Nullable
    Datagram find(long addresses, int mark) {
        Datagram found = slots[hash.slot(addresses, mark)];
        while (found != null && (found.addresses != addresses || found.mark != mark)) {
            found = found.chain;
        }
        return found;
    }

    void add(Datagram datagram) {
        int slot = hash.slot(datagram.addresses, datagram.mark);
        datagram.chain = slots[slot];
        slots[slot] = datagram;
        append(datagram);
    }

    /** Its deadline is the latest now. */
    void moveBack(Datagram datagram) {
        unlink(datagram);
        append(datagram);
    }

    @SuppressWarnings("ReferenceEquality") // this very datagram
    void remove(Datagram datagram) {
        unlink(datagram);
        int slot = hash.slot(datagram.addresses, datagram.mark);
        Datagram before = slots[slot];
        if (before == datagram) {
            slots[slot] = datagram.chain;
            return;
        }
        while (before != null && before.chain != datagram) {
            before = before.chain;
        }
        if (before != null) {
            before.chain = datagram.chain;
        }
    }

    private void append(Datagram datagram) {
        Datagram last = newest;
        datagram.older = last;
        datagram.newer = null;
        newest = datagram;
        if (last == null) {
            oldest = datagram;
        } else {
            last.newer = datagram;
        }
    }

    private void unlink(Datagram datagram) {
        Datagram before = datagram.older;
        Datagram after = datagram.newer;
        if (before == null) {
            oldest = after;
        } else {
            before.newer = after;
        }
        if (after == null) {
            newest = before;
        } else {
            after.older = before;
        }
    }
}
