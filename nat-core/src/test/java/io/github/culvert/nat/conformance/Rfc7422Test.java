package io.github.culvert.nat.conformance;

import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.EXT2;
import static io.github.culvert.nat.testkit.bed.Packets.EXT3;
import static io.github.culvert.nat.testkit.bed.Packets.EXT4;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.Assignment;
import io.github.culvert.nat.config.DeterministicRanges;
import io.github.culvert.nat.config.IdentifierPolicy;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.event.NatEvent;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.PortRange;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.testkit.bed.NatBed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** RFC 7422: ports that follow from the inside address. */
class Rfc7422Test {
    private static final NatConfig CONFIG = NatBed.config(EXT1, EXT2, EXT3, EXT4)
            .withIdentifiers(IdentifierPolicy.STANDARD.withAssignment(new Assignment.Deterministic(4096, 256)));
    private static final DeterministicRanges RANGES = DeterministicRanges.of(CONFIG);

    /** Section 2: four addresses of 64 hosts each. */
    @Test
    @Tag("NAT-CGN-11")
    void aHostHasOneRangeThatIsKnownBothWaysAndMoreOnlyWithARecord() {
        PortRange range = RANGES.rangeOf(IN1).orElseThrow();
        assertThat(range).isEqualTo(new PortRange(EXT1, 1024 + 10 * 944, 1023 + 11 * 944));
        assertThat(RANGES.insideOf(EXT1, range.first())).contains(IN1);
        assertThat(RANGES.insideOf(EXT1, range.last())).contains(IN1);
        assertThat(RANGES.insideOf(EXT1, 1023)).isEmpty();
        isDrawnFrom(range, 1);
        isDrawnFrom(range, 2);
    }

    /** A NAT, started for the first or the second time. */
    private static void isDrawnFrom(PortRange range, int start) {
        Pool pool = Pool.of(CONFIG);
        List<Integer> ports = new ArrayList<>();
        for (int flow = 0; flow < range.size(); flow++) {
            Endpoint outside = pool.open(Protocol.UDP, "IN1:" + (start + flow)).source();
            assertThat(RANGES.insideOf(outside.address(), (int) outside.identifier()))
                    .contains(IN1);
            ports.add((int) outside.identifier());
        }
        assertThat(Uniform.serialCorrelation(ports)).isBetween(-0.13, 0.13);
        assertThat(pool.events(NatEvent.BlockAllocated.class)).isEmpty();
        int further = pool.udp("IN1:60000");
        assertThat(pool.events(NatEvent.BlockAllocated.class)).singleElement().satisfies(event -> {
            assertThat(event.inside()).isEqualTo(IN1);
            assertThat(event.block().contains(further)).isTrue();
            assertThat(event.block().first()).isGreaterThanOrEqualTo(65_536 - 4096);
        });
    }

    @Test
    void withoutPortsForMoreAHostThatNeedsMoreIsRefused() {
        IdentifierPolicy none = IdentifierPolicy.STANDARD.withAssignment(new Assignment.Deterministic(0, 64));
        Pool pool = Pool.of(NatBed.config(EXT1).withIdentifiers(none));
        for (int flow = 0; flow < 252; flow++) {
            assertThat(pool.udp("IN1:" + (2000 + flow))).isBetween(1024 + 10 * 252, 1023 + 11 * 252);
        }
        assertThat(pool.fate(Protocol.UDP, "IN1:60000")).isEqualTo("refused IDENTIFIERS_EXHAUSTED");
        assertThat(pool.open(Protocol.TCP, "IN1:60000").port()).isBetween(1024 + 10 * 252, 1023 + 11 * 252);
    }
}
