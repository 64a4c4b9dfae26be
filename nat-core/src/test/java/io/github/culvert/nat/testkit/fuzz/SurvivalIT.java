package io.github.culvert.nat.testkit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.engine.Gauge;
import io.github.culvert.nat.engine.NatEngine;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.bed.Deliveries;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ten million packets that are nearly right, shared out among all configurations: nothing is thrown, nothing stays. */
class SurvivalIT {
    private static final int PACKETS = Integer.getInteger("culvert.survival", 10_000_000);
    private static final long STEP_NANOS = 50_000_000L;
    private static final long LONG_AFTER = 100_000L * 1_000_000_000L;
    private static final int MOST_BYTES = 8 << 20;

    static Integer[] variants() {
        Integer[] numbers = new Integer[Variants.count()];
        Arrays.setAll(numbers, i -> i);
        return numbers;
    }

    @ParameterizedTest
    @MethodSource("variants")
    @Tag("SEC-13")
    void anythingIsSurvivedAndForgotten(int variant) {
        NatEngine engine = NatEngine.builder(Variants.of(variant))
                .random(new SplittableRandom(variant))
                .build();
        Mutations mutations = new Mutations(variant);
        Deliveries deliveries = new Deliveries();
        ByteBuffer buffer = ByteBuffer.allocate(mutations.bytes().length);
        long now = 0;
        long came = 0;
        for (int i = 0; i < PACKETS / Variants.count(); i++) {
            mutations.next();
            buffer.clear().put(mutations.bytes(), 0, mutations.length()).flip();
            engine.translate(buffer, mutations.side(), ChecksumStatus.VERIFY, now, deliveries.lent());
            if ((i & 15) == 0) {
                now += STEP_NANOS;
                engine.advance(now, 8, deliveries.buffers());
                Ipv4Packet.parse(Octets.of(Arrays.copyOf(mutations.bytes(), mutations.length())));
            }
            came += deliveries.take().size();
        }
        assertThat(engine.counters().gauge(Gauge.MEMORY)).isLessThan(MOST_BYTES);
        assertThat(counted(engine)).isEqualTo(came);
        endsWithNothing(engine, now + LONG_AFTER, deliveries);
    }

    private static void endsWithNothing(NatEngine engine, long now, Deliveries deliveries) {
        for (long next = 0; next <= now; ) {
            next = engine.advance(now, Integer.MAX_VALUE, deliveries.buffers());
        }
        for (Gauge gauge : new Gauge[] {Gauge.SESSIONS, Gauge.MAPPINGS, Gauge.HOSTS, Gauge.HELD_PACKETS}) {
            assertThat(engine.counters().gauge(gauge)).as("%s", gauge).isZero();
        }
        assertThat(engine.counters().sessionsCreated())
                .isPositive()
                .isEqualTo(engine.counters().sessionsClosed());
        engine.close();
    }

    private static long counted(NatEngine engine) {
        long sum = 0;
        for (Direction direction : Direction.values()) {
            sum += engine.counters().packets(direction);
        }
        for (Refusal reason : Refusal.values()) {
            sum += engine.counters().refused(reason);
        }
        for (HostTraffic kind : HostTraffic.values()) {
            sum += engine.counters().toHost(kind);
        }
        return sum;
    }
}
