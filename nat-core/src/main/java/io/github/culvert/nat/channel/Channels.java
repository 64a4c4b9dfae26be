package io.github.culvert.nat.channel;

import io.github.culvert.nat.alg.Action;
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
import io.github.culvert.nat.wire.UdpLayout;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The control channels that are followed for ALGs, and what is bound for them. A session that is followed has a mark in
 * its record, so that all others cost nothing. Not safe for use by several threads.
 */
public final class Channels {
    static final Actions.Edits NOTHING_PASSES = edit -> false;

    /** How many channels of one inside host are followed: each costs about a kilobyte, and a SYN is enough to have one. */
    static final int MOST_OF_HOST = 1024;

    private final FlowTable table;
    private final BoundSessions bound;
    private final RandomGenerator random;
    private final Timers timers = new Timers();
    private final Actions actions;
    private final Notices notices;
    private final List<Service> services = new ArrayList<>();
    private final @Nullable Demux[] demuxes = new Demux[256];
    private final SharedServices shared = new SharedServices();

    // not open addressing by the number itself: numbers in sequence make one run, and a removal goes to the end of it
    private final Map<Integer, Channel> bySession = new HashMap<>();
    private final Map<Integer, Followed> byNumber = new HashMap<>();
    private final HostCounts ofHost = new HostCounts();
    /** What the table has told in the middle of its work, and is done after it. */
    private final ArrayDeque<Runnable> later = new ArrayDeque<>();

    private final Connections connections;
    private final Payloads payloads = new Payloads(this);
    private final Pairs pairs;
    private final Timers.Due due = this::timeUp;

    private int numbers;
    private long tick;

    /** No channels. */
    public Channels(FlowTable table, RandomGenerator random, Outbox outbox, Notices notices) {
        this.connections = new Connections(this, outbox);
        this.table = table;
        this.bound = table.bound();
        this.random = random;
        this.notices = notices;
        this.actions = new Actions(bound, timers, notices);
        this.pairs = new Pairs(this, table, notices);
    }

    /** Adds an ALG, which is on from now. */
    public void add(Alg alg) {
        services.add(new Service(alg, bound.timeoutClass(alg.terms())));
        chooseDemuxes();
    }

    private void chooseDemuxes() {
        Arrays.fill(demuxes, null);
        shared.clear();
        pairs.forgetServices();
        for (Service service : services) {
            if (service.on) {
                service.alg.demuxes().forEach(demux -> choose(service, demux));
            }
        }
    }

    private void choose(Service service, Demux demux) {
        if (demux.protocol() == UdpLayout.PROTOCOL) {
            shared.add(service.alg, demux);
            return;
        }
        demuxes[demux.protocol()] = demux;
        pairs.serve(demux.protocol(), demux.unbound() == Demux.Unbound.TOLD ? service : null);
    }

    /** Ports that inside hosts share. */
    public SharedServices shared() {
        return shared;
    }

    /** The session of the control channel that a bound session belongs to, or 0. */
    public int sessionOf(int boundSession) {
        Followed followed = byNumber.get(bound.channel(boundSession));
        // a channel whose session has ended may still be known by its number
        return followed instanceof Channel channel && bySession.get(channel.session) == channel ? channel.session : 0;
    }

    /** Pairs of hosts that are followed. */
    public Pairs pairs() {
        return pairs;
    }

    /** By protocol number, what finds the identifiers of packets without ports; the array stays the same. */
    public @Nullable Demux[] demuxes() {
        return demuxes;
    }

    /** A session has been opened by a packet that went in a direction: it is followed if it is a control channel. */
    public void opened(int session, int direction) {
        ByteBuffer chunk = table.chunk(session);
        int at = FlowTable.at(session);
        if (services.isEmpty() || (Record.place(chunk, at) & Record.OWN) != 0) {
            return;
        }
        tick = table.tick();
        long ids = Record.ids(chunk, at);
        int port = direction == 0 ? Record.remoteId(ids) : Record.insideId(ids);
        for (Service service : services) {
            for (Control control : service.alg.controls()) {
                if (service.on && control.port() == port && control.protocol().number() == Record.protocol(ids)) {
                    follow(service, scope(control, session, direction), session);
                    return;
                }
            }
        }
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
        if (ofHost.of(scope.insideEnd().address().bits()) == MOST_OF_HOST) {
            notices.report(service.alg.name(), scope, CoreNotice.ALG_NO_ROOM);
            return;
        }
        Optional<Tracker> tracker = tracker(service, scope);
        if (tracker.isEmpty()) {
            return;
        }
        ByteBuffer chunk = table.chunk(session);
        int at = FlowTable.at(session);
        int place = Record.place(chunk, at);
        Record.place(chunk, at, place | Record.FOLLOWED);
        Channel channel =
                new Channel(number(), service, scope, tracker.get(), session, Record.publicIndex(place), tick);
        bySession.put(session, channel);
        add(channel);
    }

