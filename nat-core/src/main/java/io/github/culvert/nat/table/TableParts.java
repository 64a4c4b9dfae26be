package io.github.culvert.nat.table;

import io.github.culvert.nat.config.Assignment;
import io.github.culvert.nat.config.Behaviours;
import io.github.culvert.nat.config.DeterministicRanges;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.mapping.Dependence;
import io.github.culvert.nat.mapping.Protocol;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What a table consists of; shared by the classes that look, open and close. */
final class TableParts {
    /** The state of a mapping record that is a static forward. */
    static final int PERMANENT = 1;
    /** The state of a mapping record that stays until its deadline. */
    static final int TEMPORARY = 2;
    /** The state of a mapping record that was a temporary one. */
    static final int ENDED = 3;

    final Records records = new Records();
    final HashIndex sessions;
    final HashIndex endpoints;
    final Hosts hosts;
    final PublicPool pool;
    final AddressChoice addresses;
    final Resting resting;
    final SharedPorts shared;
    final Assigner assigner;
    final FixedAddresses fixed;
    private final Behaviours behaviours;
    final TimerWheel wheel = new TimerWheel(records);
    final Quotas quotas;
    final Bindings bindings;
    final Timings timings;
    final int[] timeouts;
    /** After how many ticks without traffic a session is gone, by timeout class. */
    final int[] lifetimes;

    final RandomGenerator random;
    final TableEvents events;

    long tick;

    long version;
    int liveSessions;
    int liveMappings;

    TableParts(NatConfig config, RandomGenerator random, TableEvents events) {
        long endpoint = Record.ENDPOINT_MASK;
        long keyed = endpoint | Record.FULL_KEY;
        this.sessions = new HashIndex(records, random, -1, keyed, keyed | Record.REMOTE_ID_MASK, 8);
        this.endpoints = new HashIndex(records, random, Record.INSIDE_MASK, endpoint, endpoint, 9);
        this.pool = new PublicPool(config);
        this.fixed = new FixedAddresses(pool, config.addressForwards());
        this.behaviours = config.behaviours();
        DeterministicRanges ranges = ranges(config);
        this.addresses = new AddressChoice(pool, fixed, random, ranges);
        this.quotas = new Quotas(this, config.limits(), config.rates());
        this.hosts = new Hosts(records, random, addresses, () -> quotas.limits().hosts(), events);
        this.resting = new Resting(pool, config.identifiers().rest());
        this.timings = new Timings(config.timeouts(), config.udp());
        this.timeouts = timings.timeouts;
        this.lifetimes = timings.lifetimes;
        this.random = random;
        this.events = events;
        this.bindings = new Bindings(this);
        this.assigner = new Assigner(this, config, ranges);
        this.shared = new SharedPorts(this);
    }

    private static @Nullable DeterministicRanges ranges(NatConfig config) {
        boolean fixed = config.identifiers().assignment() instanceof Assignment.Deterministic;
        return fixed ? DeterministicRanges.of(config) : null;
    }

    /** The session of a key, or 0. */
    int find(long parties, long ids) {
        return find(sessions.hash(parties, ids & Record.ENDPOINT_MASK), parties, ids);
    }

    /** The session of a key whose hash is known, or 0. */
    int find(int hash, long parties, long ids) {
        int ref = sessions.find(hash, parties, ids & Record.ENDPOINT_MASK);
        if (ref == 0) {
            return 0;
        }
        long difference = Record.ids(records.chunk(ref), Records.at(ref)) ^ (ids | Record.SESSION);
        if ((difference & (Record.KIND_MASK | Record.REMOTE_ID_MASK)) == 0) {
            return ref;
        }
        boolean peer = (difference & Record.KIND_MASK) == (Record.SESSION ^ Record.PEER);
        return peer ? sessions.findFull(parties, ids | Record.FULL_KEY) : 0;
    }

    /** What the mapping of a flow depends on. */
    Dependence mapping(int protocol) {
        return behaviours.of(Protocol.ofNumber(protocol)).mapping();
    }

    /** Whether all of an inside endpoint's flows take the mapping of an owner, so that the endpoint leads to it. */
    boolean isForEndpoint(int owner) {
        ByteBuffer chunk = records.chunk(owner);
        int at = Records.at(owner);
        long ids = Record.ids(chunk, at);
        return mapping(Record.protocol(ids)) == Dependence.ENDPOINT_INDEPENDENT
                || (ids & Record.KIND_MASK) == Record.MAPPING && Record.state(ids) != 0
                || fixed.insideOf(Record.publicIndex(Record.place(chunk, at))) != 0;
    }

    /** Which turns the packets of a session take: the marks in its place word. */
    int turns(long parties, int publicIndex) {
        int hairpin = pool.indexOf(Record.remoteAddress(parties)) < 0 ? 0 : Record.HAIRPIN;
        return hairpin | (isOwn(parties) ? Record.OWN : 0) | (fixed.insideOf(publicIndex) == 0 ? 0 : Record.BOTH_ASK);
    }

