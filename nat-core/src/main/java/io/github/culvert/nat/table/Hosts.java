package io.github.culvert.nat.table;

import io.github.culvert.nat.config.Limits;
import io.github.culvert.nat.refusal.Refusal;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/**
 * The inside hosts that have a mapping: what each has, and which public address it shares with others. All flows of one
 * host use one public address (RFC 4787 REQ-2, "paired"). Not safe for use by several threads.
 */
final class Hosts {
    private static final int NONE = -1;

    private final Records records;
    private final RandomGenerator random;
    private final FixedAddresses fixed;
    private final int[] shared;
    private final int[] hostsAt;
    private final Limits limits;
    private final HashIndex index;
    /** The public address drawn for the next host that gets a mapping, or {@link #NONE}. */
    private int drawn = NONE;

    Hosts(Records records, RandomGenerator random, FixedAddresses fixed, Limits limits) {
        this.fixed = fixed;
        this.shared = fixed.shared();
        this.records = records;
        this.random = random;
        this.hostsAt = new int[fixed.addresses()];
        this.limits = limits;
        this.index = new HashIndex(records, random, Record.INSIDE_MASK, Record.KIND_MASK, Record.KIND_MASK, 8);
    }

    /** The record of a host, or 0. */
    int find(int address) {
        return index.find((long) address << 32, Record.HOST);
    }

    /** The record of a host, made if there is none; or the complement of a refusal. Ends with {@link #giveBack}. */
    int take(int address) {
        int found = find(address);
        if (found != 0) {
            return found;
        }
        int own = fixed.indexOf(address);
        if (own < 0 && shared.length == 0) {
            return ~Refusal.IDENTIFIERS_EXHAUSTED.ordinal();
        }
        boolean full = index.live() >= limits.hosts() && !fixed.isOwn(address);
        int ref = full ? 0 : records.allocate();
        if (ref == 0) {
            return ~Refusal.HOST_LIMIT.ordinal();
        }
        ByteBuffer chunk = records.chunk(ref);
        int at = Records.at(ref);
        Record.parties(chunk, at, (long) address << 32);
        Record.ids(chunk, at, Record.HOST);
        int publicIndex = own < 0 ? choosePublicAddress() : own;
        Record.place(chunk, at, Record.place(publicIndex, 0));
        if (!index.add(ref)) {
            records.free(ref);
            return ~Refusal.INDEX_BUSY.ordinal();
        }
        hostsAt[publicIndex]++;
        return ref;
    }

    /** Of two addresses drawn by chance, the one with fewer hosts: nearly as even as the best of all, at no cost. */
    private int choosePublicAddress() {
        if (shared.length == 1) {
            return shared[0];
        }
        // kept while nobody gets in: drawing costs memory now and then, and who is refused shall cost nothing
        if (drawn == NONE) {
            drawn = lessUsed();
        }
        return drawn;
    }

    private int lessUsed() {
        int one = shared[random.nextInt(shared.length)];
        int other = shared[random.nextInt(shared.length)];
        return hostsAt[other] < hostsAt[one] ? other : one;
    }

    /** Forgets a host that has nothing any more. */
    void giveBack(int ref) {
        if (mappings(ref) == 0 && sessions(ref) == 0) {
            hostsAt[publicIndex(ref)]--;
            index.remove(ref);
            records.free(ref);
        }
    }

    int publicIndex(int ref) {
        return Record.publicIndex(Record.place(records.chunk(ref), Records.at(ref)));
    }

    int mappings(int ref) {
        return Record.hostMappings(records.chunk(ref), Records.at(ref));
    }

    void addMappings(int ref, int change) {
        drawn = NONE;
        Record.hostMappings(records.chunk(ref), Records.at(ref), mappings(ref) + change);
    }

    int sessions(int ref) {
        return Record.link(records.chunk(ref), Records.at(ref));
    }

    void addSessions(int ref, int change) {
        Record.link(records.chunk(ref), Records.at(ref), sessions(ref) + change);
    }

    /** Moves a bounded part of a growing index. */
    boolean work() {
        return index.work();
    }

    int live() {
        return index.live();
    }

    long memory() {
        return index.memory();
    }
}
