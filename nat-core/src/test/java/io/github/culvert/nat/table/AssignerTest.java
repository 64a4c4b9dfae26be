package io.github.culvert.nat.table;

import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.EXT2;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.IN2;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.AddressForward;
import io.github.culvert.nat.config.Assignment;
import io.github.culvert.nat.config.IdentifierPolicy;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.Pairing;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.bed.NatBed;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Which public endpoint is chosen, where the rows of the RFCs leave it open. */
class AssignerTest {
    private static final int ICMP = 1;
    private static final int UDP = 17;

    private final SplittableRandom random = new SplittableRandom(1);
    private TableParts parts = parts(NatBed.config(EXT1));

    private TableParts parts(NatConfig config) {
        return new TableParts(config, random, new TableEvents() {});
    }

    private TableParts with(IdentifierPolicy policy) {
        return parts(NatBed.config(EXT1).withIdentifiers(policy));
    }

    private int choose(int protocol, int insideId) {
        int endpoint = parts.assigner.choose(parts.hosts.take(IN1.bits()), Keys.ids(insideId, protocol, 0));
        return endpoint < 0 ? endpoint : Assigner.identifier(endpoint);
    }

    private void take(int protocol, int identifier) {
        parts.pool.space(0, protocol).take(identifier, 1);
    }

    @Test
    void keepsEachIdentifierThatIsFree() {
        for (int id = 0; id < 1 << 16; id++) {
            assertThat(choose(UDP, id)).isEqualTo(id);
            assertThat(choose(ICMP, id)).isEqualTo(id);
        }
    }

    @Test
    void givesIdentifierZeroOnlyToItself() {
        for (int id = 1; id < 1024; id++) {
            take(UDP, id);
        }
        assertThat(choose(UDP, 500)).isEqualTo(~Refusal.IDENTIFIERS_EXHAUSTED.ordinal());
        assertThat(choose(UDP, 0)).isZero();
        take(UDP, 0);
        parts.pool.space(0, UDP).release(7);
        assertThat(choose(UDP, 0)).isEqualTo(7);
    }

    @Test
    void aFullClassTakesNothingFromTheOther() {
        for (int id = 1024; id < 1 << 16; id++) {
            take(UDP, id);
        }
        assertThat(choose(UDP, 5000)).isEqualTo(~Refusal.IDENTIFIERS_EXHAUSTED.ordinal());
        assertThat(choose(UDP, 500)).isEqualTo(500);
    }

    @Test
    void queryIdsHaveNeitherClassesNorParity() {
        take(ICMP, 500);
        int low = 0;
        int odd = 0;
        for (int i = 0; i < 10_000; i++) {
            int drawn = choose(ICMP, 500);
            low += drawn < 1024 ? 1 : 0;
            odd += drawn % 2;
        }
        assertThat(low).isBetween(100, 220);
        assertThat(odd).isBetween(4_700, 5_300);
    }

    @Test
    void anExcludedIdentifierIsReplacedAlsoWhereItIsZero() {
        parts = with(IdentifierPolicy.STANDARD.withExcluded(Set.of(0, 5000)));
        assertThat(choose(UDP, 0)).isBetween(2, 1022);
        assertThat(choose(UDP, 5000)).isNotEqualTo(5000);
        assertThat(choose(ICMP, 5000)).isNotEqualTo(5000);
    }

    /** Basic NAT: an address that stands for one inside host is not for others. */
    @Test
    void anAddressOfOneInsideHostIsNeverChosenForAnother() {
        IdentifierPolicy open = IdentifierPolicy.STANDARD.withPairing(Pairing.FALL_OVER);
        NatConfig config = NatBed.config(EXT1, EXT2).withIdentifiers(open);
        parts = parts(config.withAddressForwards(List.of(new AddressForward(EXT1, IN2))));
        for (int n = 0; n < 100; n++) {
            int host = parts.hosts.take(IN1.bits() + 10 + n);
            parts.hosts.addMappings(host, 17, 1);
            assertThat(parts.hosts.publicIndex(host)).isEqualTo(1);
        }
        for (int id = 1; id < 1 << 16; id++) {
            parts.pool.space(1, UDP).take(id, 1);
        }
        assertThat(choose(UDP, 5000)).isEqualTo(~Refusal.ADDRESSES_EXHAUSTED.ordinal());
    }

    @Test
    void withoutAnAddressToShareThereIsNoHost() {
        parts = parts(NatBed.config(EXT1).withAddressForwards(List.of(new AddressForward(EXT1, IN2))));
        assertThat(parts.hosts.take(IN1.bits())).isEqualTo(~Refusal.ADDRESSES_EXHAUSTED.ordinal());
        assertThat(parts.hosts.live()).isZero();
    }

    /** System ports are in no block, however large blocks are, and every other port is in one, where they fit. */
    @Test
    void blocksLeaveSystemPortsOut() {
        for (int size = 64; size <= 16_384; size *= 2) {
            parts = with(IdentifierPolicy.STANDARD.withAssignment(new Assignment.Blocks(size)));
            int least = 1 << 16;
            int most = 0;
            for (int i = 0; i < 20_000; i++) {
                int drawn = choose(UDP, i % 2000);
                least = Math.min(least, drawn);
                most = Math.max(most, drawn);
            }
            assertThat(least).isBetween(Math.max(1024, size), Math.max(1024, size) + 100);
            assertThat(most).isGreaterThan(65_436);
        }
    }

    /** A block that has nothing to give for a protocol is passed over, as one whose ports all rest. */
    @Test
    void aFreeBlockWithoutAFreePortIsPassedOver() {
        parts = with(IdentifierPolicy.STANDARD.withAssignment(new Assignment.Blocks(16_384)));
        for (int id = 16_384; id < 49_152; id++) {
            parts.pool.space(0, UDP).rest(id);
        }
        for (int i = 0; i < 100; i++) {
            assertThat(choose(UDP, 5000)).isGreaterThanOrEqualTo(49_152);
        }
    }
}
