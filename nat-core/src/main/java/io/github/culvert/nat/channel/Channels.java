package io.github.culvert.nat.channel;

import io.github.culvert.nat.alg.Action;
import io.github.culvert.nat.alg.AddressUse;
import io.github.culvert.nat.alg.Alg;
import io.github.culvert.nat.alg.AlgStatus;
import io.github.culvert.nat.alg.Control;
import io.github.culvert.nat.alg.Demux;
import io.github.culvert.nat.alg.End;
import io.github.culvert.nat.alg.Scope;
import io.github.culvert.nat.alg.Tracker;
import io.github.culvert.nat.audit.Finding;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.table.BoundSessions;
import io.github.culvert.nat.table.ConnectionState;
import io.github.culvert.nat.table.FlowTable;
import io.github.culvert.nat.table.Record;
import io.github.culvert.nat.verdict.Outbox;
import io.github.culvert.nat.wire.HeaderWords;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The control channels that are followed for ALGs, and what is bound for them. A session that is followed has a mark in
 * its record, so that all others cost nothing. Not safe for use by several threads.
 */
public final class Channels {
    /** How many channels of one inside host are followed: each costs about a kilobyte, and a SYN is enough to have one. */
    static final int MOST_OF_HOST = 1024;

    /** How many public addresses are tried for one that no other host uses. */
    private static final int MOST_TRIED = 256;

    private final FlowTable table;
    private final BoundSessions bound;
    private final Timers timers = new Timers();
    private final Actions actions;
    private final Notices notices;
    private final Services services = new Services();
    private final Roster roster = new Roster();
    private final Trackers trackers;
    private final Endings endings;
    private final Connections connections;
    private final Payloads payloads;
    private final Pairs pairs;
    private final Timers.Due due = this::timeUp;

    /** No channels. */
    public Channels(FlowTable table, RandomGenerator random, Outbox outbox, Notices notices) {
        this.table = table;
        this.bound = table.bound();
        this.notices = notices;
        this.actions = new Actions(bound, timers, notices);
        this.trackers = new Trackers(bound, random, actions, notices, this::endIfIdle);
        this.endings = new Endings(table, roster, trackers, actions, this::endIfIdle);
        this.connections = new Connections(this, trackers, outbox);
        this.payloads = new Payloads(trackers);
        this.pairs = new Pairs(this, services, roster, trackers, table, notices);
    }

    private void endIfIdle(Pair pair) {
        pairs.endIfIdle(pair);
    }

    /** Adds an ALG, which is on from now. */
    public void add(Alg alg) {
        services.add(alg, bound.timeoutClass(alg.terms()));
    }

    /** Ports that inside hosts share. */
    public SharedServices shared() {
        return services.shared();
    }

    /** The session of the control channel that a bound session belongs to, or 0. */
    public int sessionOf(int boundSession) {
        Followed followed = roster.followed(bound.channel(boundSession));
        // a channel whose session has ended may still be known by its number
        return followed instanceof Channel channel && roster.channel(channel.session) == channel ? channel.session : 0;
    }

    /** Pairs of hosts that are followed. */
    public Pairs pairs() {
        return pairs;
    }

    /** By protocol number, what finds the identifiers of packets without ports; the array stays the same. */
    public @Nullable Demux[] demuxes() {
        return services.demuxes();
    }

    /** A session has been opened by a packet that went in a direction: it is followed if it is a control channel. */
    public void opened(int session, int direction) {
        ByteBuffer chunk = table.chunk(session);
        int at = FlowTable.at(session);
        if (services.isEmpty() || (Record.place(chunk, at) & Record.OWN) != 0) {
            return;
        }
        trackers.at(table.tick());
        long ids = Record.ids(chunk, at);
        int port = direction == 0 ? Record.remoteId(ids) : Record.insideId(ids);
        services.reading(Record.protocol(ids), port)
                .ifPresent(match -> follow(match.service(), scope(match.control(), session, direction), session));
    }

    /** A session has been picked up in the middle of its streams, which no ALG can follow without their beginning. */
    public void pickedUp(int session) {
        long ids = Record.ids(table.chunk(session), FlowTable.at(session));
        services.reading(Record.protocol(ids), Record.remoteId(ids))
                .ifPresent(match -> notices.report(
                        match.service().alg.name(), scope(match.control(), session, 0), CoreNotice.ALG_TOO_LATE));
    }

    /** The number of the public address for a session that an inside host opens, or -1 for none in particular. */
    public int publicIndexFor(long parties, long ids) {
        return services.isEmpty()
                ? -1
                : services.reading(Record.protocol(ids), Record.remoteId(ids))
                        .map(Services.Match::service)
                        .filter(service -> service.alg.addressUse() == AddressUse.ONE_PER_HOST)
                        .map(service -> alone(service, Record.insideAddress(parties), Record.remoteAddress(parties)))
                        .orElse(-1);
    }

