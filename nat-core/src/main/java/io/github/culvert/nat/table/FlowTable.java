package io.github.culvert.nat.table;

import io.github.culvert.nat.config.NatConfig;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/**
 * All mappings and sessions of a NAT. A session <em>is</em> the decision about its packets: what is needed to translate
 * them stands in its record.
 *
 * <p>A mapping lives in the record of its only session and is promoted to one of its own when a second session comes.
 * In the same way a session is indexed by inside endpoint and remote address alone until a second one shares these;
 * then a peer record takes the place and the sessions move to the full key. So one probe finds most sessions, and the
 * same probe answers whether an inside endpoint has sent to a remote address (RFC 4787 section 5).
 *
 * <p>Keys: {@code parties} is inside address and remote address, {@code ids} holds inside id, protocol and remote id,
 * all else zero. Methods that may fail return a reference above 0, or the complement of the ordinal of a
 * {@link io.github.culvert.nat.refusal.Refusal}. Not safe for use by several threads.
 */
public final class FlowTable {
    /** Steps of expiry that opening a session pays for. */
    private static final int STEPS_PER_OPENING = 32;

    private final TableParts parts;
    private final Records records;
    private final HashIndex sessions;
    private final PublicPool pool;
    private final int[] timeouts;
    private final Closing closing;
    private final Sharing sharing;
    private final Opening opening;
    private final Leases leases;
    private final BoundSessions bound;
    private final TimerWheel.Due due = this::due;

    /** An empty table. */
    public FlowTable(NatConfig config, RandomGenerator random, TableEvents events) {
        parts = new TableParts(config, random, events);
        records = parts.records;
        sessions = parts.sessions;
        pool = parts.pool;
        timeouts = parts.timeouts;
        closing = new Closing(parts);
        sharing = new Sharing(parts);
        opening = new Opening(parts, closing, sharing);
        leases = new Leases(parts, opening, closing);
        bound = new BoundSessions(parts, opening, closing);
    }

    /** The chunk of a record. */
    public ByteBuffer chunk(int ref) {
        return records.chunk(ref);
    }

    /** Where in its chunk a record starts. */
    public static int at(int ref) {
        return Records.at(ref);
    }

    /** The number of a public address, or -1. */
    public int publicIndex(int address) {
        return pool.indexOf(address);
    }

    /** The public address of a number. */
    public int publicAddress(int index) {
        return pool.address(index);
    }

    /** The number of the public address that an inside host has or, if it has none yet, of the first. */
    public int publicIndexOf(int insideAddress) {
        int host = parts.hosts.find(insideAddress);
        int own = host == 0 ? parts.fixed.indexOf(insideAddress) : parts.hosts.publicIndex(host);
        return own < 0 ? pool.first() : own;
    }

    /** The number of the public address that an inside host has for itself alone (Basic NAT), or -1. */
    public int forwardedFrom(int insideAddress) {
        return parts.fixed.indexOf(insideAddress);
    }

    /** Who has a public identifier: a session or mapping record, a mark that is reserved or shared, or 0. */
    public int owner(int publicIndex, int protocol, int identifier) {
        return pool.owner(publicIndex, protocol, identifier);
    }

    /** Whether an owner stands for identifiers of the host. */
    public static boolean isReserved(int owner) {
        return owner == IdentifierSpace.RESERVED;
    }

    /** Whether an owner stands for inside hosts that share a port. */
    public static boolean isShared(int owner) {
        return owner == IdentifierSpace.SHARED;
    }

    /** The session of a key, or 0. */
    public int find(long parties, long ids) {
        return parts.find(parties, ids);
    }

    /** The hash of a key, for {@link #touch} and {@link #find(int, long, long)}, until the table changes. */
    public int hash(long parties, long ids) {
        return sessions.hash(parties, ids & Record.ENDPOINT_MASK);
    }

    /** Reads the index slot of a key, so that its cache line is there later. */
    public int touch(int hash) {
        return sessions.touch(hash);
    }

    /** The session of a key, or 0. */
    public int find(int hash, long parties, long ids) {
        return parts.find(hash, parties, ids);
    }

    /** Changes whenever a session comes or goes: a reference found before is good for as long as it does not. */
    public long version() {
        return parts.version;
    }

