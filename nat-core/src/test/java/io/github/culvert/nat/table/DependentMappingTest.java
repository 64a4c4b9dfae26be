package io.github.culvert.nat.table;

import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.Behaviour;
import io.github.culvert.nat.config.Behaviours;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.mapping.Dependence;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.testkit.bed.NatBed;
import java.time.Duration;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Tables whose mappings depend on the remote: whatever happens, all is consistent, and in the end nothing is left. */
class DependentMappingTest {
    private static final int HOST = 0xc0a8010a;
    private static final int STEPS = 300;

    private SplittableRandom random = new SplittableRandom();
    private FlowTable table = table(Dependence.ADDRESS_DEPENDENT);
    private long tick;

    private FlowTable table(Dependence mapping) {
        NatConfig config = NatBed.config(EXT1)
                .withBehaviours(Behaviours.all(new Behaviour(mapping, Dependence.ENDPOINT_INDEPENDENT)));
        return new FlowTable(config, random, new TableEvents() {});
    }

    @Property(tries = 200)
    void nothingIsLostOrLeft(@ForAll long seed, @ForAll Dependence mapping) {
        random = new SplittableRandom(seed);
        table = table(mapping);
        for (int step = 0; step < STEPS; step++) {
            act();
            everySessionIsFoundUnderItsMapping();
        }
        removeForwards();
        table.advance(tick + (1L << 30), Integer.MAX_VALUE);
        nothingIsLeft();
    }

    private void act() {
        switch (random.nextInt(14)) {
            case 0 -> close();
            case 1 -> addForward();
            case 2 -> removeForwards();
            case 3 -> table.advance(tick += random.nextInt(200_000), Integer.MAX_VALUE);
            case 4, 5, 6, 7 -> inbound();
            case 8 -> lease();
            case 9 -> table.leases().release(Protocol.UDP, inside());
            default -> outbound();
        }
    }

    private long parties() {
        return Keys.parties(HOST + random.nextInt(2), 0x08080800 + random.nextInt(2));
    }

    private long ids() {
        return Keys.ids(5000 + random.nextInt(2), 17, 1 + random.nextInt(3));
    }

    private void outbound() {
        long parties = parties();
        long ids = ids();
        if (table.find(parties, ids) == 0) {
            assertThat(table.open(parties, ids, TimeoutClass.UDP, 0)).isPositive();
        }
    }

    /** What the slow path does for an open filter: under the mapping that is there, if no other one stands against it. */
    private void inbound() {
        int owner = table.owner(0, 17, 5000 + random.nextInt(3));
        if (owner <= 0 || table.isExpired(owner)) {
            return;
        }
        long parties =
                Record.parties(table.chunk(owner), FlowTable.at(owner)) & Record.INSIDE_MASK | parties() & 0xffff_ffffL;
        long ids = Record.ids(table.chunk(owner), FlowTable.at(owner)) & Record.ENDPOINT_MASK
                | ids() & Record.REMOTE_ID_MASK;
        int shared = table.shared(parties, ids);
        if (table.find(parties, ids) == 0 && (shared == 0 || shared == owner || table.isOpenToAll(owner))) {
            assertThat(table.openUnder(owner, parties, ids, TimeoutClass.UDP, 0))
                    .isPositive();
        }
    }

    private static Endpoint inside(int host, int port) {
        return new Endpoint(new Ipv4Address(HOST + host), 5000 + port);
    }

    private Endpoint inside() {
        return inside(random.nextInt(2), random.nextInt(2));
    }

    private void lease() {
        Duration lifetime = Duration.ofSeconds(1 + random.nextInt(300));
        assertThat(table.leases().request(Protocol.UDP, inside(), null, lifetime))
                .isPositive();
    }

    private void close() {
        int ref = table.find(parties(), ids());
        if (ref != 0) {
            table.close(ref);
        }
    }

    private static StaticForward forward(int number) {
        return new StaticForward(Protocol.UDP, new Endpoint(EXT1, 80 + number), inside(0, number));
    }

    private void addForward() {
        try {
            table.forwards().add(forward(random.nextInt(2)));
        } catch (IllegalStateException taken) {
            assertThat(taken).hasMessageContaining("192.168.1.10");
        }
    }

    private void removeForwards() {
        table.forwards().remove(forward(0));
        table.forwards().remove(forward(1));
    }

    private void everySessionIsFoundUnderItsMapping() {
        int sessions = 0;
        for (int ref = 1; ref < table.snapshots().end(); ref++) {
            if (table.snapshots().isSession(ref)) {
                sessions++;
                long ids = Record.ids(table.chunk(ref), FlowTable.at(ref));
                long key = ids & (Record.ENDPOINT_MASK | Record.REMOTE_ID_MASK);
                assertThat(table.find(Record.parties(table.chunk(ref), FlowTable.at(ref)), key))
                        .isEqualTo(ref);
                int link = Record.link(table.chunk(ref), FlowTable.at(ref));
                assertThat(table.owner(0, 17, Record.outsideId(ids))).isEqualTo(link == 0 ? ref : link);
                isOwner(table.shared(Record.parties(table.chunk(ref), FlowTable.at(ref)), key));
            }
        }
        assertThat(sessions).isEqualTo(table.sessionCount());
    }

    /** What a flow would share, if anything, is a mapping that is there. */
    private void isOwner(int shared) {
        int id = shared == 0 ? 0 : Record.outsideId(Record.ids(table.chunk(shared), FlowTable.at(shared)));
        assertThat(shared == 0 ? 0 : table.owner(0, 17, id)).isEqualTo(shared);
    }

    private void nothingIsLeft() {
        for (int ref = 1; ref < table.snapshots().end(); ref++) {
            assertThat(Record.ids(table.chunk(ref), FlowTable.at(ref)) & Record.KIND_MASK)
                    .isEqualTo(Record.FREE);
        }
        assertThat(table.identifierCount() + table.hostCount() + table.mappingCount())
                .isZero();
    }
}