    /** One from which no other host has a channel to a remote address, that of the host itself if possible. */
    private int alone(Service service, int host, int remote) {
        int own = table.publicIndexOf(host);
        if (!roster.hasOthers(service, own, remote, host)) {
            return own;
        }
        return IntStream.range(0, Math.min(table.sharedCount(), MOST_TRIED))
                .map(table::shared)
                .filter(index -> !roster.hasOthers(service, index, remote, host))
                .findFirst()
                .orElse(-1);
    }

    private Scope.Channel scope(Control control, int session, int direction) {
        ByteBuffer chunk = table.chunk(session);
        int at = FlowTable.at(session);
        long parties = Record.parties(chunk, at);
        long ids = Record.ids(chunk, at);
        int outside = table.publicAddress(Record.publicIndex(Record.place(chunk, at)));
        return new Scope.Channel(
                control,
                endpoint(Record.insideAddress(parties), Record.insideId(ids)),
                endpoint(outside, Record.outsideId(ids)),
                endpoint(Record.remoteAddress(parties), Record.remoteId(ids)),
                direction(direction));
    }

    static Direction direction(int direction) {
        return direction == 0 ? Direction.OUTBOUND : Direction.INBOUND;
    }

    private static Endpoint endpoint(int address, int port) {
        return new Endpoint(new Ipv4Address(address), port);
    }

    private void follow(Service service, Scope.Channel scope, int session) {
        if (roster.channelsOf(scope.insideEnd().address().bits()) == MOST_OF_HOST) {
            notices.report(service.alg.name(), scope, CoreNotice.ALG_NO_ROOM);
            return;
        }
        Optional<Tracker> tracker = trackers.begin(service, scope);
        if (tracker.isEmpty()) {
            return;
        }
        ByteBuffer chunk = table.chunk(session);
        int at = FlowTable.at(session);
        int place = Record.place(chunk, at);
        Record.place(chunk, at, place | Record.FOLLOWED);
        roster.add(new Channel(
                roster.number(), service, scope, tracker.get(), session, Record.publicIndex(place), trackers.tick()));
    }

    /** All that is there for a scope ends, and it is followed no longer. */
    void remove(Followed followed) {
        followed.leave(Action.Aftermath.PASS);
        actions.releaseAll(followed);
        roster.removeNumber(followed);
    }

    /**
     * A packet of a session that is followed, which is about to pass: its ALG reads it, and it is edited.
     *
     * @return 0, or a verdict
     */
    public int pass(HeaderWords words, int total, int session, int direction, ChecksumStatus checksum, long now) {
        settle(now);
        Channel channel = roster.channel(session);
        if (channel == null) {
            return 0;
        }
        int verdict = channel.scope.control().protocol() == Protocol.TCP
                ? connections.pass(channel, words, total, direction, checksum)
                : payloads.pass(channel, words, direction, checksum);
        if (channel.isDone()) {
            letGo(channel);
        }
        bound.settled();
        return verdict;
    }

    /** There is nothing left to do for a channel: its packets take the way of all others again. */
    private void letGo(Channel channel) {
        ByteBuffer chunk = table.chunk(channel.session);
        int at = FlowTable.at(channel.session);
        Record.place(chunk, at, Record.place(chunk, at) & ~Record.FOLLOWED);
        roster.removeSession(channel.session);
        roster.removeNumber(channel);
    }

    /**
     * A SYN of a session that is not followed: if its connection is over, another one begins, which may be a control
     * channel that is.
     *
     * @return whether it is followed now
     */
    public boolean beginsAnew(int session, int direction) {
        if (!services.isEmpty() && isOver(session, direction)) {
            opened(session, direction);
        }
        return roster.channel(session) != null;
    }

    /**
     * Whether the connection of a session is over, so that a SYN begins another one. The remote host alone brings none
     * back that was reset: a forged segment may have done that, and what was bound for it is still there.
     */
    boolean isOver(int session, int direction) {
        long ids = Record.ids(table.chunk(session), FlowTable.at(session));
        ConnectionState state = ConnectionState.of(Record.state(ids));
        return state == ConnectionState.BOTH_FIN || direction == 0 && state == ConnectionState.TRANSITORY;
    }

