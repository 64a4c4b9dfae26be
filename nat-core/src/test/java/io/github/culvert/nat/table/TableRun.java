package io.github.culvert.nat.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.Assignment;
import io.github.culvert.nat.config.Limits;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.config.Timeouts;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Prefix;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.table.TableModel.Flow;
import io.github.culvert.nat.table.TableModel.Held;
import io.github.culvert.nat.table.TableModel.Idle;
import io.github.culvert.nat.table.TableModel.Inside;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A random life of a table beside its model. */
final class TableRun {
    private static final Duration SECOND = Duration.ofSeconds(1);
    static final Timeouts TIMEOUTS = Timeouts.of(
                    SECOND.multipliedBy(3), SECOND.multipliedBy(100), SECOND, SECOND.multipliedBy(2), SECOND, SECOND)
            .withPortless(SECOND.multipliedBy(2));

    private final SplittableRandom random;
    private final Limits limits;
    private final List<Ipv4Address> pool;
    private final boolean isPoolFixed;
    private final Choices choices;
    private final TableModel model;
    private final FlowTable table;
    private final Snapshots snapshots;
    private final Forwards forwards;
    private final TableCheck check;
    private int interval = 1;
    private int slowness = 1;
    private long tick;

    TableRun(long seed, Limits limits, List<Ipv4Address> pool, Choices.Scope scope) {
        this(seed, NatConfig.of(List.of(Ipv4Prefix.parse("10.0.0.0/24")), pool).withLimits(limits), scope);
    }

    TableRun(long seed, NatConfig given, Choices.Scope scope) {
        NatConfig config = given.withTimeouts(TIMEOUTS);
        this.random = new SplittableRandom(seed);
        this.limits = config.limits();
        this.pool = new ArrayList<>(config.publicAddresses());
        this.isPoolFixed = config.identifiers().assignment() instanceof Assignment.Deterministic;
        this.choices = new Choices(random, pool, scope);
        this.model = new TableModel(config);
        this.table = new FlowTable(config, random.split(), model);
        this.snapshots = table.snapshots();
        this.forwards = table.forwards();
        this.check = new TableCheck(table, model);
        model.watch(snapshots);
    }

    /** Compares everything only after so many steps. */
    TableRun every(int steps) {
        interval = steps;
        return this;
    }

    /** Lets so much less time pass between steps, so that more is live at a time. */
    TableRun slower(int times) {
        slowness = times;
        return this;
    }

    void play(int steps) {
        for (int step = 0; step < steps; step++) {
            act();
            check.counts();
            if (step % interval == 0) {
                check.everything(tick);
            }
            model.mayClose.clear();
            model.mayBeUnbound.clear();
        }
        end();
    }

    private void act() {
        if (!isPoolFixed && random.nextInt(40) == 0) {
            changePool();
        }
        switch (random.nextInt(24)) {
            case 0 -> pass(random.nextLong(2_000) / slowness, 1 + random.nextInt(20));
            case 1 -> pass(random.nextLong(200) / slowness, Integer.MAX_VALUE);
            case 2 -> pass(random.nextInt(20 * slowness) == 0 ? 1L << 22 : 5, Integer.MAX_VALUE);
            case 3 -> closeOne();
            case 4 -> addForward();
            case 5 -> removeForward();
            case 6 -> reserve();
            case 7 ->
                forwards.release(
                        choices.protocol(), table.publicIndex(pool.get(0).bits()), 0, 5);
            case 8, 9, 10, 11, 12 -> inbound();
            case 20 -> lease();
            case 21 -> release();
            case 22, 23 -> portless();
            default -> outbound();
        }
        model.reserved.removeIf(endpoint -> !isReserved(endpoint));
    }

    private boolean isReserved(Inside outside) {
        int index = table.publicIndex(outside.endpoint().address().bits());
        int identifier = (int) outside.endpoint().identifier();
        return FlowTable.isReserved(table.owner(index, outside.protocol().number(), identifier));
    }

    /** A public address comes or goes; one that is named by a forward or a reservation stays. */
    private void changePool() {
        if (pool.size() < 5 && random.nextBoolean()) {
            Ipv4Address added = new Ipv4Address(0xc6336400 + random.nextInt(1 << 20));
            if (!pool.contains(added)) {
                mayClose(added);
                table.addresses().add(added);
                pool.add(added);
            }
            return;
        }
        Ipv4Address removed = pool.get(random.nextInt(pool.size()));
        mayClose(removed);
        try {
            table.addresses().remove(removed);
        } catch (IllegalStateException named) {
            assertThat(pool.size() == 1 || model.isNamed(removed)).isTrue();
            return;
        }
        assertThat(model.isNamed(removed)).isFalse();
        assertThat(table.publicIndex(removed.bits())).isEqualTo(-1);
        pool.remove(removed);
        assertThat(model.publicOf.values()).doesNotContain(removed);
    }

