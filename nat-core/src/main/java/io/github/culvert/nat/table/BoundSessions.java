package io.github.culvert.nat.table;

import io.github.culvert.nat.alg.Terms;
import io.github.culvert.nat.refusal.Refusal;
import java.nio.ByteBuffer;
import java.util.function.IntUnaryOperator;

/**
 * Sessions of protocols without ports that are bound by identifiers, for one channel each: a number above 0 that its
 * owner gives. An identifier belongs to one session at a time for each public address, remote address and protocol. It
 * has 32 bits; where those of both sides fit into 16, packets that come in have it changed. Methods that may fail follow
 * the conventions of {@link FlowTable}; the time is that of its last call. Not safe for use by several threads.
 */
public final class BoundSessions {
    /**
     * How many identifiers of a host may be in use or rest, for each session that it may have: else one that ends its
     * sessions as soon as they are there would take all identifiers of a remote address, and memory without bounds.
     */
    static final int MOST_RESTING = 16;

    private final TableParts parts;
    private final Bindings bindings;
    private final Opening opening;
    private final Closing closing;
    /** How many a host may have, by timeout class. */
    private final int[] most;
    /** How long identifiers rest, by timeout class. */
    private final int[] rests;

    BoundSessions(TableParts parts, Opening opening, Closing closing) {
        this.parts = parts;
        this.bindings = parts.bindings;
        this.opening = opening;
        this.closing = closing;
        this.most = new int[parts.timeouts.length];
        this.rests = new int[parts.timeouts.length];
    }

    /**
     * Adds a timeout class for the sessions of an ALG, which a host may have so many of.
     *
     * @return its number, for {@link #bind}
     * @throws IllegalStateException if there are too many
     */
    public int timeoutClass(Terms terms) {
        int added = parts.timings.add(terms.idle());
        most[added] = terms.mostPerHost();
        rests[added] = terms.rest().isZero() ? 0 : Ticks.ofTimeout(terms.rest());
        return added;
    }

    /** The session that an identifier leads to, or 0; also 0 for a quoted packet that may be one of several. */
    public int find(Role role, int address, int remote, int protocol, int id) {
        int binding = bindings.index.find(parties(address, remote), ids(role, protocol, id));
        boolean doubtful = binding != 0 && role.isQuoted() && bindings.index.isShared(binding);
        return doubtful ? 0 : bindings.session(binding);
    }

    /** The first half of a key. */
    public static long parties(int address, int remote) {
        return BindingIndex.parties(address, remote);
    }

    /** The second half of a key. */
    public static long ids(Role role, int protocol, int id) {
        return BindingIndex.ids(role.number(), protocol, id);
    }

    /** The hash of a key, for {@link #touch} and {@link #find(int, long, long)}, until the table changes. */
    public int hash(long parties, long ids) {
        return bindings.index.hash(parties, ids);
    }

    /** Reads the index slot of a key, so that its cache line is there later. */
    public int touch(int hash) {
        return bindings.index.touch(hash);
    }

    /** The session of the key of a packet, or 0. */
    public int find(int hash, long parties, long ids) {
        return bindings.session(bindings.index.find(hash, parties, ids));
    }

    /**
     * Opens a session by its inside and its outside identifier, which is free for the channel.
     *
     * @param timeoutClass of {@link #timeoutClass}
     * @return its record, or the complement of a refusal
     */
    public int bind(
            int insideAddress,
            int publicIndex,
            int remote,
            int protocol,
            int insideId,
            int outsideId,
            int timeoutClass,
            int channel) {
        if (!isFree(publicIndex, remote, protocol, outsideId, channel)) {
            return ~Refusal.PROTOCOL_BUSY.ordinal();
        }
        long ids = sessionIds(protocol, insideId, outsideId);
        return begin(
                parties(insideAddress, remote),
                ids,
                Record.place(publicIndex, timeoutClass),
                session -> bound(session, insideId, outsideId, channel));
    }