    /** Whether an inside endpoint has a session with a remote address. */
    public boolean knows(long parties, long ids) {
        int ref = sessions.find(parties, ids & Record.ENDPOINT_MASK);
        if (ref == 0) {
            return false;
        }
        boolean peer = (Record.ids(records.chunk(ref), Records.at(ref)) & Record.KIND_MASK) == Record.PEER;
        return peer ? parts.hasLiveSession(ref) : !parts.isExpired(ref);
    }

    /** Whether a mapping lets everybody in: a static forward, or a temporary mapping until its deadline. */
    public boolean isOpenToAll(int owner) {
        return parts.isPermanent(owner) || parts.isTemporary(owner);
    }

    /** The session of a protocol without identifiers that a packet from the outside belongs to, or 0. */
    public int findBound(int publicAddress, int remote, int protocol) {
        return parts.bindings.find(publicAddress, remote, protocol);
    }

    /**
     * Opens a session of a protocol without identifiers; there is none of the same key.
     *
     * @return its record, or the complement of a refusal
     */
    public int openBound(long parties, long ids, TimeoutClass timeout) {
        int ref = parts.bindings.open(opening, parties, ids, timeout);
        parts.events.settled();
        return ref;
    }

    /** Whether a session has been idle for its timeout; {@link #age} says whether that is its end. */
    public boolean isExpired(ByteBuffer chunk, int at, int place, int now) {
        return TableParts.isOver(now - Record.stamp(chunk, at), timeouts[Record.timeoutClass(place)]);
    }

    /** Does to a session that was idle for its timeout what time does; whether it is still there after it. */
    public boolean age(int ref, long tick) {
        parts.tick = tick;
        parts.age(ref, tick);
        return !parts.isExpired(ref);
    }

    /** The source of unpredictable choices. */
    public RandomGenerator random() {
        return parts.random;
    }

    /** The tick that time has come to. */
    public long tick() {
        return parts.tick;
    }

    /** Moves time on, and does nothing that is due. */
    public void at(long tick) {
        parts.tick = tick;
    }

    /** Does a little of what is due; to be called before the first packet of a flow is looked at. */
    public void settle(long tick) {
        advance(tick, STEPS_PER_OPENING);
    }

    /**
     * Opens a session that is not there yet, with a mapping if its inside endpoint has none.
     *
     * @return its record, or the complement of a refusal
     */
    public int open(long parties, long ids, TimeoutClass timeout, int state) {
        int ref = opening.open(parties, ids, timeout, state);
        parts.events.settled();
        return ref;
    }

    /** The same, at a public address if that is possible and the inside endpoint has no mapping yet. */
    public int openAt(int publicIndex, long parties, long ids, TimeoutClass timeout, int state) {
        int ref = opening.open(parties, ids, timeout, state, publicIndex);
        parts.events.settled();
        return ref;
    }

    /** How many public addresses inside hosts share. */
    public int sharedCount() {
        return pool.sharedCount();
    }

    /** The number of one of these. */
    public int shared(int n) {
        return pool.shared(n);
    }

    /**
     * Opens a session that is not there yet, with a mapping that is there.
     *
     * @return its record, or the complement of a refusal
     */
    public int openUnder(int owner, long parties, long ids, TimeoutClass timeout, int state) {
        int ref = opening.openUnder(owner, parties, ids, timeout, state);
        parts.events.settled();
        return ref;
    }

    /**
     * Opens a session from a port that is shared outside.
     *
     * @return its record; 0 if it cannot be shared there; or the complement of a refusal
     */
    public int openShared(long parties, long ids, TimeoutClass timeout) {
        int ref = opening.openShared(parties, ids, timeout);
        parts.events.settled();
        return ref;
    }

    /** The mapping that a session from the inside would share with others (RFC 4787 section 4.1), or 0. */
    public int shared(long parties, long ids) {
        return sharing.shared(parties, ids);
    }

    /** The inside address that alone has a public address (Basic NAT), or 0 if that is shared. */
    public int forwardedTo(int publicIndex) {
        return parts.fixed.insideOf(publicIndex);
    }

    /** Whether an owner is a session whose time is up. */
    public boolean isExpired(int owner) {
        return parts.isExpired(owner);
    }