    /** A tracker for a scope; none if it is not to be followed, or its ALG is off or threw. */
    Optional<Tracker> tracker(Service service, Scope scope) {
        try {
            return service.on ? service.alg.follow(scope) : Optional.empty();
        } catch (RuntimeException e) {
            notices.report(service.alg.name(), scope, CoreNotice.ALG_FAILED);
            return Optional.empty();
        }
    }

    void add(Followed followed) {
        byNumber.put(followed.number, followed);
        count(followed, 1);
    }

    /** All that is there for a scope ends, and it is followed no longer. */
    void remove(Followed followed) {
        followed.leave(Action.Aftermath.PASS);
        actions.releaseAll(followed);
        byNumber.remove(followed.number);
    }

    int number() {
        do {
            numbers = numbers == Integer.MAX_VALUE ? 1 : numbers + 1;
        } while (byNumber.containsKey(numbers));
        return numbers;
    }

    /**
     * A packet of a session that is followed, which is about to pass: its ALG reads it, and it is edited.
     *
     * @return 0, or a verdict
     */
    public int pass(HeaderWords words, int total, int session, int direction, ChecksumStatus checksum, long now) {
        settle(now);
        Channel channel = bySession.get(session);
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
        bySession.remove(channel.session);
        byNumber.remove(channel.number);
        count(channel, -1);
    }

    private void count(Followed followed, int change) {
        followed.service.channels += change;
        if (followed instanceof Channel channel) {
            ofHost.add(channel.inside(), change);
        }
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
        return bySession.containsKey(session);
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
        Channel channel = bySession.get(session);
        if (channel == null || before == after) {
            return;
        }
        ConnectionState state = ConnectionState.of(after);
        if (state == ConnectionState.BOTH_FIN) {
            end(channel, End.CLOSED);
            actions.releaseAll(channel);
            channel.leave(Action.Aftermath.PASS);
        } else if (state == ConnectionState.TRANSITORY) {
            end(channel, End.RESET);
        }
    }

    /** Tells a tracker something, and does what it wants; false if the packet at hand is to be refused. */
    boolean tell(Followed followed, Function<Surroundings, List<Action>> call, Actions.Edits edits) {
        try {
            return actions.perform(followed, call.apply(new Surroundings(bound, followed, random, tick)), edits);
        } catch (RuntimeException e) {
            actions.stop(followed, Action.Aftermath.PASS, CoreNotice.ALG_FAILED);
            return true;
        } catch (Error e) {
            actions.stop(followed, Action.Aftermath.PASS, CoreNotice.ALG_FAILED);
            throw e;
        } finally {
            if (followed instanceof Pair pair) {
                pairs.endIfIdle(pair);
            }
        }
    }

    /** A scope has come to an end, which need not be final. */
    void end(Followed followed, End end) {
        if (followed.isFollowed()) {
            tell(followed, context -> followed.tracker.onEnd(end, context), NOTHING_PASSES);
        }
    }

    /** A session has ended that was followed; called in the middle of the table's work. */
    public void closed(int session) {
        Channel channel = bySession.remove(session);
        if (channel != null) {
            count(channel, -1);
            later.add(() -> forget(channel));
        }
    }

    private void forget(Channel channel) {
        try {
            end(channel, End.EXPIRED);
        } finally {
            remove(channel);
            connections.forget(channel);
        }
    }