    /**
     * Opens a session that lets packets out by the identifier of the remote host, and none in: nobody knows yet by which
     * identifier they will come.
     *
     * @param timeoutClass of {@link #timeoutClass}
     * @return its record, or the complement of a refusal
     */
    public int open(
            int insideAddress, int publicIndex, int remote, int protocol, int remoteId, int timeoutClass, int channel) {
        return begin(
                parties(insideAddress, remote),
                sessionIds(protocol, 0, 0),
                Record.place(publicIndex, timeoutClass),
                session -> opened(session, remoteId, channel));
    }

    /** Begins a session, which gets its bindings, or is freed and gives the complement of a refusal. */
    private int begin(long parties, long ids, int place, IntUnaryOperator bindings) {
        int insideAddress = Record.insideAddress(parties);
        int host = parts.hosts.take(insideAddress);
        if (host < 0) {
            return host;
        }
        int refusal = room(host, insideAddress, Record.timeoutClass(place), 1);
        int ref = refusal;
        if (refusal == 0) {
            ref = opening.session(parties, ids, place, 0);
            ref = ref == 0 ? ~Refusal.SESSION_LIMIT.ordinal() : bindings.applyAsInt(ref);
        }
        if (ref < 0) {
            parts.hosts.giveBack(host);
            return ref;
        }
        opening.count(ref, host);
        parts.events.portlessCreated(ref);
        return ref;
    }

    /** Gives a new session the bindings of what goes out, or frees it. */
    private int opened(int session, int remoteId, int channel) {
        ByteBuffer chunk = parts.records.chunk(session);
        int at = Records.at(session);
        int inside = Record.insideAddress(Record.parties(chunk, at));
        if (learn(session, remoteId) && bindings.count(inside, Record.timeoutClass(Record.place(chunk, at)), 1)) {
            Record.channel(chunk, at, channel);
            Record.rest(chunk, at, 0);
            return session;
        }
        bindings.removeAll(session);
        parts.records.free(session);
        return ~Refusal.INDEX_BUSY.ordinal();
    }

    private static long sessionIds(int protocol, int insideId, int outsideId) {
        boolean narrow = (insideId | outsideId) >>> 16 == 0;
        long ids = narrow ? (long) insideId << Record.INSIDE_ID_SHIFT | outsideId : 0;
        return ids | (long) protocol << Record.PROTOCOL_SHIFT;
    }

    /** Gives a new session its bindings, or frees it. */
    private int bound(int session, int insideId, int outsideId, int channel) {
        ByteBuffer chunk = parts.records.chunk(session);
        int at = Records.at(session);
        int place = Record.place(chunk, at);
        long parties = Record.parties(chunk, at);
        int protocol = Record.protocol(Record.ids(chunk, at));
        int remote = Record.remoteAddress(parties);
        int publicIndex = Record.publicIndex(place);
        boolean wasHeld = binding(publicIndex, remote, protocol, outsideId) != 0;
        int near = 0;
        if (hold(publicIndex, remote, protocol, outsideId, channel)) {
            near = bindings.index.add(parties, ids(Role.NEAR, protocol, insideId));
            int timeoutClass = Record.timeoutClass(place);
            if (near != 0 && bindings.count(Record.insideAddress(parties), timeoutClass, 1)) {
                bindings.attach(session, binding(publicIndex, remote, protocol, outsideId));
                bindings.attach(session, near);
                Record.channel(chunk, at, channel);
                Record.rest(chunk, at, rests[timeoutClass]);
                return session;
            }
        }
        if (near != 0) {
            bindings.index.remove(near);
        }
        if (!wasHeld) {
            unhold(publicIndex, remote, protocol, outsideId, channel);
        }
        parts.records.free(session);
        return ~Refusal.INDEX_BUSY.ordinal();
    }

    /**
     * Lets packets out by a session: those with the identifier of the remote host, which takes the place of one that was
     * learned before. Where several sessions have learned the same one, packets go by any of them.
     *
     * @return false if there is no room for it
     */
    public boolean learn(int session, int remoteId) {
        ByteBuffer chunk = parts.records.chunk(session);
        int at = Records.at(session);
        int inside = Record.insideAddress(Record.parties(chunk, at));
        int outside = parts.pool.address(Record.publicIndex(Record.place(chunk, at)));
        return bindings.lead(session, Role.OUT, inside, remoteId)
                && bindings.lead(session, Role.FAR, outside, remoteId);
    }