    /** The connection of a channel has gone from one state to another, by its last segment; maybe the same. */
    public void moved(int session, int before, int after) {
        Channel channel = roster.channel(session);
        if (channel == null || before == after) {
            return;
        }
        ConnectionState state = ConnectionState.of(after);
        if (state == ConnectionState.BOTH_FIN) {
            trackers.end(channel, End.CLOSED);
            actions.releaseAll(channel);
            channel.leave(Action.Aftermath.PASS);
        } else if (state == ConnectionState.TRANSITORY) {
            trackers.end(channel, End.RESET);
        }
    }

    /** A session has ended that was followed; called in the middle of the table's work. */
    public void closed(int session) {
        endings.closed(session, this::forget);
    }

    private void forget(Channel channel) {
        try {
            trackers.end(channel, End.EXPIRED);
        } finally {
            remove(channel);
            connections.forget(channel);
        }
    }

    /** A bound session has ended; called in the middle of the table's work. */
    public void boundClosed(int session) {
        endings.boundClosed(session);
    }

    /** Reads the streams of a control channel, which begin anew, from their start. */
    void restart(Channel channel) {
        trackers.end(channel, End.EXPIRED);
        actions.releaseAll(channel);
        connections.forget(channel);
        channel.restart(trackers.begin(channel.service, channel.scope));
    }

    /** Switches an ALG on. Control channels that are there already are not followed: their beginning was not read. */
    public boolean enable(String name) {
        return turn(name, true);
    }

    /** Switches an ALG off: its calls end at once, its control channels pass like any other session. */
    public boolean disable(String name) {
        return turn(name, false);
    }

    private boolean turn(String name, boolean on) {
        Optional<Service> found = services.named(name);
        found.filter(service -> service.on != on).ifPresent(service -> turn(service, on));
        return found.isPresent();
    }

    private void turn(Service service, boolean on) {
        services.turn(service, on);
        if (!on) {
            roster.channelsOf(service).stream().filter(Channel::isFollowed).forEach(this::turnOff);
            pairs.of(service).forEach(this::turnOff);
            closeShared(service);
            bound.settled();
        }
    }

    /** Nobody can tell any more whose the packets are that come in to a shared port. */
    private void closeShared(Service service) {
        roster.channelsOf(service).stream()
                .map(channel -> channel.session)
                .filter(session -> (Record.place(table.chunk(session), FlowTable.at(session)) & Record.SHARES) != 0)
                .forEach(table::close);
    }

    private void turnOff(Followed followed) {
        trackers.end(followed, End.OFF);
        if (followed.isFollowed()) {
            actions.stop(followed, Action.Aftermath.PASS, CoreNotice.ALG_OFF);
        }
        if (followed instanceof Pair pair) {
            pairs.endIfIdle(pair);
        }
    }

    /** The ALGs, in the order in which they were added. */
    public List<AlgStatus> statuses() {
        return services.statuses();
    }

    /** What the trackers have observed, with what the table knows of it. */
    public List<Finding> findings(long startNanos) {
        Stream<Finding> ofChannels = roster.channels().stream()
                .filter(Channel::isFollowed)
                .flatMap(channel -> channel.tracker.observations().stream()
                        .map(seen -> Findings.of(channel, seen, table, startNanos)));
        Stream<Finding> ofPairs = pairs.all().stream()
                .flatMap(pair ->
                        pair.tracker.observations().stream().map(seen -> Findings.of(pair, seen, table, startNanos)));
        return Stream.concat(ofChannels, ofPairs).toList();
    }

    /** Control channels and pairs that are there, followed or not. */
    public int size() {
        return roster.size() + pairs.all().size();
    }

    /** A segment that was held back, and is next in its stream now: it is to be translated as if it came just now. */
    public @Nullable Ready takeReady() {
        return connections.takeReady();
    }

    /** Bytes of segments that are held, with what it costs to hold them. */
    public int heldBytes() {
        return connections.heldBytes();
    }

    /** The most bytes of segments that may be held. */
    public static int mostHeldBytes() {
        return Connections.MOST_BYTES;
    }

    /** Forgets the segments that are held. */
    public void close() {
        connections.close();
    }

    /** Does what the table has told since. */
    public void settle(long now) {
        trackers.at(now);
        endings.settle();
    }

    /** Does what is due by time, at most so many steps; gives how many are left. */
    public int advance(long now, int budget) {
        settle(now);
        int left = timers.advance(now, connections.advance(now, budget), due);
        settle(now);
        bound.settled();
        return left;
    }

    private void timeUp(Followed followed, int timer) {
        trackers.tell(followed, context -> followed.tracker.onTimer(timer, context));
    }

    /** The tick from which on {@link #advance} has something to do; {@link Long#MAX_VALUE} if there is nothing. */
    public long nextTick() {
        return endings.isEmpty() ? Math.min(timers.nextTick(), connections.nextTick()) : 0;
    }
}
