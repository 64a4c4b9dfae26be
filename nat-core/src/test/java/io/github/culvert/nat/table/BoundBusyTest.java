package io.github.culvert.nat.table;

import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.alg.Terms;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.packet.Ipv4Prefix;
import io.github.culvert.nat.refusal.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An index that has no place for a binding, since somebody knows its secrets, leaves nothing of its session. */
class BoundBusyTest {
    private static final int CROWD = 3 * IndexTable.MOST_PROBES;
    private static final int INSIDE = 0x0a000001;
    private static final IndexTable HASHES = new IndexTable(6, 7, 7);

    private final FlowTable table = new FlowTable(
            NatConfig.of(List.of(Ipv4Prefix.parse("10.0.0.0/8")), List.of(EXT1)), Crowd.KNOWN, new TableEvents() {});
    private final BoundSessions bound = table.bound();
    private final int timeoutClass = bound.timeoutClass(new Terms(Duration.ofMinutes(1), Duration.ZERO, 10_000));

    private record Call(int remote, int id) {}

    /** Calls whose keys in a role have homes close together. */
    private static List<Call> crowd(Role role, int address) {
        List<Call> crowd = new ArrayList<>();
        for (int n = 1; crowd.size() < CROWD; n++) {
            Call call = new Call(n >>> 10, n & 0x3ff);
            long parties = BoundSessions.parties(address, call.remote);
            if (HASHES.hash(parties, BoundSessions.ids(role, 47, call.id)) >>> 20 == 5) {
                crowd.add(call);
            }
        }
        return crowd;
    }

    private int bind(int remote, int insideId, int outsideId) {
        return bound.bind(INSIDE, 0, remote, 47, insideId, outsideId, timeoutClass, 1);
    }

    /** Some of what was tried found the index busy, and nothing is left once the others have ended. */
    private void isConsistent(List<Integer> tried) {
        List<Integer> refused = tried.stream().filter(ref -> ref < 0).toList();
        assertThat(refused).isNotEmpty().allMatch(ref -> Refusal.of(~ref) == Refusal.INDEX_BUSY);
        leavesNothing(tried.stream().filter(ref -> ref > 0).toList());
    }

    private void leavesNothing(List<Integer> opened) {
        assertThat(opened).hasSizeGreaterThanOrEqualTo(IndexTable.MOST_PROBES);
        assertThat(table.sessionCount()).isEqualTo(opened.size());
        opened.forEach(ref -> bound.release(ref, 0));
        table.advance(1L << 20, Integer.MAX_VALUE);
        assertThat(table.hostCount()).isZero();
        for (int ref = 1; ref < table.snapshots().end(); ref++) {
            assertThat(Record.ids(table.chunk(ref), FlowTable.at(ref)) & Record.KIND_MASK)
                    .isEqualTo(Record.FREE);
        }
    }

    @Test
    void ofOutsideIdentifiers() {
        List<Integer> tried = crowd(Role.IN, EXT1.bits()).stream()
                .map(call -> bind(call.remote, 7, call.id))
                .toList();
        isConsistent(tried);
    }

    @Test
    void ofInsideIdentifiers() {
        List<Integer> tried = crowd(Role.NEAR, INSIDE).stream()
                .map(call -> bind(call.remote, call.id, call.id))
                .toList();
        isConsistent(tried);
    }

    @Test
    void ofRemoteIdentifiers() {
        List<Integer> opened = new ArrayList<>();
        int unlearned = 0;
        for (Call call : crowd(Role.OUT, INSIDE)) {
            int ref = bind(call.remote, call.id, call.id);
            opened.add(ref);
            boolean learned = bound.learn(ref, call.id);
            assertThat(bound.find(Role.OUT, INSIDE, call.remote, 47, call.id)).isEqualTo(learned ? ref : 0);
            unlearned += learned ? 0 : 1;
        }
        assertThat(unlearned).isPositive();
        leavesNothing(opened);
    }
}