    /** What goes out to a public address, or is there. */
    private void mayClose(Ipv4Address outside) {
        model.sessions.keySet().stream()
                .filter(flow -> flow.remote().address().equals(outside)
                        || model.mappings.get(flow.inside()).outside().address().equals(outside))
                .forEach(model.mayClose::add);
        model.portless.keySet().stream()
                .filter(bound -> bound.remote().equals(outside)
                        || model.publicOf.get(bound).equals(outside))
                .forEach(model.mayBeUnbound::add);
    }

    private void pass(long ticks, int budget) {
        tick += ticks;
        model.tick = tick;
        int left = table.advance(tick, budget);
        if (left > 0) {
            check.nothingIsLate(tick);
        }
    }

    private void outbound() {
        Inside inside = choices.inside();
        use(new Flow(inside, choices.remote(inside.protocol())));
    }

    /** What the data path does with a packet of a flow that is let in. */
    private void use(Flow flow) {
        long parties = check.parties(flow);
        long ids = check.ids(flow);
        int ref = table.find(parties, ids);
        assertThat(ref != 0).isEqualTo(model.sessions.containsKey(flow));
        boolean live = ref != 0 && table.age(ref, tick);
        assertThat(live).isEqualTo(ref != 0 && !expired(flow));
        if (live) {
            hit(flow, ref);
            return;
        }
        if (ref != 0) {
            table.close(ref);
        }
        table.settle(tick);
        TimeoutClass timeout = TimeoutClass.values()[random.nextInt(TimeoutClass.values().length)];
        int opened = table.open(parties, ids, timeout, 0);
        assertThat(opened > 0).isEqualTo(model.sessions.containsKey(flow));
        if (opened < 0) {
            checkRefusal(Refusal.of(~opened), flow);
        }
    }

    private boolean expired(Flow flow) {
        Idle idle = model.sessions.get(flow);
        return tick >= idle.end();
    }

    private void hit(Flow flow, int ref) {
        ByteBuffer chunk = table.chunk(ref);
        int at = FlowTable.at(ref);
        Record.stamp(chunk, at, (int) tick);
        model.sessions.get(flow).use(tick);
    }

    private void checkRefusal(Refusal refusal, Flow flow) {
        Ipv4Address host = flow.inside().endpoint().address();
        boolean justified = switch (refusal) {
            case HOST_LIMIT -> model.hosts() >= limits.hosts() && model.mappingsOf(host) == 0;
            case HOST_MAPPING_LIMIT -> model.mappingsOf(host) >= limits.mappingsPerHost();
            case HOST_SESSION_LIMIT -> model.sessionsOf(host) >= limits.sessionsPerHost();
            case IDENTIFIERS_EXHAUSTED, ADDRESSES_EXHAUSTED -> choices.areMany();
            case SESSION_LIMIT -> model.sessions.size() + model.portless.size() >= limits.sessions();
            default -> false;
        };
        assertThat(justified).as("%s for %s", refusal, flow).isTrue();
    }

    /** A packet to some public endpoint, often one that is mapped. */
    private void inbound() {
        Inside target = choices.inside();
        Held held = model.mappings.get(target);
        Endpoint outside = held == null
                ? new Endpoint(
                        pool.get(random.nextInt(pool.size())), target.endpoint().identifier())
                : held.outside();
        int index = table.publicIndex(outside.address().bits());
        int owner = table.owner(index, target.protocol().number(), (int) outside.identifier());
        if (owner > 0 && table.isExpired(owner)) {
            table.close(owner);
        } else if (owner > 0) {
            inboundTo(owner, choices.remote(target.protocol()));
        }
    }

    private void inboundTo(int owner, Endpoint remote) {
        var mapping = snapshots.mapping(owner);
        Inside inside = new Inside(mapping.protocol(), mapping.inside());
        assertThat(model.mappings.get(inside)).isEqualTo(new Held(mapping.outside(), mapping.permanent()));
        assertThat(table.isOpenToAll(owner)).isEqualTo(mapping.permanent() || mapping.temporary());
        Flow flow = new Flow(inside, remote);
        boolean known = table.knows(check.parties(flow), check.ids(flow));
        if (known) {
            assertThat(model.knew(inside, remote.address(), 64)).isTrue();
        } else if (model.knows(inside, remote.address())) {
            assertThat(table.nextTick())
                    .as("in doubt until the wheel has come round")
                    .isLessThanOrEqualTo(tick);
        }
        if (known || table.isOpenToAll(owner)) {
            use(flow);
        }
    }

    private void lease() {
        Inside inside = choices.inside();
        Endpoint suggested = new Endpoint(pool.get(random.nextInt(pool.size())), 1 + random.nextInt(8));
        Duration lifetime = Duration.ofMillis(1 + random.nextInt(4_000));
        int ref = table.leases()
                .request(inside.protocol(), inside.endpoint(), random.nextBoolean() ? suggested : null, lifetime);
        assertThat(ref > 0).isEqualTo(model.mappings.containsKey(inside));
        if (ref < 0) {
            checkRefusal(Refusal.of(~ref), new Flow(inside, inside.endpoint()));
        } else if (!model.mappings.get(inside).permanent()) {
            model.leases.put(inside, tick + Ticks.ofTimeout(lifetime));
        }
    }