    /** Whether a channel may bind an identifier: it has no session, does not rest, and nobody else holds it. */
    public boolean isFree(int publicIndex, int remote, int protocol, int id, int channel) {
        int binding = binding(publicIndex, remote, protocol, id);
        return binding == 0 || bindings.isHeldBy(binding, channel);
    }

    /** Whether a host may have so many more sessions under a timeout class, by its quota and all limits. */
    public boolean hasRoom(int insideAddress, int timeoutClass, int more) {
        int host = parts.hosts.take(insideAddress);
        if (host < 0) {
            return false;
        }
        int refusal = room(host, insideAddress, timeoutClass, more);
        parts.hosts.giveBack(host);
        return refusal == 0;
    }

    /** The rate of new sessions is no reason: the control channel would have to end for it. */
    private int room(int host, int insideAddress, int timeoutClass, int more) {
        int live = bindings.count(insideAddress, timeoutClass);
        long used = (long) live + bindings.resting(insideAddress, timeoutClass);
        boolean full = live > most[timeoutClass] - more || used > (long) MOST_RESTING * most[timeoutClass] - more;
        return full ? ~Refusal.HOST_SESSION_LIMIT.ordinal() : parts.quotas.sessions(host, more);
    }

    private int binding(int publicIndex, int remote, int protocol, int id) {
        return bindings.holder(parts.pool.address(publicIndex), remote, protocol, id);
    }

    /** Keeps an identifier for a channel; false if it is not free for it, or there is no room. */
    public boolean hold(int publicIndex, int remote, int protocol, int id, int channel) {
        int binding = binding(publicIndex, remote, protocol, id);
        if (binding != 0) {
            return bindings.isHeldBy(binding, channel);
        }
        int held = bindings.index.add(parties(parts.pool.address(publicIndex), remote), ids(Role.IN, protocol, id));
        if (held != 0) {
            Record.holder(parts.records.chunk(held), Records.at(held), channel);
        }
        return held != 0;
    }

    /** Gives up an identifier; one that the channel does not hold stays as it is. */
    public void unhold(int publicIndex, int remote, int protocol, int id, int channel) {
        int binding = binding(publicIndex, remote, protocol, id);
        if (binding != 0 && bindings.isHeldBy(binding, channel)) {
            bindings.index.remove(binding);
        }
    }

    /** Ends a session; its identifier rests for so many ticks, 0 or more. */
    public void release(int session, int restTicks) {
        Record.rest(parts.records.chunk(session), Records.at(session), restTicks);
        closing.close(session);
    }

    /** Says that what was begun is done: to be called after the last of what belongs together. */
    public void settled() {
        parts.events.settled();
    }

    /** Restarts the timeout of a session. */
    public void refresh(int session) {
        Record.stamp(parts.records.chunk(session), Records.at(session), (int) parts.tick);
    }

    /** The channel that a session was bound for. */
    public int channel(int session) {
        return Record.channel(parts.records.chunk(session), Records.at(session));
    }

    /** The identifier by which a session lets packets out, if it has one. */
    public int remoteId(int session) {
        return bindings.index.identifier(bindings.ofRole(session, Role.OUT));
    }

    /** Whether packets come in by a session. */
    public boolean letsIn(int session) {
        return bindings.ofRole(session, Role.IN) != 0;
    }

    /** The number of the public address that an inside host has, or will have if it is the next to get something. */
    public int publicIndexFor(int insideAddress) {
        return parts.hosts.publicIndexFor(insideAddress);
    }

    /** The identifier of the inside host. */
    public int insideId(int session) {
        return bindings.index.identifier(bindings.ofRole(session, Role.NEAR));
    }

    /** The identifier that stands for it outside. */
    public int outsideId(int session) {
        return bindings.index.identifier(bindings.ofRole(session, Role.IN));
    }
}
