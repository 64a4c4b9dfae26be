package io.github.culvert.nat.table;

import io.github.culvert.nat.refusal.Refusal;
import java.nio.ByteBuffer;

/**
 * What leads to the sessions of protocols without ports, and how it comes and goes with them: for those without
 * identifiers one binding of public address, remote address and protocol, so that one inside host at a time talks to a
 * remote; for those that are bound by identifiers one of each {@link Role}. An identifier may be held without a session,
 * and rests after one. Not safe for use by several threads.
 */
final class Bindings {
    /** Counts what rests, beside a timeout class. */
    private static final int RESTING = 1 << 8;

    final BindingIndex index;
    private final TableParts parts;

    Bindings(TableParts parts) {
        this.parts = parts;
        this.index = new BindingIndex(parts);
    }

    /** The session of a protocol without identifiers, or 0. */
    int find(int publicAddress, int remote, int protocol) {
        return session(index.find(
                BindingIndex.parties(publicAddress, remote), BindingIndex.ids(BindingIndex.PLAIN, protocol, 0)));
    }

    /** The session that a binding leads to, or 0. */
    int session(int binding) {
        return binding == 0 ? 0 : Record.link(parts.records.chunk(binding), Records.at(binding));
    }

    /** Opens a session of a protocol without identifiers; the same conventions as in {@link FlowTable}. */
    int open(Opening opening, long parties, long ids, TimeoutClass timeout) {
        int host = parts.hosts.take(Record.insideAddress(parties));
        if (host < 0) {
            return host;
        }
        int publicIndex = parts.hosts.publicIndex(host);
        int publicAddress = parts.pool.address(publicIndex);
        int remote = Record.remoteAddress(parties);
        int holder = opening.liveOwner(find(publicAddress, remote, Record.protocol(ids)));
        int refusal = holder == 0 ? parts.quotas.session(host) : ~Refusal.PROTOCOL_BUSY.ordinal();
        if (refusal < 0) {
            parts.hosts.giveBack(host);
            return refusal;
        }
        int place = Record.place(publicIndex, timeout.ordinal());
        int ref = opening.session(parties, ids, place, 0);
        if (ref == 0 || !opening.index(ref)) {
            return opening.abandon(ref, host, 0);
        }
        long plain = BindingIndex.ids(BindingIndex.PLAIN, Record.protocol(ids), 0);
        int binding = index.add(BindingIndex.parties(publicAddress, remote), plain);
        if (binding == 0) {
            parts.sessions.remove(ref);
            return opening.abandon(ref, host, 0);
        }
        attach(ref, binding);
        opening.count(ref, host);
        parts.events.portlessCreated(ref);
        return ref;
    }

    /** Gives a session a binding; its first one stays the first. */
    void attach(int session, int binding) {
        ByteBuffer chunk = parts.records.chunk(session);
        int at = Records.at(session);
        int first = Record.link(chunk, at);
        Record.link(parts.records.chunk(binding), Records.at(binding), session);
        if (first == 0) {
            Record.link(chunk, at, binding);
        } else {
            Record.sibling(parts.records.chunk(binding), Records.at(binding), sibling(first));
            Record.sibling(parts.records.chunk(first), Records.at(first), binding);
        }
    }

    private int sibling(int binding) {
        return Record.sibling(parts.records.chunk(binding), Records.at(binding));
    }

    /** Ends a binding that has others before it. */
    private void detach(int session, int binding) {
        int before = first(session);
        while (sibling(before) != binding) {
            before = sibling(before);
        }
        Record.sibling(parts.records.chunk(before), Records.at(before), sibling(binding));
    }

    int first(int session) {
        return Record.link(parts.records.chunk(session), Records.at(session));
    }

    /** Whether a session, which has a binding, is bound by identifiers. */
    boolean isByIdentifiers(int session) {
        return index.role(first(session)) != BindingIndex.PLAIN;
    }

    /** The binding of a session in a role, or 0. */
    int ofRole(int session, Role role) {
        int binding = first(session);
        while (binding != 0 && index.role(binding) != role.number()) {
            binding = sibling(binding);
        }
        return binding;
    }

    /** Gives a session one more binding, or its binding in that role another identifier; false if there is no room. */
    boolean lead(int session, Role role, int address, int identifier) {
        int binding = ofRole(session, role);
        if (binding != 0) {
            return index.identifier(binding) == identifier || changed(session, binding, identifier);
        }
        ByteBuffer chunk = parts.records.chunk(session);
        int at = Records.at(session);
        long parties = BindingIndex.parties(address, Record.remoteAddress(Record.parties(chunk, at)));
        long ids = BindingIndex.ids(role.number(), Record.protocol(Record.ids(chunk, at)), identifier);
        int added = index.add(parties, ids);
        if (added != 0) {
            attach(session, added);
        }
        return added != 0;
    }

    private boolean changed(int session, int binding, int identifier) {
        boolean placed = index.change(binding, identifier);
        if (!placed) {
            detach(session, binding);
            parts.records.free(binding);
        }
        return placed;
    }

