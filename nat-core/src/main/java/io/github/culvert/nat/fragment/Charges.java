package io.github.culvert.nat.fragment;

import io.github.culvert.nat.config.FragmentPolicy;
import io.github.culvert.nat.table.Keyed;
import org.jspecify.annotations.Nullable;

/**
 * How much memory fragments take, and may take: in all, from the outside, and of one source (RFC 4787 REQ-14a). What
 * objects cost is counted, by the largest layout of the usual virtual machines. Not safe for use by several threads.
 */
final class Charges {
    /** A datagram, its first array of fragments, and the account of its source. */
    static final int DATAGRAM = 192;
    /** The header of an array, its padding, and its place in the array of fragments, which grows by doubling. */
    static final int PIECE = 40;
    /** Bytes of the two indexes for each of their slots. */
    private static final int SLOT = 2 * Long.BYTES;

    private final int limit;
    private final int sourceLimit;
    private final int outsideLimit;
    private final @Nullable Account[] accounts;
    private final Keyed hash;
    private int used;
    private int usedByOutside;

    Charges(FragmentPolicy policy, Keyed hash, int slots) {
        this.limit = policy.bytes() - slots * SLOT;
        this.sourceLimit = policy.bytesPerSource();
        // nobody outside can keep the inside from sending: a quarter is out of reach
        this.outsideLimit = limit - limit / 4;
        this.hash = hash;
        this.accounts = new @Nullable Account[slots];
    }

    /** How many slots an index needs for all datagrams that there can be: a power of two. */
    static int slots(FragmentPolicy policy) {
        return Integer.highestOneBit(policy.bytes() / DATAGRAM);
    }

    int used() {
        return used;
    }

    /** Whether so many bytes more are within the limits for a source. */
    boolean allow(int cost, @Nullable Account account, int direction) {
        int ofSource = account == null ? 0 : account.bytes;
        return used + cost <= limit
                && ofSource + cost <= sourceLimit
                && (direction == 0 || usedByOutside + cost <= outsideLimit);
    }

    /** The account of a source, or null if it has nothing. */
    @Nullable
    Account find(int source, int direction) {
        Account account = accounts[hash.slot(source, direction)];
        while (account != null && (account.source != source || account.direction != direction)) {
            account = account.chain;
        }
        return account;
    }

    /** Opens an account for a source that has none. */
    Account open(int source, int direction) {
        int slot = hash.slot(source, direction);
        Account account = new Account(source, direction);
        account.chain = accounts[slot];
        accounts[slot] = account;
        return account;
    }

    /** Takes bytes for a datagram, or gives them back where they are below 0; closes the account at 0. */
    void charge(Datagram datagram, int bytes) {
        Account account = datagram.account;
        datagram.charged += bytes;
        account.bytes += bytes;
        used += bytes;
        usedByOutside += account.direction == 0 ? 0 : bytes;
        if (account.bytes == 0) {
            close(account);
        }
    }

    @SuppressWarnings("ReferenceEquality") // this very account
    private void close(Account account) {
        int slot = hash.slot(account.source, account.direction);
        Account before = accounts[slot];
        if (before == account) {
            accounts[slot] = account.chain;
            return;
        }
        while (before != null && before.chain != account) {
            before = before.chain;
        }
        if (before != null) {
            before.chain = account.chain;
        }
    }
}
