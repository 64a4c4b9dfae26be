package io.github.culvert.nat.table;

import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.EXT2;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.alg.Terms;
import io.github.culvert.nat.config.Limits;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.mapping.PortlessSession;
import io.github.culvert.nat.packet.Ipv4Prefix;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.table.BoundModel.Bound;
import io.github.culvert.nat.table.BoundModel.Key;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Does things at random to bound sessions and their model, and compares them after each. */
final class BoundRun {
    private static final Duration REST = Duration.ofSeconds(2);
    /** The second protocol has identifiers that do not fit into 16 bits. */
    private static final int[] PROTOCOLS = {47, 115};

    private final SplittableRandom random;
    private final int mostPerHost;
    private final BoundModel model = new BoundModel();
    private final FlowTable table;
    private final BoundSessions bound;
    private final int[] classes;
    private final long[] idle = {Ticks.ofTimeout(Duration.ofSeconds(3)), Ticks.ofTimeout(Duration.ofSeconds(20))};

    BoundRun(long seed, Limits limits, int mostPerHost) {
        this.random = new SplittableRandom(seed);
        this.mostPerHost = mostPerHost;
        NatConfig config = NatConfig.of(List.of(Ipv4Prefix.parse("10.0.0.0/8")), List.of(EXT1, EXT2))
                .withLimits(limits);
        this.table = new FlowTable(config, random.split(), model);
        this.bound = table.bound();
        this.classes = new int[] {
            bound.timeoutClass(new Terms(Duration.ofSeconds(3), REST, mostPerHost)),
            bound.timeoutClass(new Terms(Duration.ofSeconds(20), Duration.ZERO, mostPerHost))
        };
    }

    void play(int steps) {
        for (int step = 0; step < steps; step++) {
            act();
            check();
        }
        table.advance(model.tick, Integer.MAX_VALUE);
        new ArrayList<>(model.held.keySet()).forEach(this::unhold);
        // what ends late rests from then on
        advance(1 << 20);
        advance(1 << 20);
        check();
        assertThat(model.sessions).isEmpty();
        for (int ref = 1; ref < table.snapshots().end(); ref++) {
            assertThat(Record.ids(table.chunk(ref), FlowTable.at(ref)) & Record.KIND_MASK)
                    .as("kind of record %d", ref)
                    .isEqualTo(Record.FREE);
        }
    }