    /** Ends the bindings of a session that ends; an identifier of one that is bound by it rests. */
    void end(int session) {
        int first = first(session);
        for (int binding = sibling(first); binding != 0; ) {
            int next = sibling(binding);
            index.remove(binding);
            binding = next;
        }
        if (index.role(first) == BindingIndex.PLAIN) {
            index.remove(first);
            return;
        }
        ByteBuffer chunk = parts.records.chunk(session);
        int at = Records.at(session);
        int inside = Record.insideAddress(Record.parties(chunk, at));
        int timeoutClass = Record.timeoutClass(Record.place(chunk, at));
        count(inside, timeoutClass, -1);
        rest(first, Record.rest(chunk, at), inside, timeoutClass);
    }

    /** Takes back what a session has that does not come to be. */
    void removeAll(int session) {
        for (int binding = first(session); binding != 0; ) {
            int next = sibling(binding);
            index.remove(binding);
            binding = next;
        }
    }

    /** It is counted for whose it was, in the places of what it has no more. */
    private void rest(int binding, int ticks, int inside, int timeoutClass) {
        if (ticks == 0 || !count(inside, RESTING | timeoutClass, 1)) {
            index.remove(binding);
            return;
        }
        ByteBuffer chunk = parts.records.chunk(binding);
        int at = Records.at(binding);
        Record.link(chunk, at, 0);
        Record.sibling(chunk, at, inside);
        Record.holder(chunk, at, ~timeoutClass);
        Record.deadline(chunk, at, parts.tick + ticks);
        parts.wheel.put(binding, parts.tick + ticks);
    }

    /** Whether an identifier rests. */
    private boolean isResting(int binding) {
        return Record.deadline(parts.records.chunk(binding), Records.at(binding)) != 0;
    }

    private boolean hasRested(int binding) {
        return isResting(binding) && Record.deadline(parts.records.chunk(binding), Records.at(binding)) <= parts.tick;
    }

    /** The wheel has come by a binding. */
    void due(int binding) {
        if (hasRested(binding)) {
            uncount(binding);
            index.remove(binding);
        } else {
            parts.wheel.put(binding, Record.deadline(parts.records.chunk(binding), Records.at(binding)));
        }
    }

    /** Who has an identifier: the binding of its session, one that is held, one that rests, or 0. */
    int holder(int publicAddress, int remote, int protocol, int identifier) {
        int binding = index.find(
                BindingIndex.parties(publicAddress, remote), BindingIndex.ids(Role.IN.number(), protocol, identifier));
        if (binding != 0 && hasRested(binding)) {
            wake(binding);
            return 0;
        }
        return binding;
    }

    /** Ends a rest before the wheel comes by, which frees the record then. */
    private void wake(int binding) {
        uncount(binding);
        index.leave(binding);
        Record.ids(parts.records.chunk(binding), Records.at(binding), Record.CLOSED);
    }

    /** Whether a binding is one that a channel holds. */
    boolean isHeldBy(int binding, int channel) {
        ByteBuffer chunk = parts.records.chunk(binding);
        int at = Records.at(binding);
        return Record.link(chunk, at) == 0 && Record.holder(chunk, at) == channel;
    }

    /** Has no identifier rest any longer. Takes time in proportion to the table. */
    void wakeAll() {
        for (int ref = 1; ref < parts.records.end(); ref++) {
            if (parts.isBinding(ref) && isResting(ref)) {
                wake(ref);
            }
        }
    }

    /** Has nothing rest or be held at a public address that goes. Takes time in proportion to the table. */
    void forget(int publicAddress) {
        for (int ref = 1; ref < parts.records.end(); ref++) {
            ByteBuffer chunk = parts.records.chunk(ref);
            boolean idle = parts.isBinding(ref)
                    && index.role(ref) == Role.IN.number()
                    && Record.link(chunk, Records.at(ref)) == 0;
            if (idle && Record.insideAddress(Record.parties(chunk, Records.at(ref))) == publicAddress) {
                if (isResting(ref)) {
                    wake(ref);
                } else {
                    index.remove(ref);
                }
            }
        }
    }

    private void uncount(int binding) {
        ByteBuffer chunk = parts.records.chunk(binding);
        int at = Records.at(binding);
        count(Record.sibling(chunk, at), RESTING | ~Record.holder(chunk, at), -1);
    }

    /** How many identifiers of sessions under a timeout class rest that a host has had. */
    int resting(int inside, int timeoutClass) {
        return count(inside, RESTING | timeoutClass);
    }

    /** How many sessions under a timeout class a host has. */
    int count(int insideAddress, int timeoutClass) {
        return session(index.find(BindingIndex.parties(insideAddress, 0), tally(timeoutClass)));
    }

    /** Counts a session of a host that comes or goes; false if there is no room to count the first. */
    boolean count(int insideAddress, int timeoutClass, int change) {
        long parties = BindingIndex.parties(insideAddress, 0);
        int found = index.find(parties, tally(timeoutClass));
        int tally = found == 0 ? index.add(parties, tally(timeoutClass)) : found;
        if (tally == 0) {
            return false;
        }
        int count = session(tally) + change;
        Record.link(parts.records.chunk(tally), Records.at(tally), count);
        if (count == 0) {
            index.remove(tally);
        }
        return true;
    }

    private static long tally(int timeoutClass) {
        return BindingIndex.ids(BindingIndex.TALLY, 0, timeoutClass);
    }
}
