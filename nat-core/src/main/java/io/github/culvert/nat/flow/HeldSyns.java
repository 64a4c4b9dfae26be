package io.github.culvert.nat.flow;

import io.github.culvert.nat.table.Keyed;
import io.github.culvert.nat.wire.PacketWindow;
import java.util.Arrays;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * SYNs from the outside that nobody has asked for (RFC 5382 section 4.3). Each is refused, and remembered: if the inside
 * host opens the same connection within some seconds, both sides were opening it at once, and the remote host must hear
 * of no error; else its SYN is answered then.
 *
 * <p>A SYN takes memory that was set aside for it, and constant time. All wait equally long, so that they stand in one
 * line, oldest first; a hash table with a secret finds one among them. Where there is no room the oldest goes without an
 * answer. Not safe for use by several threads.
 */
final class HeldSyns {
    /** What becomes of a SYN that has waited in vain. */
    interface Answer {
        /** The headers of the SYN, as they came from the outside. The window is lent. */
        void about(PacketWindow syn, long tick);
    }

    /** The longest headers of IPv4 and TCP: as much of a SYN as is kept. */
    private static final int QUOTE = 120;

    private static final int NONE = -1;

    private final int most;
    private final int wait;
    private final RandomGenerator random;
    private final Answer answer;
    private final PacketWindow window = new PacketWindow();

    /** There from the first SYN on, as all that follows. */
    private @Nullable Keyed hash;
    /** By hash: the first entry of a chain. */
    private int[] chains = {};
    /** By entry: the next of its chain, or of the free ones. */
    private int[] chained = {};
    /** By entry: who came before it, and after. */
    private int[] older = {};

    private int[] younger = {};
    private long[] parties = {};
    private int[] ports = {};
    private long[] due = {};
    private byte[] lengths = {};
    private byte[] quotes = {};
    private int oldest = NONE;
    private int youngest = NONE;
    private int free = NONE;
    private int size;

    /** For so many SYNs, each of which waits for so many ticks. The random source is asked when the first comes. */
    HeldSyns(int most, int wait, RandomGenerator random, Answer answer) {
        this.most = most;
        this.wait = wait;
        this.random = random;
        this.answer = answer;
    }

    /** How many wait. */
    int size() {
        return size;
    }

    /** When the next answer is due; {@link Long#MAX_VALUE} if none is. */
    long nextTick() {
        return size == 0 ? Long.MAX_VALUE : due[oldest];
    }

    /** Remembers the SYN that a header has read, unless it is a repeated one. */
    void hold(Header syn, long tick) {
        if (hash == null) {
            setUp();
        }
        long key = key(syn.source(), syn.destination());
        if (find(key, syn.ports) != NONE) {
            return;
        }
        if (free == NONE) {
            remove(oldest);
        }
        int entry = free;
        free = chained[entry];
        keep(syn, entry);
        parties[entry] = key;
        ports[entry] = syn.ports;
        due[entry] = tick + wait;
        link(entry);
    }

    /** Forgets the SYN of a connection, which the inside host opens too. */
    void forget(int remoteAddress, int remotePort, int publicAddress, int publicPort) {
        if (size > 0) {
            int entry = find(key(remoteAddress, publicAddress), remotePort << 16 | publicPort);
            if (entry != NONE) {
                remove(entry);
            }
        }
    }

    /** Answers those that have waited long enough, at most so many; gives how many more it could have been. */
    int answer(long tick, int budget) {
        int left = budget;
        while (left > 0 && nextTick() <= tick) {
            int entry = oldest;
            window.open(quotes, entry * QUOTE, lengths[entry]);
            remove(entry);
            answer.about(window, tick);
            left--;
        }
        return left;
    }

    /** Forgets them all. */
    void clear() {
        while (size > 0) {
            remove(oldest);
        }
    }

    private static long key(int remoteAddress, int publicAddress) {
        return (long) remoteAddress << 32 | publicAddress & 0xffff_ffffL;
    }

    private void setUp() {
        chains = new int[Integer.highestOneBit(most) << 1];
        hash = new Keyed(random, chains.length);
        Arrays.fill(chains, NONE);
        chained = new int[most];
        older = new int[most];
        younger = new int[most];
        parties = new long[most];
        ports = new int[most];
        due = new long[most];
        lengths = new byte[most];
        quotes = new byte[most * QUOTE];
        for (int entry = 0; entry < most; entry++) {
            chained[entry] = entry + 1 < most ? entry + 1 : NONE;
        }
        free = 0;
    }

    /** Who sends SYNs cannot make them meet in one chain, without the secret. */
    private int chain(long key, int portPair) {
        return Objects.requireNonNull(hash).slot(key, portPair);
    }

    private int find(long key, int portPair) {
        int entry = chains[chain(key, portPair)];
        while (entry != NONE && (parties[entry] != key || ports[entry] != portPair)) {
            entry = chained[entry];
        }
        return entry;
    }

    private void keep(Header syn, int entry) {
        int length = Math.min(QUOTE, syn.total);
        for (int i = 0; i < length; i++) {
            quotes[entry * QUOTE + i] = (byte) syn.window.u8(i);
        }
        lengths[entry] = (byte) length;
    }

    private void link(int entry) {
        int chain = chain(parties[entry], ports[entry]);
        chained[entry] = chains[chain];
        chains[chain] = entry;
        older[entry] = youngest;
        younger[entry] = NONE;
        if (youngest == NONE) {
            oldest = entry;
        } else {
            younger[youngest] = entry;
        }
        youngest = entry;
        size++;
    }

    private void remove(int entry) {
        unchain(entry);
        int before = older[entry];
        int after = younger[entry];
        if (before == NONE) {
            oldest = after;
        } else {
            younger[before] = after;
        }
        if (after == NONE) {
            youngest = before;
        } else {
            older[after] = before;
        }
        chained[entry] = free;
        free = entry;
        size--;
    }

    private void unchain(int entry) {
        int chain = chain(parties[entry], ports[entry]);
        int at = chains[chain];
        if (at == entry) {
            chains[chain] = chained[entry];
            return;
        }
        while (chained[at] != entry) {
            at = chained[at];
        }
        chained[at] = chained[entry];
    }
}
