package io.github.culvert.nat.engine;

import static io.github.culvert.nat.testkit.bed.NatBed.config;
import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.EXT2;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.bed.Packets.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.Behaviour;
import io.github.culvert.nat.config.Behaviours;
import io.github.culvert.nat.config.FragmentPolicy;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.bed.Traffic;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** When to call again: never later than needed, whatever there is that ends by time. */
class DeadlinePropertiesTest {
    private static final NatConfig CONFIG = config(EXT1, EXT2)
            .withBehaviours(Behaviours.all(Behaviour.TRANSPARENT))
            .withFragments(FragmentPolicy.STANDARD.withTimeExceeded(true));

    private final NatBed bed = NatBed.of(CONFIG);

    private List<Long> gauges() {
        return Arrays.stream(Gauge.values()).map(bed.engine().counters()::gauge).toList();
    }

    private void happens(Random random) {
        Traffic.record(random.nextLong(), bed, 1 + random.nextInt(8));
        if (random.nextInt(4) == 0) {
            bed.fromOutside(tcp(OUT1, random.nextInt(1, 100), EXT1, 9, TcpFlag.SYN));
        }
        if (random.nextInt(4) == 0) {
            Endpoint inside = new Endpoint(IN1, 7000 + random.nextInt(4));
            bed.table()
                    .requestMapping(
                            Protocol.UDP, inside, Optional.empty(), Duration.ofSeconds(1 + random.nextInt(300)));
        }
    }

    @Property(tries = 60)
    void nothingHappensBeforeTheDeadline(@ForAll long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            happens(random);
            for (int look = random.nextInt(12); look > 0; look--) {
                long next = bed.advance();
                bed.taken();
                List<Long> before = gauges();
                long most = Math.min(next - bed.clock().nanos(), 1L << 33);
                bed.clock().pass(random.nextBoolean() ? most - 1 : random.nextLong(most));
                bed.advance(1000);
                assertThat(bed.taken()).as("before %d", next).isEmpty();
                assertThat(gauges()).as("before %d", next).isEqualTo(before);
                bed.clock().pass(1);
            }
        }
    }
}