    /** A bound session has ended; called in the middle of the table's work. */
    public void boundClosed(int session) {
        Followed followed = byNumber.get(bound.channel(session));
        if (followed == null) {
            return;
        }
        ByteBuffer chunk = table.chunk(session);
        int at = FlowTable.at(session);
        int inside = Record.insideAddress(Record.parties(chunk, at));
        if (followed instanceof Channel channel) {
            channel.bytesBefore += Record.bytes(chunk, at, 0) + Record.bytes(chunk, at, 1);
        } else if (followed instanceof Pair pair) {
            pair.count(inside, -1);
        }
        followed.service.bound--;
        int protocol = Record.protocol(Record.ids(chunk, at));
        if (bound.letsIn(session)) {
            unbound(followed, Followed.key(protocol, bound.outsideId(session)));
        } else if (followed instanceof Pair pair) {
            unopened(pair, inside, bound.remoteId(session));
        }
    }

    private void unbound(Followed followed, long key) {
        followed.bound.remove(key);
        tellLater(
                followed,
                followed.untold,
                key,
                context -> followed.tracker.onIdle(
                        Followed.protocolOf(key), Followed.identifierOf(key) & 0xffff_ffffL, context));
    }

    private void unopened(Pair pair, int inside, int remoteId) {
        long way = Pair.way(inside, remoteId);
        pair.opened.remove(way);
        tellLater(
                pair,
                pair.untoldWays,
                way,
                context -> pair.tracker.onIdleOut(
                        pair.scope.protocol(), new Ipv4Address(inside), remoteId & 0xffff_ffffL, context));
    }

    /** What has ended by itself, and was not released, the tracker is told once the table is whole again. */
    private void tellLater(Followed followed, Set<Long> untold, long key, Function<Surroundings, List<Action>> call) {
        if (!actions.isReleasing()) {
            untold.add(key);
            // before the end of its channel, whose tracker would release what is not there any more
            later.addFirst(() -> {
                untold.remove(key);
                if (followed.isFollowed()) {
                    tell(followed, call, NOTHING_PASSES);
                } else if (followed instanceof Pair pair) {
                    pairs.endIfIdle(pair);
                }
            });
        }
    }

    /** Reads the streams of a control channel, which begin anew, from their start. */
    void restart(Channel channel) {
        end(channel, End.EXPIRED);
        actions.releaseAll(channel);
        connections.forget(channel);
        channel.restart(tracker(channel.service, channel.scope));
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
        Optional<Service> found = services.stream()
                .filter(service -> service.alg.name().equals(name))
                .findFirst();
        found.filter(service -> service.on != on).ifPresent(service -> turn(service, on));
        return found.isPresent();
    }

    private void turn(Service service, boolean on) {
        service.on = on;
        chooseDemuxes();
        if (!on) {
            List.copyOf(bySession.values()).stream()
                    .filter(channel -> channel.service == service && channel.isFollowed())
                    .forEach(this::turnOff);
            pairs.of(service).forEach(this::turnOff);
            closeShared(service);
            bound.settled();
        }
    }

    /** Nobody can tell any more whose the packets are that come in to a shared port. */
    private void closeShared(Service service) {
        List.copyOf(bySession.values()).stream()
                .filter(channel -> channel.service == service)
                .map(channel -> channel.session)
                .filter(session -> (Record.place(table.chunk(session), FlowTable.at(session)) & Record.SHARES) != 0)
                .forEach(table::close);
    }

    private void turnOff(Followed followed) {
        end(followed, End.OFF);
        if (followed.isFollowed()) {
            actions.stop(followed, Action.Aftermath.PASS, CoreNotice.ALG_OFF);
        }
        if (followed instanceof Pair pair) {
            pairs.endIfIdle(pair);
        }
    }

    /** The ALGs, in the order in which they were added. */
    public List<AlgStatus> statuses() {
        return services.stream().map(Service::status).toList();
    }

    /** What the trackers have observed, with what the table knows of it. */
    public List<Finding> findings(long startNanos) {
        Stream<Finding> ofChannels = bySession.values().stream()
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
        return bySession.size() + pairs.all().size();
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

    long tick() {
        return tick;
    }

    /** Does what the table has told since. */
    public void settle(long now) {
        tick = Math.max(tick, now);
        for (Runnable next = later.poll(); next != null; next = later.poll()) {
            next.run();
            bound.settled();
        }
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
        tell(followed, context -> followed.tracker.onTimer(timer, context), NOTHING_PASSES);
    }

    /** The tick from which on {@link #advance} has something to do; {@link Long#MAX_VALUE} if there is nothing. */
    public long nextTick() {
        return later.isEmpty() ? Math.min(timers.nextTick(), connections.nextTick()) : 0;
    }
}