    /** Ends a session. */
    public void close(int ref) {
        closing.close(ref);
        parts.events.settled();
    }

    /** Moves time on, and does what is due, at most {@code budget} steps; returns how much of it is left. */
    public int advance(long tick, int budget) {
        parts.tick = tick;
        // what has rested gets half of the steps at most, so that neither waits for the other for good
        int woken = parts.resting.wake(tick, budget - (budget >> 1));
        int left = parts.wheel.advance(tick, budget - woken, due);
        parts.events.settled();
        return left;
    }

    /** Moves a part of indexes that grow; returns whether there is more to move. */
    @SuppressWarnings("ShortCircuitBoolean") // each has work of its own
    public boolean work() {
        return sessions.work() | parts.endpoints.work() | parts.hosts.work() | parts.bindings.index.work();
    }

    /** The tick from which on {@link #advance} has something to do; {@link Long#MAX_VALUE} if there is nothing. */
    public long nextTick() {
        return Math.min(parts.wheel.nextTick(), parts.resting.nextTick(parts.tick));
    }

    /** Time has made a step that outlasts every timeout: ends all sessions. */
    public void lapse(long tick) {
        parts.tick = tick;
        parts.resting.wakeAll();
        for (int ref = 1; ref < records.end(); ref++) {
            long ids = Record.ids(records.chunk(ref), Records.at(ref));
            if ((ids & Record.KIND_MASK) == Record.SESSION || TableParts.isLeased(ids)) {
                closing.close(ref);
            }
        }
        parts.bindings.wakeAll();
        parts.events.settled();
    }

    private void due(int ref) {
        ByteBuffer chunk = records.chunk(ref);
        int at = Records.at(ref);
        long kind = Record.ids(chunk, at) & Record.KIND_MASK;
        if (kind == Record.CLOSED) {
            records.free(ref);
            return;
        }
        if (kind == Record.MAPPING) {
            leases.due(ref);
            return;
        }
        if (kind == Record.BINDING) {
            parts.bindings.due(ref);
            return;
        }
        parts.age(ref, parts.tick);
        if (parts.isExpired(ref)) {
            closing.detach(ref);
            records.free(ref);
        } else {
            parts.remind(ref);
        }
    }

    /** What can be changed while the table is in use. */
    public Tuning tuning() {
        return new Tuning(parts, due);
    }

    /** Temporary mappings. */
    public Leases leases() {
        return leases;
    }

    /** Sessions of protocols without ports that are bound by identifiers. */
    public BoundSessions bound() {
        return bound;
    }

    /** Static forwards and reservations. */
    public Forwards forwards() {
        return new Forwards(parts, closing);
    }

    /** Public addresses that come and go. */
    public PublicAddresses addresses() {
        return new PublicAddresses(parts, closing);
    }

    /** Reads records as values. */
    public Snapshots snapshots() {
        return new Snapshots(parts);
    }

    /** Live sessions. */
    public int sessionCount() {
        return parts.liveSessions;
    }

    /** Live mappings, static forwards included. */
    public int mappingCount() {
        return parts.liveMappings;
    }

    /** Inside hosts that have something. */
    public int hostCount() {
        return parts.hosts.live();
    }

    /** Public addresses that have inside hosts. */
    public int addressesInUse() {
        return parts.addresses.inUse();
    }

    /** Whether no public address has a free identifier of a protocol. */
    public boolean isExhausted(int protocol) {
        return pool.isExhausted(protocol);
    }

    /** Public identifiers that are in use or reserved. */
    public int identifierCount() {
        return pool.inUse();
    }

    /** Public identifiers in all. */
    public int identifierCapacity() {
        return pool.capacity();
    }

    /** How often the index of sessions had to change its secret. */
    public int rekeyed() {
        return sessions.rekeyed() + parts.endpoints.rekeyed() + parts.hosts.rekeyed() + parts.bindings.index.rekeyed();
    }

    /** Bytes of memory in records, indexes and identifier tables. */
    public long memory() {
        return records.memory()
                + sessions.memory()
                + parts.endpoints.memory()
                + parts.hosts.memory()
                + parts.bindings.index.memory()
                + pool.memory()
                + parts.assigner.memory();
    }
}
