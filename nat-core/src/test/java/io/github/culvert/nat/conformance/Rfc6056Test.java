package io.github.culvert.nat.conformance;

import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.IdentifierPolicy;
import io.github.culvert.nat.engine.NatEngine;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.lab.Lab;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** RFC 6056: ports that cannot be foretold. */
class Rfc6056Test {
    private static final IdentifierPolicy ANY_PARITY = IdentifierPolicy.STANDARD.withParity(false);

    private static Pool with(IdentifierPolicy policy) {
        return Pool.of(NatBed.config(EXT1).withIdentifiers(policy));
    }

    /** Section 3.4. That no source of java.util is used anywhere is checked for all of main by the architecture test. */
    @Test
    @Tag("NAT-PORT-02")
    void portsCannotBeForetoldWithoutASeedAndRepeatWithOne() {
        assertThat(ports(NatEngine.builder(NatBed.config(EXT1)).build()))
                .isNotEqualTo(ports(NatEngine.builder(NatBed.config(EXT1)).build()));
        assertThat(ports(seeded())).isEqualTo(ports(seeded()));
    }

    private static NatEngine seeded() {
        return NatEngine.builder(NatBed.config(EXT1))
                .random(new SplittableRandom(5))
                .build();
    }

    private static List<Integer> ports(NatEngine engine) {
        Lab lab = Lab.around(engine);
        return IntStream.rangeClosed(1, 20)
                .mapToObj(
                        number -> lab.udp(Pool.host(number) + ":5000 > OUT1:53").port())
                .toList();
    }

    /** Section 4. */
    @Test
    @Tag("NAT-PORT-01")
    void onlyAPortThatIsTakenIsReplacedByAnyOfItsClassWithEqualChance() {
        Pool pool = with(ANY_PARITY);
        assertThat(pool.udp("IN1:5000")).isEqualTo(5000);
        pool.expire();
        pool.lab.table().reserveForHost(Protocol.UDP, EXT1, 5000, 5000);
        int[] drawn = new int[1 << 16];
        for (int i = 0; i < 100_000; i++) {
            drawn[pool.udp("IN1:5000")]++;
            pool.wait5Minutes();
        }
        assertThat(Uniform.isFrom(drawn, 1024, 65_535, 5000)).isTrue();
        Pool off = with(ANY_PARITY.withPreserved(false));
        long kept = IntStream.range(2000, 3000)
                .filter(port -> off.udp("IN1:" + port) == port)
                .count();
        assertThat(kept).isLessThan(3);
    }

    @Test
    void portsThatAreDrawnOneAfterTheOtherAreNotRelated() {
        Pool pool = with(ANY_PARITY.withPreserved(false));
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            ports.add(pool.udp("IN1:5000"));
            pool.wait5Minutes();
        }
        assertThat(Uniform.serialCorrelation(ports)).isBetween(-0.04, 0.04);
    }

    /** Section 5. */
    @Test
    @Tag("NAT-PORT-03")
    void excludedPortsAreNeverAssignedNorOnesBelow1024ForOthers() {
        Pool pool = with(IdentifierPolicy.STANDARD.withExcluded(Set.of(1701, 4500)));
        assertThat(pool.udp("IN1:1701")).isNotEqualTo(1701);
        int refused = 0;
        for (int port = 1024; port < 65_536; port++) {
            var out = pool.open(Protocol.UDP, Pool.host(20 + port % 50) + ":" + port)
                    .all()
                    .get(0);
            assertThat(out.isForwarded() ? out.packet().octets().u16(20) : 1024)
                    .isGreaterThanOrEqualTo(1024)
                    .isNotIn(1701, 4500);
            refused += out.isForwarded() ? 0 : 1;
        }
        assertThat(refused).as("IN1's and the two excluded ones").isEqualTo(3);
        assertThat(pool.lab.udp("OUT1:53 > EXT1:4500").one()).hasToString("refused NO_MAPPING");
    }
}
