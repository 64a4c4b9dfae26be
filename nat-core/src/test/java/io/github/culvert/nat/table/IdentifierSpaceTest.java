package io.github.culvert.nat.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which identifier is chosen, and how much work it is. */
class IdentifierSpaceTest {
    private final PublicPool.Use use = new PublicPool.Use();
    private final IdentifierSpace space = new IdentifierSpace(new int[IdentifierSpace.BLOCKS][], 0, use);
    private final SplittableRandom random = new SplittableRandom(1);

    private void fill(int first, int last) {
        for (int id = first; id <= last; id++) {
            space.take(id, 1);
        }
    }

    @Test
    void keepsAFreeIdentifier() {
        for (int id = 0; id < 1 << 16; id++) {
            assertThat(space.choose(id, random)).isEqualTo(id);
        }
    }

    @Test
    void replacesATakenIdentifierWithinItsClass() {
        space.take(500, 1);
        space.take(5000, 1);
        for (int i = 0; i < 1000; i++) {
            assertThat(space.choose(500, random)).isBetween(1, 1023);
            assertThat(space.choose(5000, random)).isBetween(1024, 65535);
        }
    }

    @Test
    void neverGivesIdentifierZeroToAnother() {
        fill(1, 1023);
        assertThat(space.choose(500, random)).isEqualTo(-1);
        assertThat(space.choose(0, random)).isZero();
    }

    @Test
    void replacesIdentifierZeroByAWellKnownOne() {
        fill(0, 0);
        fill(2, 1023);
        assertThat(space.choose(0, random)).isEqualTo(1);
    }

    @Test
    void anExhaustedClassTakesNothingFromTheOther() {
        fill(1024, 65535);
        assertThat(space.choose(5000, random)).isEqualTo(-1);
        assertThat(space.choose(500, random)).isEqualTo(500);
    }

    /** The search itself is a count tree without retries; a bounded draw repeats itself at most every second time. */
    @Test
    @Tag("NAT-PORT-04")
    void drawsOneNumberForEachReplacementHoweverFullItIs() {
        fill(1024, 1024 + 64_000 - 1);
        Counting counting = new Counting(random);
        for (int i = 0; i < 1000; i++) {
            int chosen = space.choose(5000, counting);
            assertThat(chosen).isBetween(1024 + 64_000, 65535);
            space.take(chosen, 1);
            space.release(chosen);
        }
        assertThat(counting.drawn).isBetween(1000, 2200);
    }

    /** Chi-square over 100,000 draws against the quantile of 0.9999; the seed is fixed, so it passes or fails for good. */
    @Test
    void drawsEachFreeIdentifierOfTheClassWithEqualChance() {
        fill(3000, 60999);
        space.take(2000, 1);
        int[] drawn = new int[1 << 16];
        for (int i = 0; i < 100_000; i++) {
            drawn[space.choose(2000, random)]++;
        }
        int free = 65536 - 1024 - 58_000 - 1;
        assertThat(ChiSquare.ofUniform(drawn, id -> space.owner(id) == 0 && id >= 1024))
                .isBetween(ChiSquare.quantile(free - 1, -3.72), ChiSquare.quantile(free - 1, 3.72));
    }

    @Test
    void drawsEachFreeWellKnownIdentifierWithEqualChance() {
        fill(500, 899);
        int[] drawn = new int[1 << 16];
        for (int i = 0; i < 100_000; i++) {
            drawn[space.choose(600, random)]++;
        }
        assertThat(ChiSquare.ofUniform(drawn, id -> space.owner(id) == 0 && id >= 1 && id < 1024))
                .isBetween(ChiSquare.quantile(622, -3.72), ChiSquare.quantile(622, 3.72));
    }

    @Test
    void takesNoMemoryForOwnersUntilThereAreSome() {
        long before = use.bytes;
        space.take(5000, 7);
        space.take(5001, 8);
        assertThat(use.bytes).isEqualTo(before + 4096);
    }

    private static final class Counting implements RandomGenerator {
        private final RandomGenerator source;
        private int drawn;

        Counting(RandomGenerator source) {
            this.source = source;
        }

        @Override
        public long nextLong() {
            drawn++;
            return source.nextLong();
        }
    }
}
