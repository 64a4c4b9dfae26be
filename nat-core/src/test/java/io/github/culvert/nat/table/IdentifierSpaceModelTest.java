package io.github.culvert.nat.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The identifiers of an address against arrays: what is drawn may be drawn, is in its range and parity, and counted. */
class IdentifierSpaceModelTest {
    private static final int ALL = 1 << 16;
    private static final int STEPS = 4_000;

    private static final class Run {
        final int[] owners = new int[ALL];
        final boolean[] resting = new boolean[ALL];
        final boolean[] excluded = new boolean[ALL];
        final SplittableRandom random;
        final IdentifierSpace space;
        int used;

        Run(long seed, int exclusions) {
            random = new SplittableRandom(seed);
            long[] bits = new long[1024];
            for (int i = 0; i < exclusions; i++) {
                int id = identifier();
                excluded[id] = true;
                bits[id >>> 6] |= 1L << id;
            }
            space = new IdentifierSpace(
                    new int[IdentifierSpace.BLOCKS][], 0, new PublicPool.Use(), exclusions == 0 ? null : bits);
        }

        /** Often small ones, so that the same come again. */
        private int identifier() {
            int bound = random.nextBoolean() ? 1024 : ALL;
            return random.nextInt(random.nextInt(bound) + 1);
        }

        void act(int percentTaken) {
            if (random.nextInt(100) < percentTaken) {
                draw();
                return;
            }
            int id = identifier();
            switch (random.nextInt(8)) {
                case 0 -> changeOwner(id);
                case 1 -> takeByName(id);
                case 2, 3 -> rest(id);
                case 4, 5 -> wake(id);
                default -> release(id);
            }
        }

        private void draw() {
            int width = 1 << random.nextInt(17);
            int first = Math.max(0, identifier() - random.nextInt(width));
            draw(first, Math.min(ALL - 1, first + random.nextInt(width)), Parity.values()[random.nextInt(3)]);
        }

        void draw(int first, int last, Parity parity) {
            int chosen = space.draw(first, last, parity, random);
            assertThat(space.count(first, last, parity)).isEqualTo(drawable(first, last, parity));
            if (chosen < 0) {
                assertThat(drawable(first, last, parity)).isZero();
                return;
            }
            assertThat(chosen).isBetween(first, last);
            assertThat(drawable(chosen, chosen, parity)).isOne();
            take(chosen);
        }

        void takeByName(int id) {
            if (owners[id] == 0) {
                take(id);
            }
        }

        void take(int identifier) {
            owners[identifier] = 1 + random.nextInt(1000);
            space.take(identifier, owners[identifier]);
            used++;
        }

        void release(int identifier) {
            if (owners[identifier] != 0) {
                owners[identifier] = 0;
                space.release(identifier);
                used--;
            }
        }

        void rest(int identifier) {
            if (owners[identifier] == 0) {
                assertThat(space.rest(identifier)).isNotEqualTo(resting[identifier]);
                resting[identifier] = true;
            }
        }

        void wake(int identifier) {
            if (resting[identifier]) {
                space.wake(identifier);
                resting[identifier] = false;
            }
        }

        void changeOwner(int identifier) {
            if (owners[identifier] != 0) {
                owners[identifier] = IdentifierSpace.RESERVED;
                space.changeOwner(identifier, owners[identifier]);
            }
        }

        private boolean isDrawable(int id) {
            return owners[id] == 0 && !resting[id] && !excluded[id];
        }

        int drawable(int first, int last, Parity parity) {
            int count = 0;
            for (int id = first; id <= last; id++) {
                boolean fits = parity == Parity.ANY || parity == (id % 2 == 0 ? Parity.EVEN : Parity.ODD);
                count += fits && isDrawable(id) ? 1 : 0;
            }
            return count;
        }

        void check() {
            assertThat(space.inUse()).isEqualTo(used);
            for (int id = 0; id < ALL; id++) {
                if (space.owner(id) != owners[id] || space.isAvailable(id) != isDrawable(id)) {
                    assertThat(space.owner(id)).as("owner of %d", id).isEqualTo(owners[id]);
                    assertThat(space.isAvailable(id)).as("%d", id).isEqualTo(isDrawable(id));
                }
            }
        }
    }

    @Property(tries = 30)
    void drawsWhatMayBeDrawn(
            @ForAll long seed,
            @ForAll @IntRange(min = 10, max = 100) int percentTaken,
            @ForAll @IntRange(max = 200) int exclusions) {
        Run run = new Run(seed, exclusions);
        for (int step = 0; step < STEPS; step++) {
            run.act(percentTaken);
        }
        run.check();
    }

    /** From almost full to full and back: the last ones are found, and then none. */
    @Property(tries = 10)
    void drawsTheLastOnes(@ForAll long seed, @ForAll @IntRange(min = 0, max = 70) int left) {
        Run run = new Run(seed, 0);
        for (int id = 0; id < ALL; id++) {
            run.take(id);
        }
        for (int i = 0; i < left; i++) {
            run.release(run.random.nextInt(ALL));
        }
        for (int i = 0; i < 2 * left + 10; i++) {
            run.draw(0, ALL - 1, Parity.values()[run.random.nextInt(3)]);
        }
        run.draw(0, ALL - 1, Parity.EVEN);
        assertThat(run.drawable(0, ALL - 1, Parity.ANY)).isLessThanOrEqualTo(left);
        run.check();
    }
}
