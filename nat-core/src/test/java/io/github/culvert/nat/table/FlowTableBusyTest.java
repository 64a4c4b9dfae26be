package io.github.culvert.nat.table;

import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.Limits;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.packet.Ipv4Prefix;
import io.github.culvert.nat.refusal.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** An index that has no place for a key, since somebody knows its secrets, refuses the flow and leaves nothing of it. */
class FlowTableBusyTest {
    private static final int CROWD = 3 * IndexTable.MOST_PROBES;
    private static final RandomGenerator KNOWN = () -> 7;
    private static final IndexTable HASHES = new IndexTable(6, 7, 7);

    private final List<String> events = new ArrayList<>();
    private final FlowTable table = new FlowTable(
            NatConfig.of(List.of(Ipv4Prefix.parse("10.0.0.0/8")), List.of(EXT1))
                    .withLimits(Limits.of(100_000, 100_000, 100_000, 100_000)),
            KNOWN,
            new Counting());

    /** Opens flows; gives those that were let in. */
    private List<Flow> open(List<Flow> flows) {
        List<Flow> opened = new ArrayList<>();
        for (Flow flow : flows) {
            int ref = table.open(flow.parties, flow.ids, TimeoutClass.UDP, 0);
            if (ref > 0) {
                opened.add(flow);
            } else {
                assertThat(Refusal.of(~ref)).isEqualTo(Refusal.INDEX_BUSY);
                assertThat(table.find(flow.parties, flow.ids)).isZero();
            }
        }
        return opened;
    }

    private void isConsistent(List<Flow> flows, List<Flow> opened, int mappings, int hosts) {
        assertThat(opened).hasSizeBetween(IndexTable.MOST_PROBES, flows.size() - 1);
        assertThat(opened).allMatch(flow -> table.find(flow.parties, flow.ids) > 0);
        assertThat(table.sessionCount()).isEqualTo(opened.size());
        assertThat(table.mappingCount()).isEqualTo(mappings);
        assertThat(table.identifierCount()).isEqualTo(mappings);
        assertThat(table.hostCount()).isEqualTo(hosts);
        assertThat(table.rekeyed()).isPositive();
        table.advance(1L << 30, Integer.MAX_VALUE);
        isEmpty();
    }

    private void isEmpty() {
        for (int ref = 1; ref < table.snapshots().end(); ref++) {
            long kind = Record.ids(table.chunk(ref), FlowTable.at(ref)) & Record.KIND_MASK;
            assertThat(kind).as("kind of record %d", ref).isEqualTo(Record.FREE);
        }
        assertThat(events.stream().filter("+"::equals))
                .hasSameSizeAs(events.stream().filter("-"::equals).toList());
    }

    @Test
    void sessionsOfOneMapping() {
        List<Flow> flows = crowd(n -> Keys.parties(0x0a000001, (int) n), n -> Keys.ids(5000, 17, 53), Keys.SHORT);
        List<Flow> opened = open(flows);
        isConsistent(flows, opened, 1, 1);
    }

    @Test
    void sessionsWithOneRemoteAddress() {
        List<Flow> flows = crowd(
                n -> Keys.parties(0x0a000001, (int) (n >> 16)), n -> Keys.ids(5000, 17, (int) n & 0xffff), Keys.FULL);
        flows.addAll(
                0,
                flows.stream()
                        .map(flow -> new Flow(flow.parties, flow.ids ^ 1 << 16))
                        .toList());
        List<Flow> opened = open(flows);
        isConsistent(flows, opened, 1, 1);
    }

    @Test
    void mappingsOfOneHost() {
        // 65,536 inside ids are not enough to crowd one home: the remote address does it for the index of sessions
        List<Flow> flows =
                crowd(n -> Keys.parties(0x0a000001, (int) n), n -> Keys.ids((int) n & 0xfff, 17, 53), Keys.SHORT);
        List<Flow> opened = open(flows);
        int mappings =
                (int) opened.stream().map(flow -> flow.ids >>> 48).distinct().count();
        isConsistent(flows, opened, mappings, 1);
    }

    @Test
    void mappingsOfManyHosts() {
        List<Flow> flows = new ArrayList<>();
        for (long n = 1; flows.size() < CROWD; n++) {
            long parties = Keys.parties((int) n, 0x08080808);
            if (HASHES.hash(parties & Record.INSIDE_MASK, Keys.ids(5000, 17, 0)) >>> 20 == 5) {
                flows.add(new Flow(parties, Keys.ids(5000, 17, 53)));
            }
        }
        List<Flow> opened = open(flows);
        isConsistent(flows, opened, opened.size(), opened.size());
    }

    @Test
    void hosts() {
        List<Flow> flows = new ArrayList<>();
        for (long n = 1; flows.size() < CROWD; n++) {
            if (HASHES.hash(n << 32, Record.HOST) >>> 20 == 5) {
                flows.add(new Flow(Keys.parties((int) n, 0x08080808), Keys.ids(5000, 17, 53)));
            }
        }
        List<Flow> opened = open(flows);
        assertThat(table.hostCount()).isEqualTo(opened.size()).isLessThan(CROWD);
        table.advance(1L << 30, Integer.MAX_VALUE);
        isEmpty();
    }

    private record Flow(long parties, long ids) {}

    /** Flows whose homes in the index of sessions are close together. */
    private static List<Flow> crowd(LongUnaryOperator parties, LongUnaryOperator ids, long mask) {
        List<Flow> crowd = new ArrayList<>();
        long full = mask == Keys.FULL ? Record.FULL_KEY : 0;
        for (long n = 1; crowd.size() < CROWD; n++) {
            Flow flow = new Flow(parties.applyAsLong(n * 0x9e3779b9L), ids.applyAsLong(n * 0x9e3779b9L));
            if (HASHES.hash(flow.parties, flow.ids & mask | full) >>> 20 == 5) {
                crowd.add(flow);
            }
        }
        return crowd;
    }

    private final class Counting implements TableEvents {
        @Override
        public void portlessCreated(int session) {
            events.add("+");
        }

        @Override
        public void portlessClosed(int session) {
            events.add("-");
        }

        @Override
        public void settled() {
            // nothing waits for it
        }

        @Override
        public void mappingCreated(int owner) {
            events.add("+");
        }

        @Override
        public void mappingRemoved(int owner) {
            events.add("-");
        }

        @Override
        public void sessionCreated(int session) {
            events.add("+");
        }

        @Override
        public void sessionClosed(int session) {
            events.add("-");
        }
    }
}
