package io.github.culvert.nat.table;

import java.nio.ByteBuffer;

/**
 * The binding records by their key: an address of ours, the remote address, the protocol, a role and an identifier of 32
 * bits. Those that share a key stand in a chain behind the first of them, which alone is in the hash index; when it goes,
 * the next one takes its place. Not safe for use by several threads.
 */
final class BindingIndex {
    /** The role of what has no identifier. */
    static final int PLAIN = 0;
    /** The role of a record that counts the bound sessions of a host under one timeout class. */
    static final int TALLY = 1 + Role.values().length;

    private static final long ROLE_MASK = 0xffffL << Record.INSIDE_ID_SHIFT;
    private static final long KEY =
            ROLE_MASK | Record.KIND_MASK | 0xffL << Record.PROTOCOL_SHIFT | Record.BINDING_ID_MASK;

    private final TableParts parts;
    private final HashIndex index;

    BindingIndex(TableParts parts) {
        this.parts = parts;
        this.index = new HashIndex(parts.records, parts.random, -1, KEY, KEY, 7);
    }

    /** The first half of a key. */
    static long parties(int address, int remote) {
        return (long) address << 32 | remote & 0xffff_ffffL;
    }

    /** The second half of a key. */
    static long ids(int role, int protocol, int identifier) {
        return (long) role << Record.INSIDE_ID_SHIFT
                | Record.BINDING
                | (long) protocol << Record.PROTOCOL_SHIFT
                | identifier & Record.BINDING_ID_MASK;
    }

    /** The role of a binding. */
    int role(int binding) {
        return Record.insideId(Record.ids(parts.records.chunk(binding), Records.at(binding)));
    }

    /** The identifier of a binding. */
    int identifier(int binding) {
        return (int) Record.ids(parts.records.chunk(binding), Records.at(binding));
    }

    int find(long parties, long ids) {
        return index.find(parties, ids);
    }

    int find(int hash, long parties, long ids) {
        return index.find(hash, parties, ids);
    }

    int hash(long parties, long ids) {
        return index.hash(parties, ids);
    }

    int touch(int hash) {
        return index.touch(hash);
    }

    /** Whether the first binding of a key shares it with others. */
    boolean isShared(int binding) {
        return Record.nextOfKey(parts.records.chunk(binding), Records.at(binding)) != 0;
    }

    /** A new binding, behind who has the key already; 0 if there is no room for it. */
    int add(long parties, long ids) {
        int binding = parts.records.allocate();
        if (binding == 0) {
            return 0;
        }
        Record.parties(parts.records.chunk(binding), Records.at(binding), parties);
        if (!join(binding, ids)) {
            parts.records.free(binding);
            return 0;
        }
        return binding;
    }

    /** Gives a binding that is there another identifier; false if there is no room for it, and it is gone. */
    boolean change(int binding, int identifier) {
        leave(binding);
        long ids = Record.ids(parts.records.chunk(binding), Records.at(binding));
        return join(binding, ids & ~Record.BINDING_ID_MASK | identifier & Record.BINDING_ID_MASK);
    }

    private boolean join(int binding, long ids) {
        parts.version++;
        ByteBuffer chunk = parts.records.chunk(binding);
        int at = Records.at(binding);
        Record.ids(chunk, at, ids);
        Record.nextOfKey(chunk, at, 0);
        Record.previousOfKey(chunk, at, 0);
        int first = index.addUnlessPresent(binding);
        if (first > 0) {
            chain(first, binding, Record.nextOfKey(parts.records.chunk(first), Records.at(first)));
        }
        return first >= 0;
    }

    private void chain(int before, int binding, int after) {
        follow(before, binding);
        follow(binding, after);
    }

    private void follow(int before, int after) {
        if (before != 0) {
            Record.nextOfKey(parts.records.chunk(before), Records.at(before), after);
        }
        if (after != 0) {
            Record.previousOfKey(parts.records.chunk(after), Records.at(after), before);
        }
    }

    /** Takes a binding out; its record stays. */
    void leave(int binding) {
        parts.version++;
        ByteBuffer chunk = parts.records.chunk(binding);
        int previous = Record.previousOfKey(chunk, Records.at(binding));
        int next = Record.nextOfKey(chunk, Records.at(binding));
        if (previous == 0 && next == 0) {
            index.remove(binding);
        } else if (previous == 0) {
            index.replace(binding, next);
        }
        follow(previous, next);
    }

    /** Ends a binding. */
    void remove(int binding) {
        leave(binding);
        parts.records.free(binding);
    }

    boolean work() {
        return index.work();
    }

    int rekeyed() {
        return index.rekeyed();
    }

    long memory() {
        return index.memory();
    }
}