    /** Whether the inside host is the machine that the NAT runs on. */
    boolean isOwn(long parties) {
        return fixed.isOwn(Record.insideAddress(parties));
    }

    /** Whether a record binds a session to what is unique per remote. */
    boolean isBinding(int ref) {
        return (Record.ids(records.chunk(ref), Records.at(ref)) & Record.KIND_MASK) == Record.BINDING;
    }

    /** Whether a session is bound by identifiers, and so is in no other index than that of the bindings. */
    boolean isBound(int session) {
        int link = Record.link(records.chunk(session), Records.at(session));
        return link != 0 && isBinding(link) && bindings.isByIdentifiers(session);
    }

    /** Whether a mapping is a static forward. */
    boolean isPermanent(int owner) {
        long ids = Record.ids(records.chunk(owner), Records.at(owner));
        return (ids & Record.KIND_MASK) == Record.MAPPING && Record.state(ids) == PERMANENT;
    }

    /** Whether a mapping is a temporary one whose time is not up. */
    boolean isTemporary(int owner) {
        ByteBuffer chunk = records.chunk(owner);
        int at = Records.at(owner);
        return isLeased(Record.ids(chunk, at)) && Record.deadline(chunk, at) > tick;
    }

    /** Whether a record is a mapping that was asked for, also if its time is up. */
    static boolean isLeased(long ids) {
        return (ids & Record.KIND_MASK) == Record.MAPPING && Record.state(ids) == TEMPORARY;
    }

    /** Whether a record is a session that has been idle for its timeout, or a mapping whose time is up. */
    boolean isExpired(int ref) {
        ByteBuffer chunk = records.chunk(ref);
        int at = Records.at(ref);
        long ids = Record.ids(chunk, at);
        if ((ids & Record.KIND_MASK) != Record.SESSION) {
            return isLeased(ids) && Record.link(chunk, at) == 0 && Record.deadline(chunk, at) <= tick;
        }
        int idle = (int) tick - Record.stamp(chunk, at);
        return isOver(idle, lifetimes[Record.timeoutClass(Record.place(chunk, at))]);
    }

    /** Whether {@link #age} makes another of a session under a timeout that has been idle for so long. */
    boolean ages(int timeoutClass, int idle) {
        return timeoutClass == TimeoutClass.TCP_ESTABLISHED.ordinal() && isOver(idle, timeouts[timeoutClass]);
    }

    /** Makes a connection that was idle for its timeout one that waits for its end (RFC 7857 section 2, figure 1). */
    void age(int ref, long now) {
        ByteBuffer chunk = records.chunk(ref);
        int at = Records.at(ref);
        int place = Record.place(chunk, at);
        int stamp = Record.stamp(chunk, at);
        if (ages(Record.timeoutClass(place), (int) now - stamp)) {
            ConnectionState next = ConnectionState.TRANSITORY;
            Record.ids(chunk, at, Record.withState(Record.ids(chunk, at), next.ordinal()));
            Record.place(
                    chunk, at, Record.withTimeoutClass(place, next.timeout().ordinal()));
            Record.stamp(chunk, at, stamp + timeouts[TimeoutClass.TCP_ESTABLISHED.ordinal()]);
        }
    }

    /**
     * Whether a mapping or peer record surely has a session whose time is not up: the one that came last, or any, if the
     * wheel has nothing left to do. In doubt there is none, until the wheel has come round.
     */
    boolean hasLiveSession(int group) {
        int witness = Record.witness(records.chunk(group), Records.at(group));
        return witness != 0 && !isExpired(witness) || wheel.nextTick() > tick;
    }

    /** Whether an idle time has reached a timeout. Stamps come round, so the difference has no sign. */
    static boolean isOver(int idle, int timeout) {
        return Integer.compareUnsigned(idle, timeout) >= 0;
    }

    /** Has the wheel remind of a session when its time is up, or may be up if its state changes until then. */
    void remind(int ref) {
        ByteBuffer chunk = records.chunk(ref);
        int at = Records.at(ref);
        int timeoutClass = Record.timeoutClass(Record.place(chunk, at));
        int left = timeouts[timeoutClass] - ((int) tick - Record.stamp(chunk, at));
        wheel.put(ref, tick + Math.min(left, timings.visits[timeoutClass]));
    }

    /** Writes a mapping record. */
    void fillMapping(int ref, long parties, long ids, int publicIndex, int sessionCount) {
        ByteBuffer chunk = records.chunk(ref);
        int at = Records.at(ref);
        Record.parties(chunk, at, parties);
        Record.ids(chunk, at, ids | Record.MAPPING);
        Record.place(chunk, at, Record.place(publicIndex, 0));
        Record.link(chunk, at, sessionCount);
    }
}
