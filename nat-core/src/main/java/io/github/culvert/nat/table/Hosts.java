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
    private final Records records;
    private final AddressChoice addresses;
    private final IntSupplier most;
    private final TableEvents events;
    private final HashIndex index;

    Hosts(Records records, RandomGenerator random, AddressChoice addresses, IntSupplier most, TableEvents events) {
        this.records = records;
        this.addresses = addresses;
        this.most = most;
        this.events = events;
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
        if (index.live() >= most.getAsInt() && !addresses.isOwn(address)) {
            return ~Refusal.HOST_LIMIT.ordinal();
        }
        int publicIndex = addresses.choose(address);
        if (publicIndex < 0) {
            return ~Refusal.ADDRESSES_EXHAUSTED.ordinal();
        }
        int ref = records.allocate();
        if (ref == 0) {
            return ~Refusal.HOST_LIMIT.ordinal();
        }
        ByteBuffer chunk = records.chunk(ref);
        int at = Records.at(ref);
        Record.parties(chunk, at, (long) address << 32);
        Record.ids(chunk, at, Record.HOST);
        Record.place(chunk, at, Record.place(publicIndex, 0));
        if (!index.add(ref)) {
            records.free(ref);
            return ~Refusal.INDEX_BUSY.ordinal();
        }
        addresses.add(publicIndex, 1);
        return ref;
    }

    /** The public address that a host has, or will have if it is the next one to get something; 0 if there is none. */
    int publicIndexFor(int address) {
        int ref = find(address);
        return ref == 0 ? Math.max(0, addresses.choose(address)) : publicIndex(ref);
    }

    /** Forgets a host that has nothing any more. */
    void giveBack(int ref) {
        if (mappings(ref) == 0 && sessions(ref) == 0) {
            addresses.add(publicIndex(ref), -1);
            index.remove(ref);
            records.free(ref);
        }
    }

    int publicIndex(int ref) {
        return Record.publicIndex(Record.place(records.chunk(ref), Records.at(ref)));
    }

    int address(int ref) {
        return Record.insideAddress(Record.parties(records.chunk(ref), Records.at(ref)));
    }

    /** Gives a host another public address for what it opens from now on. */
    void move(int ref, int publicIndex) {
        int before = publicIndex(ref);
        if (mappings(ref) > 0) {
            events.addressReleased(address(ref), before);
        }
        addresses.add(before, -1);
        addresses.add(publicIndex, 1);
        Record.place(records.chunk(ref), Records.at(ref), Record.place(publicIndex, 0));
        if (mappings(ref) > 0) {
            events.addressBound(address(ref), publicIndex);
        }
    }

    /** The newest of the port blocks of a host, or 0. */
    int blocks(int ref) {
        return Record.hostBlocks(records.chunk(ref), Records.at(ref));
    }

    void blocks(int ref, int newest) {
        Record.hostBlocks(records.chunk(ref), Records.at(ref), newest);
    }

    int mappings(int ref) {
        return Record.hostMappings(records.chunk(ref), Records.at(ref));
    }

    int mappings(int ref, int protocol) {
        return Record.hostMappingsOf(records.chunk(ref), Records.at(ref), PublicPool.number(protocol));
    }

    /** Counts a mapping that comes or goes. With its first one a host is bound to its public address. */
    void addMappings(int ref, int protocol, int change) {
        addresses.renew();
        ByteBuffer chunk = records.chunk(ref);
        int at = Records.at(ref);
        int before = mappings(ref);
        Record.hostMappings(chunk, at, before + change);
        Record.hostMappingsOf(chunk, at, PublicPool.number(protocol), mappings(ref, protocol) + change);
        if (before == 0) {
            events.addressBound(address(ref), publicIndex(ref));
        } else if (before + change == 0) {
            events.addressReleased(address(ref), publicIndex(ref));
        }
    }

    long fullAt(int ref) {
        return Record.fullAt(records.chunk(ref), Records.at(ref));
    }

    void fullAt(int ref, long nanos) {
        Record.fullAt(records.chunk(ref), Records.at(ref), nanos);
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