    private void act() {
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> bind(key());
            case 4, 5 -> learn();
            case 6 -> hold(key());
            case 7 -> unhold(key());
            case 8 -> release();
            case 9 -> refresh();
            case 10 -> rarely();
            default -> advance(random.nextInt(4) == 0 ? random.nextInt(5_000) : random.nextInt(100));
        }
    }

    private void rarely() {
        switch (random.nextInt(20)) {
            case 0 -> lapse();
            case 1 -> swapAddress();
            case 2, 3, 4, 5, 6 -> plain();
            default -> any().forEach(table::close);
        }
    }

    private Key key() {
        int address = (random.nextBoolean() ? EXT1 : EXT2).bits();
        int protocol = PROTOCOLS[random.nextInt(2)];
        return new Key(address, 0x08080801 + random.nextInt(2), protocol, id(protocol));
    }

    private int id(int protocol) {
        return random.nextInt(4) << (protocol == 47 ? 14 : 30);
    }

    private int channel() {
        return 1 + random.nextInt(3);
    }

    private List<Integer> any() {
        List<Integer> all = new ArrayList<>(model.sessions.keySet());
        return all.isEmpty() ? all : List.of(all.get(random.nextInt(all.size())));
    }

    private int index(Key key) {
        return table.publicIndex(key.address());
    }

    private void bind(Key in) {
        int inside = 0x0a000001 + random.nextInt(4);
        int which = random.nextInt(2);
        int insideId = id(in.protocol());
        int channel = channel();
        int expected = expected(in, inside, classes[which], channel);
        assertThat(bound.hasRoom(inside, classes[which], 1)).isEqualTo(hasRoom(inside, classes[which]));
        int ref = bound.bind(inside, index(in), in.remote(), in.protocol(), insideId, in.id(), classes[which], channel);
        if (expected != 0) {
            assertThat(ref).isEqualTo(expected);
            return;
        }
        assertThat(ref).isPositive();
        Bound made = new Bound(in, inside, insideId, channel, classes[which], model.tick);
        made.rest = which == 0 ? Ticks.ofTimeout(REST) : 0;
        model.sessions.put(ref, made);
        model.held.remove(in);
        model.resting.remove(in);
    }

    private boolean hasRoom(int inside, int timeoutClass) {
        return model.count(inside, timeoutClass) < mostPerHost
                && model.sessions.size() + model.plain.size()
                        < table.tuning().limits().sessions();
    }

    private int expected(Key in, int inside, int timeoutClass, int channel) {
        if (!model.isFree(in, channel)) {
            return ~Refusal.PROTOCOL_BUSY.ordinal();
        }
        if (hasRoom(inside, timeoutClass)) {
            return 0;
        }
        boolean full = model.count(inside, timeoutClass) >= mostPerHost;
        return ~(full ? Refusal.HOST_SESSION_LIMIT : Refusal.SESSION_LIMIT).ordinal();
    }

    private void learn() {
        for (int ref : any()) {
            Bound session = model.sessions.get(ref);
            session.remoteId = id(session.in.protocol());
            assertThat(bound.learn(ref, session.remoteId)).isTrue();
        }
    }

    private void hold(Key in) {
        int channel = channel();
        boolean free = model.isFree(in, channel);
        assertThat(bound.hold(index(in), in.remote(), in.protocol(), in.id(), channel))
                .isEqualTo(free);
        if (free) {
            model.held.put(in, channel);
            model.resting.remove(in);
        }
    }

    private void unhold(Key in) {
        int channel = model.held.getOrDefault(in, channel());
        bound.unhold(index(in), in.remote(), in.protocol(), in.id(), channel);
        model.held.remove(in);
    }

    private void release() {
        for (int ref : any()) {
            int rest = random.nextInt(3) == 0 ? 0 : random.nextInt(3_000);
            model.sessions.get(ref).rest = rest;
            bound.release(ref, rest);
        }
    }

    private void refresh() {
        for (int ref : any()) {
            bound.refresh(ref);
            model.sessions.get(ref).stamp = model.tick;
        }
    }

    private void advance(int ticks) {
        model.tick += ticks;
        table.advance(model.tick, Integer.MAX_VALUE);
        model.resting.values().removeIf(until -> until <= model.tick);
        model.sessions
                .values()
                .forEach(session -> assertThat(
                                session.stamp + idle[session.timeoutClass - classes[0]] >> TimerWheel.BUCKET_TICK_BITS)
                        .isGreaterThanOrEqualTo(model.tick >> TimerWheel.BUCKET_TICK_BITS));
    }

    private void lapse() {
        model.tick += 10;
        table.lapse(model.tick);
        assertThat(model.sessions).isEmpty();
        model.plain.clear();
        model.resting.clear();
    }

    /** An address goes, with all that is bound, held and rests there, and comes again. */
    private void swapAddress() {
        table.addresses().remove(EXT2);
        assertThat(model.sessions.values()).noneMatch(session -> session.in.address() == EXT2.bits());
        model.held.keySet().removeIf(in -> in.address() == EXT2.bits());
        model.resting.keySet().removeIf(in -> in.address() == EXT2.bits());
        table.addresses().add(EXT2);
    }

    /** A session without identifiers between the same addresses goes its own way. */
    private void plain() {
        long parties = Keys.parties(0x0a000001, 0x08080801);
        long ids = Keys.ids(0, 47, 0);
        if (table.find(parties, ids) == 0) {
            int ref = table.openBound(parties, ids, TimeoutClass.PORTLESS);
            if (ref > 0) {
                model.plain.add(ref);
                assertThat(table.find(parties, ids)).isEqualTo(ref);
            }
        }
    }

    private void check() {
        table.at(model.tick);
        assertThat(table.sessionCount()).isEqualTo(model.sessions.size() + model.plain.size());
        model.isTold();
        Set<Integer> hosts = model.sessions.values().stream()
                .map(session -> session.inside)
                .collect(Collectors.toCollection(HashSet::new));
        if (!model.plain.isEmpty()) {
            hosts.add(0x0a000001);
        }
        assertThat(table.hostCount()).isEqualTo(hosts.size());
        model.sessions.forEach(this::session);
        for (int address : new int[] {EXT1.bits(), EXT2.bits(), 0x0a000001, 0x0a000002, 0x0a000003, 0x0a000004}) {
            for (int id = 0; id < 4; id++) {
                key(new Key(address, 0x08080801, 47, id << 14));
                key(new Key(address, 0x08080802, 115, id << 30));
            }
        }
    }

    private void session(int ref, Bound session) {
        assertThat(bound.channel(ref)).isEqualTo(session.channel);
        assertThat(bound.insideId(ref)).isEqualTo(session.insideId);
        assertThat(bound.outsideId(ref)).isEqualTo(session.in.id());
        PortlessSession shown = table.snapshots().portless(ref, model.tick);
        assertThat(shown.idleNanos()).isEqualTo(Ticks.nanos(model.tick - session.stamp));
        assertThat(shown.identifiers()).hasValueSatisfying(ids -> {
            assertThat(ids.outside()).isEqualTo(Integer.toUnsignedLong(session.in.id()));
            assertThat(ids.remote().isPresent()).isEqualTo(session.remoteId != null);
        });
    }

    private void key(Key key) {
        for (Role role : Role.values()) {
            int found = bound.find(role, key.address(), key.remote(), key.protocol(), key.id());
            List<Integer> possible = model.ofRole(role, key);
            if (possible.isEmpty() || role.isQuoted() && possible.size() > 1) {
                assertThat(found).as("%s %s", role, key).isZero();
            } else {
                assertThat(possible).as("%s %s", role, key).contains(found);
            }
        }
        if (table.publicIndex(key.address()) >= 0) {
            assertThat(bound.isFree(index(key), key.remote(), key.protocol(), key.id(), 1))
                    .as("%s free", key)
                    .isEqualTo(model.isFree(key, 1));
        }
    }
}
