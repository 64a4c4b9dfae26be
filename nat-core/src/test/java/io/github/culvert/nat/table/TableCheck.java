package io.github.culvert.nat.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Mapping;
import io.github.culvert.nat.mapping.Session;
import io.github.culvert.nat.table.TableModel.Flow;
import io.github.culvert.nat.table.TableModel.Held;
import io.github.culvert.nat.table.TableModel.Idle;
import io.github.culvert.nat.table.TableModel.Inside;
import java.util.HashSet;
import java.util.Set;

/** Compares a table with its model. */
final class TableCheck {
    private final FlowTable table;
    private final TableModel model;
    private final Snapshots snapshots;

    TableCheck(FlowTable table, TableModel model) {
        this.table = table;
        this.model = model;
        this.snapshots = table.snapshots();
    }

    long parties(Flow flow) {
        return Keys.parties(
                flow.inside().endpoint().address().bits(),
                flow.remote().address().bits());
    }

    long ids(Flow flow) {
        return Keys.ids(
                (int) flow.inside().endpoint().identifier(),
                flow.inside().protocol().number(),
                (int) flow.remote().identifier());
    }

    void counts() {
        assertThat(table.sessionCount()).isEqualTo(model.sessions.size() + model.portless.size());
        assertThat(table.mappingCount()).isEqualTo(model.mappings.size());
        assertThat(table.hostCount()).isEqualTo(model.hosts());
        assertThat(table.identifierCount()).isEqualTo(model.mappings.size() + model.reserved.size());
    }

    /** No session is left whose bucket has passed. */
    void nothingIsLate(long tick) {
        model.sessions.forEach(
                (flow, idle) -> assertThat(idle.end() >> 6).as("%s", flow).isGreaterThanOrEqualTo(tick >> 6));
        model.portless.forEach(
                (bound, idle) -> assertThat(idle.end() >> 6).as("%s", bound).isGreaterThanOrEqualTo(tick >> 6));
    }

    void everything(long tick) {
        model.mappings.forEach(this::mapping);
        model.sessions.forEach((flow, idle) -> session(flow, idle, tick));
        listings(tick);
    }

    private void mapping(Inside inside, Held held) {
        Endpoint outside = held.outside();
        int owner = table.owner(
                table.publicIndex(outside.address().bits()), inside.protocol().number(), (int) outside.identifier());
        int sessions = (int) model.sessions.keySet().stream()
                .filter(flow -> flow.inside().equals(inside))
                .count();
        long left = Math.max(0, model.leases.getOrDefault(inside, 0L) - model.tick);
        Mapping expected = new Mapping(
                inside.protocol(), inside.endpoint(), outside, held.permanent(), sessions, Ticks.nanos(left));
        assertThat(owner).isEqualTo(snapshots.ownerOf(inside.protocol(), inside.endpoint()));
        assertThat(snapshots.mapping(owner)).isEqualTo(expected);
    }

    private void session(Flow flow, Idle idle, long tick) {
        int ref = table.find(parties(flow), ids(flow));
        Session session = snapshots.session(ref, tick);
        assertThat(TableModel.flow(session)).isEqualTo(flow);
        assertThat(session.outside())
                .isEqualTo(model.mappings.get(flow.inside()).outside());
        assertThat(session.idleNanos() >> 20).isEqualTo(idle.idle(tick));
    }

    private void listings(long tick) {
        Set<TableModel.Bound> portless = new HashSet<>();
        Set<Flow> flows = new HashSet<>();
        Set<Inside> insides = new HashSet<>();
        for (int ref = 1; ref < snapshots.end(); ref++) {
            if (snapshots.isSession(ref)) {
                assertThat(flows.add(TableModel.flow(snapshots.session(ref, 0))))
                        .isTrue();
            }
            if (snapshots.isPortless(ref)) {
                assertThat(portless.add(TableModel.bound(snapshots.portless(ref, tick))))
                        .isTrue();
            }
            if (snapshots.isMapping(ref)) {
                Mapping mapping = snapshots.mapping(ref);
                assertThat(insides.add(new Inside(mapping.protocol(), mapping.inside())))
                        .isTrue();
            }
        }
        assertThat(flows).isEqualTo(model.sessions.keySet());
        assertThat(portless).isEqualTo(model.portless.keySet());
        assertThat(insides).isEqualTo(model.mappings.keySet());
    }

    /** No record of any kind is in use. */
    void isEmpty() {
        assertThat(model.sessions).isEmpty();
        assertThat(model.mappings).isEmpty();
        assertThat(model.portless).isEmpty();
        for (int ref = 1; ref < snapshots.end(); ref++) {
            long kind = Record.ids(table.chunk(ref), FlowTable.at(ref)) & Record.KIND_MASK;
            assertThat(kind).as("kind of record %d", ref).isEqualTo(Record.FREE);
        }
        assertThat(table.nextTick()).isEqualTo(Long.MAX_VALUE);
    }
}
