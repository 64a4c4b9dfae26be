package io.github.culvert.nat.table;

import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.EXT2;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.Rest;
import io.github.culvert.nat.testkit.bed.NatBed;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What rests, against a queue. */
class RestingTest {
    private static final int UDP = 17;
    private static final int TIME = Ticks.ofTimeout(Duration.ofSeconds(2));

    private record Entry(long since, int index, int identifier) {}

    private final PublicPool pool = new PublicPool(NatBed.config(EXT1, EXT2));
    private final ArrayDeque<Entry> model = new ArrayDeque<>();

    private Resting resting(int most) {
        return new Resting(pool, new Rest(Duration.ofSeconds(2), most, false));
    }

    private boolean rests(Entry entry) {
        return !pool.space(entry.index, UDP).isAvailable(entry.identifier);
    }

    private void add(Resting resting, Entry entry, int most) {
        resting.add(entry.since, PublicPool.place(entry.index, UDP), entry.identifier);
        if (most > 0 && model.stream().noneMatch(e -> e.index == entry.index && e.identifier == entry.identifier)) {
            if (model.size() == most) {
                assertThat(rests(model.removeFirst())).isFalse();
            }
            model.add(entry);
        }
    }

    private void wake(Resting resting, long tick, int budget) {
        int woken = resting.wake(tick, budget);
        for (int i = 0; i < woken; i++) {
            Entry entry = model.removeFirst();
            assertThat(tick - entry.since).isGreaterThanOrEqualTo(TIME);
            assertThat(rests(entry)).isFalse();
        }
        assertThat(woken == budget || model.isEmpty() || tick - model.getFirst().since < TIME)
                .isTrue();
    }

    /** Over the border at which ticks come round, over many pieces of the queue, with an address that goes away. */
    @Property(tries = 15)
    void restsAsLongAsItShould(@ForAll long seed, @ForAll @IntRange(max = 6_000) int most) {
        SplittableRandom random = new SplittableRandom(seed);
        Resting resting = resting(most);
        long tick = (1L << 32) - 3_000;
        for (int step = 0; step < 8_000; step++) {
            add(resting, new Entry(tick, random.nextInt(2), random.nextInt(1 << 16)), most);
            tick += random.nextInt(100) == 0 ? random.nextInt(30) : 0;
            if (random.nextInt(50) == 0) {
                wake(resting, tick, random.nextInt(60));
            }
            if (random.nextInt(4_000) == 0) {
                resting.forget(1);
                model.removeIf(entry -> entry.index == 1);
                pool.remove(1);
                assertThat(pool.add(EXT2.bits())).isEqualTo(1);
            }
            assertThat(resting.count()).isEqualTo(model.size());
        }
        assertThat(model).allMatch(this::rests);
        assertThat(resting.memory()).isLessThanOrEqualTo(8_192L * (most / 1024 + 3));
        wake(resting, tick + TIME, Integer.MAX_VALUE);
        assertThat(resting.count()).isZero();
    }

    @Test
    void aTimeThatCameRoundWakesAll() {
        Resting resting = resting(100);
        resting.add(5, PublicPool.place(0, UDP), 5000);
        resting.wakeAll();
        assertThat(pool.space(0, UDP).isAvailable(5000)).isTrue();
        assertThat(resting.count()).isZero();
    }
}
