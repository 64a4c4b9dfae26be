package io.github.culvert.nat.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which identifier is drawn, and how much work it is. */
class IdentifierSpaceTest {
    private final PublicPool.Use use = new PublicPool.Use();
    private final IdentifierSpace space = space(null);
    private final SplittableRandom random = new SplittableRandom(1);

    private IdentifierSpace space(long[] excluded) {
        return new IdentifierSpace(new int[IdentifierSpace.BLOCKS][], 0, use, excluded);
    }

    private void fill(int first, int last) {
        for (int id = first; id <= last; id++) {
            space.take(id, 1);
        }
    }

    private int draw(int first, int last) {
        return space.draw(first, last, Parity.ANY, random);
    }

    @Test
    void drawsWithinARange() {
        for (int i = 0; i < 1000; i++) {
            assertThat(draw(1, 1023)).isBetween(1, 1023);
            assertThat(draw(1024, 65_535)).isBetween(1024, 65_535);
            assertThat(draw(5000, 5003)).isBetween(5000, 5003);
            assertThat(draw(1000, 3100)).isBetween(1000, 3100);
            assertThat(draw(7, 7)).isEqualTo(7);
        }
    }

    @Test
    void drawsOfAParity() {
        for (int i = 0; i < 1000; i++) {
            assertThat(space.draw(1, 1023, Parity.EVEN, random))
                    .isBetween(2, 1022)
                    .matches(id -> id % 2 == 0);
            assertThat(space.draw(1024, 65_535, Parity.ODD, random))
                    .isGreaterThan(1024)
                    .matches(id -> id % 2 == 1);
        }
    }

    @Test
    void aFullRangeTakesNothingFromOthers() {
        fill(1024, 65_535);
        assertThat(draw(1024, 65_535)).isEqualTo(IdentifierSpace.NONE);
        assertThat(draw(1, 1023)).isPositive();
    }

    /** At 99.2 and at 99.9 % fill, whichever identifiers are left: words of the bitmap and counts, not time. */
    @Test
    @Tag("NAT-PORT-04")
    void readsAFixedNumberOfWordsHoweverFullItIs() {
        for (int free : new int[] {512, 65}) {
            IdentifierSpace full = new IdentifierSpace(new int[IdentifierSpace.BLOCKS][], 0, use, null);
            for (int id = 1024; id < 65_536; id++) {
                full.take(id, 1);
            }
            for (int i = 0; i < free; i++) {
                full.release(1024 + (int) (i * 64_511L / (free - 1)));
            }
            for (int i = 0; i < 1000; i++) {
                long before = full.reads();
                int drawn = full.draw(1024, 65_535, i % 2 == 0 ? Parity.ANY : Parity.EVEN, random);
                assertThat(full.reads() - before).isLessThanOrEqualTo(1 + 64 + 16);
                assertThat(full.owner(drawn)).isZero();
                full.take(drawn, 1);
                full.release(drawn);
            }
        }
    }

    @Test
    void anyRangeIsReadInABoundedNumberOfWords() {
        for (int i = 0; i < 10_000; i++) {
            int first = random.nextInt(1 << 16);
            int last = first + random.nextInt((1 << 16) - first);
            long before = space.reads();
            assertThat(draw(first, last)).isBetween(first, last);
            assertThat(space.reads() - before).isLessThanOrEqualTo(16 + 16 + 33 + 64 + 16);
        }
    }

    /** Chi-square over 100,000 draws against the quantile of 0.9999; the seed is fixed, so it passes or fails for good. */
    @Test
    void drawsEachFreeIdentifierOfARangeWithEqualChance() {
        fill(3000, 60_999);
        space.take(2000, 1);
        isUniform(1024, 65_535, Parity.ANY, 65_536 - 1024 - 58_000 - 1);
        isUniform(1024, 65_535, Parity.EVEN, (65_536 - 1024 - 58_000) / 2 - 1);
        isUniform(2001, 2100, Parity.ANY, 100);
        fill(500, 899);
        isUniform(1, 1023, Parity.ANY, 623);
        isUniform(1, 1023, Parity.ODD, 312);
    }

    private void isUniform(int first, int last, Parity parity, int free) {
        int[] drawn = new int[1 << 16];
        for (int i = 0; i < 100_000; i++) {
            drawn[space.draw(first, last, parity, random)]++;
        }
        double statistic = ChiSquare.ofUniform(
                drawn, id -> id >= first && id <= last && space.owner(id) == 0 && (parity.mask >>> id & 1) != 0);
        assertThat(space.count(first, last, parity)).isEqualTo(free);
        assertThat(statistic).isBetween(ChiSquare.quantile(free - 1, -3.72), ChiSquare.quantile(free - 1, 3.72));
    }

    @Test
    void whatIsExcludedMayStillBeTakenByName() {
        long[] bits = new long[1024];
        bits[5000 >>> 6] |= 1L << 5000;
        IdentifierSpace without = space(bits);
        assertThat(without.draw(5000, 5000, Parity.ANY, random)).isEqualTo(IdentifierSpace.NONE);
        assertThat(without.owner(5000)).isZero();
        without.take(5000, 7);
        without.release(5000);
        assertThat(without.isAvailable(5000)).isFalse();
        assertThat(without.inUse()).isZero();
    }

    @Test
    void whatRestsIsNotDrawnEvenIfItWasTakenByNameInBetween() {
        assertThat(space.rest(5000)).isTrue();
        assertThat(space.rest(5000)).isFalse();
        space.take(5000, 7);
        space.release(5000);
        assertThat(draw(5000, 5000)).isEqualTo(IdentifierSpace.NONE);
        space.take(5000, 7);
        space.wake(5000);
        assertThat(draw(5000, 5000)).isEqualTo(IdentifierSpace.NONE);
        space.release(5000);
        assertThat(draw(5000, 5000)).isEqualTo(5000);
    }

    @Test
    void takesNoMemoryForOwnersUntilThereAreSome() {
        long before = use.bytes;
        space.take(5000, 7);
        space.take(5001, 8);
        assertThat(use.bytes).isEqualTo(before + 4096);
        space.rest(5000);
        assertThat(use.bytes).isEqualTo(before + 4096 + 8192);
        space.discard();
        assertThat(use.bytes).isZero();
        assertThat(use.identifiers).isZero();
    }
}
