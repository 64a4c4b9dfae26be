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
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The control channels that are followed for ALGs, and what is bound for them. A session that is followed has a mark in
 * its record, so that all others cost nothing. Not safe for use by several threads.
 */
public final class Channels {
    private static final Actions.Edits NOTHING_PASSES = edit -> false;

    private final FlowTable table;
    private final BoundSessions bound;
    private final RandomGenerator random;
    private final Timers timers = new Timers();
    private final Actions actions;
    private final List<Service> services = new ArrayList<>();
    private final @Nullable Demux[] demuxes = new Demux[256];
    private final IntObjectMap<Channel> bySession = new IntObjectHashMap<>();
    private final IntObjectMap<Channel> byNumber = new IntObjectHashMap<>();
    /** What the table has told in the middle of its work, and is done after it. */
    private final ArrayDeque<Runnable> later = new ArrayDeque<>();

    private final Connections connections;
    private final Payloads payloads = new Payloads(this);
    private final Timers.Due due = this::timeUp;

    private int numbers;
    private long tick;

    /** No channels. */
    public Channels(FlowTable table, RandomGenerator random, Outbox outbox, Notices notices) {
        this.connections = new Connections(this, outbox);
        this.table = table;
        this.bound = table.bound();
        this.random = random;
        this.actions = new Actions(bound, timers, notices);
    }

    /** Adds an ALG, which is on from now. */
    public void add(Alg alg) {
        services.add(new Service(alg, bound.timeoutClass(alg.terms())));
        chooseDemuxes();
    }

    private void chooseDemuxes() {
        Arrays.fill(demuxes, null);
        for (Service service : services) {
            if (service.on) {
                service.alg.demuxes().forEach(demux -> demuxes[demux.protocol()] = demux);
            }
        }
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
        byNumber.put(channel.number, channel);
        service.channels++;
    }

    private Optional<Tracker> tracker(Service service, Scope.Channel scope) {
        try {
            return service.on ? service.alg.follow(scope) : Optional.empty();
        } catch (RuntimeException e) {
            actions.failed(service, scope);
            return Optional.empty();
        }
    }

    private int number() {
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
        bound.settled();
        return verdict;
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

    /** Whether the connection of a channel is over, so that another one may begin at the same endpoints. */
    boolean isOver(Channel channel) {
        long ids = Record.ids(table.chunk(channel.session), FlowTable.at(channel.session));
        return switch (ConnectionState.of(Record.state(ids))) {
            case BOTH_FIN, TRANSITORY, CLOSED -> true;
            case PICKED_UP, INIT_INSIDE, INIT_OUTSIDE, ESTABLISHED, INSIDE_FIN, OUTSIDE_FIN -> false;
        };
    }

    /** Tells a tracker something, and does what it wants; false if the packet at hand is to be refused. */
    boolean tell(Channel channel, Function<Surroundings, List<Action>> call, Actions.Edits edits) {
        try {
            return actions.perform(channel, call.apply(new Surroundings(bound, channel, random, tick)), edits);
        } catch (RuntimeException e) {
            actions.stop(channel, Action.Aftermath.PASS, CoreNotice.ALG_FAILED);
            return true;
        } catch (Error e) {
            actions.stop(channel, Action.Aftermath.PASS, CoreNotice.ALG_FAILED);
            throw e;
        }
    }

    /** The control channel has come to an end, which need not be final. */
    void end(Channel channel, End end) {
        if (channel.isFollowed()) {
            tell(channel, context -> channel.tracker.onEnd(end, context), NOTHING_PASSES);
        }
    }

    /** A session has ended that was followed; called in the middle of the table's work. */
    public void closed(int session) {
        Channel channel = bySession.remove(session);
        if (channel != null) {
            channel.service.channels--;
            later.add(() -> forget(channel));
        }
    }

    private void forget(Channel channel) {
        try {
            end(channel, End.EXPIRED);
        } finally {
            channel.leave(Action.Aftermath.PASS);
            actions.releaseAll(channel);
            connections.forget(channel);
            byNumber.remove(channel.number);
        }
    }

    /** A bound session has ended; called in the middle of the table's work. */
    public void boundClosed(int session) {
        Channel channel = byNumber.get(bound.channel(session));
        if (channel == null) {
            return;
        }
        ByteBuffer chunk = table.chunk(session);
        int at = FlowTable.at(session);
        channel.bytesBefore += Record.bytes(chunk, at, 0) + Record.bytes(chunk, at, 1);
        channel.bound.entrySet().stream()
                .filter(entry -> entry.getValue() == session)
                .map(Map.Entry::getKey)
                .findFirst()
                .ifPresent(key -> unbound(channel, key));
    }

    private void unbound(Channel channel, long key) {
        channel.bound.remove(key);
        channel.service.bound--;
        if (!actions.isReleasing()) {
            // before the end of its channel, whose tracker would release what is not there any more
            later.addFirst(() -> idle(channel, key));
        }
    }

    private void idle(Channel channel, long key) {
        if (channel.isFollowed()) {
            tell(
                    channel,
                    context -> channel.tracker.onIdle(
                            Channel.protocolOf(key), Channel.identifierOf(key) & 0xffff_ffffL, context),
                    NOTHING_PASSES);
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
            bound.settled();
        }
    }

    private void turnOff(Channel channel) {
        end(channel, End.OFF);
        actions.stop(channel, Action.Aftermath.PASS, CoreNotice.ALG_OFF);
    }

    /** The ALGs, in the order in which they were added. */
    public List<AlgStatus> statuses() {
        return services.stream().map(Service::status).toList();
    }

    /** What the trackers have observed, with what the table knows of it. */
    public List<Finding> findings(long startNanos) {
        return bySession.values().stream()
                .filter(Channel::isFollowed)
                .flatMap(channel -> channel.tracker.observations().stream()
                        .map(seen -> Findings.of(channel, seen, table, startNanos)))
                .toList();
    }

    /** Control channels that are there, followed or not. */
    public int size() {
        return bySession.size();
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

    private void timeUp(Channel channel, int timer) {
        tell(channel, context -> channel.tracker.onTimer(timer, context), NOTHING_PASSES);
    }

    /** The tick from which on {@link #advance} has something to do; {@link Long#MAX_VALUE} if there is nothing. */
    public long nextTick() {
        return later.isEmpty() ? Math.min(timers.nextTick(), connections.nextTick()) : 0;
    }
}
