package io.github.culvert.nat.table;

import io.github.culvert.nat.refusal.Refusal;
import java.nio.ByteBuffer;
import java.util.function.IntSupplier;
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
    private final IntSupplier most;
    private final HashIndex index;
    /** Public addresses that have hosts. */
    private int addressesInUse;
    /** The public address drawn for the next host that gets a mapping, or {@link #NONE}. */
    private int drawn = NONE;

    Hosts(Records records, RandomGenerator random, FixedAddresses fixed, IntSupplier most) {
        this.fixed = fixed;
        this.shared = fixed.shared();
        this.records = records;
        this.random = random;
        this.hostsAt = new int[fixed.addresses()];
        this.most = most;
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
        boolean full = index.live() >= most.getAsInt() && !fixed.isOwn(address);
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
        addressesInUse += hostsAt[publicIndex]++ == 0 ? 1 : 0;
        return ref;
    }

    /** The public address that a host has, or will have if it is the next one to get something. */
    int publicIndexFor(int address) {
        int ref = find(address);
        if (ref != 0) {
            return publicIndex(ref);
        }
        int own = fixed.indexOf(address);
        return own >= 0 ? own : shared.length == 0 ? 0 : choosePublicAddress();
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
            addressesInUse -= --hostsAt[publicIndex(ref)] == 0 ? 1 : 0;
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

    int mappings(int ref, int protocol) {
        return Record.hostMappingsOf(records.chunk(ref), Records.at(ref), PublicPool.number(protocol));
    }

    void addMappings(int ref, int protocol, int change) {
        drawn = NONE;
        ByteBuffer chunk = records.chunk(ref);
        int at = Records.at(ref);
        Record.hostMappings(chunk, at, mappings(ref) + change);
        Record.hostMappingsOf(chunk, at, PublicPool.number(protocol), mappings(ref, protocol) + change);
    }

    long fullAt(int ref) {
        return Record.fullAt(records.chunk(ref), Records.at(ref));
    }

    void fullAt(int ref, long nanos) {
        Record.fullAt(records.chunk(ref), Records.at(ref), nanos);
    }

    int addressesInUse() {
        return addressesInUse;
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

    int rekeyed() {
        return index.rekeyed();
    }

    long memory() {
        return index.memory();
    }
}