    private void release() {
        List<Inside> leased = List.copyOf(model.leases.keySet());
        Inside inside = leased.isEmpty() ? choices.inside() : leased.get(random.nextInt(leased.size()));
        boolean live = model.leases.getOrDefault(inside, 0L) > tick;
        assertThat(table.leases().release(inside.protocol(), inside.endpoint())).isEqualTo(live);
        if (live) {
            model.leases.remove(inside);
        }
    }

    private void portless() {
        int protocol = 50 + random.nextInt(2);
        Ipv4Address host = choices.inside().endpoint().address();
        Ipv4Address remote = choices.remote(Protocol.ICMP).address();
        long parties = Keys.parties(host.bits(), remote.bits());
        long ids = Keys.ids(0, protocol, 0);
        TableModel.Bound bound = new TableModel.Bound(protocol, host, remote);
        int ref = table.find(parties, ids);
        Idle idle = model.portless.get(bound);
        assertThat(ref != 0).isEqualTo(idle != null);
        if (idle != null && tick < idle.end()) {
            Record.stamp(table.chunk(ref), FlowTable.at(ref), (int) tick);
            idle.use(tick);
            return;
        }
        if (ref != 0) {
            table.close(ref);
        }
        table.settle(tick);
        int opened = table.openBound(parties, ids, TimeoutClass.PORTLESS);
        if (opened > 0) {
            Ipv4Address outside = model.publicOf.get(bound);
            assertThat(table.findBound(outside.bits(), remote.bits(), protocol)).isEqualTo(opened);
        } else if (Refusal.of(~opened) == Refusal.PROTOCOL_BUSY) {
            assertThat(model.holds(protocol, remote)).isTrue();
        } else {
            checkRefusal(
                    Refusal.of(~opened),
                    new Flow(
                            new Inside(Protocol.UDP, new Endpoint(host, 0)),
                            choices.inside().endpoint()));
        }
    }

    private void closeOne() {
        List<Flow> flows = new ArrayList<>(model.sessions.keySet());
        if (!flows.isEmpty()) {
            Flow flow = flows.get(random.nextInt(flows.size()));
            model.mayClose.add(flow);
            table.close(table.find(check.parties(flow), check.ids(flow)));
            assertThat(model.sessions).doesNotContainKey(flow);
        }
    }

    private void addForward() {
        StaticForward forward = choices.forward();
        Inside inside = new Inside(forward.protocol(), forward.inside());
        Inside outside = new Inside(forward.protocol(), forward.outside());
        boolean full = model.hosts() >= limits.hosts();
        boolean free = !model.mappings.containsKey(inside) && !model.isTaken(outside);
        try {
            forwards.add(forward);
        } catch (IllegalStateException refused) {
            assertThat(free && !full).isFalse();
            return;
        }
        assertThat(model.mappings.get(inside)).isEqualTo(new Held(forward.outside(), true));
    }

    private void removeForward() {
        List<Inside> permanent = model.mappings.keySet().stream()
                .filter(inside -> model.mappings.get(inside).permanent())
                .toList();
        if (permanent.isEmpty()) {
            return;
        }
        Inside inside = permanent.get(random.nextInt(permanent.size()));
        remove(inside);
    }

    private void remove(Inside inside) {
        model.sessions.keySet().stream()
                .filter(flow -> flow.inside().equals(inside))
                .forEach(model.mayClose::add);
        Endpoint outside = model.mappings.get(inside).outside();
        assertThat(forwards.remove(new StaticForward(inside.protocol(), outside, inside.endpoint())))
                .isTrue();
        assertThat(model.mappings).doesNotContainKey(inside);
    }

    private void reserve() {
        Protocol protocol = choices.protocol();
        int identifier = random.nextInt(6);
        try {
            forwards.reserve(protocol, table.publicIndex(pool.get(0).bits()), identifier, identifier);
        } catch (IllegalStateException inUse) {
            return;
        }
        model.reserved.add(new Inside(protocol, new Endpoint(pool.get(0), identifier)));
    }

    /** When all has ended nothing is left of it. */
    private void end() {
        List.copyOf(model.mappings.keySet()).forEach(inside -> {
            if (model.mappings.containsKey(inside) && model.mappings.get(inside).permanent()) {
                remove(inside);
            }
        });
        for (Protocol protocol : Protocol.values()) {
            pool.forEach(address -> forwards.release(protocol, table.publicIndex(address.bits()), 0, 65_535));
        }
        model.reserved.clear();
        pass(1L << 30, Integer.MAX_VALUE);
        // and what rests now has rested
        pass(1L << 22, Integer.MAX_VALUE);
        check.counts();
        check.isEmpty();
        model.isUnbound();
    }
}
