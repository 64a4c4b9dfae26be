package io.github.culvert.nat.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The identifiers of an address against an array: what is chosen is free, in its class, and counted. */
class IdentifierSpaceModelTest {
    private static final int ALL = 1 << 16;
    private static final int STEPS = 4_000;

    private static final class Run {
        final IdentifierSpace space = new IdentifierSpace(new int[IdentifierSpace.BLOCKS][], 0, new PublicPool.Use());
        final int[] owners = new int[ALL];
        final SplittableRandom random;
        int used;

        Run(long seed) {
            random = new SplittableRandom(seed);
        }

        void act(int percentTaken) {
            if (random.nextInt(100) < percentTaken) {
                choose(preferred());
            } else if (random.nextInt(10) == 0) {
                changeOwner(random.nextInt(ALL));
            } else {
                release(random.nextInt(ALL));
            }
            assertThat(space.inUse()).isEqualTo(used);
        }

        /** Well-known identifiers and a few others are wanted by many. */
        private int preferred() {
            int bound = random.nextBoolean() ? 1024 : ALL;
            return random.nextInt(random.nextInt(bound) + 1);
        }

        void choose(int preferred) {
            int chosen = space.choose(preferred, random);
            if (owners[preferred] == 0) {
                assertThat(chosen).isEqualTo(preferred);
            } else if (chosen < 0) {
                assertThat(freeOfClass(preferred)).isZero();
                return;
            } else {
                assertThat(chosen).isNotZero();
                assertThat(chosen < 1024).isEqualTo(preferred < 1024);
                assertThat(owners[chosen]).isZero();
            }
            take(chosen);
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

        void changeOwner(int identifier) {
            if (owners[identifier] != 0) {
                owners[identifier] = IdentifierSpace.RESERVED;
                space.changeOwner(identifier, owners[identifier]);
            }
        }

        int freeOfClass(int preferred) {
            int free = 0;
            for (int id = preferred < 1024 ? 1 : 1024; id < (preferred < 1024 ? 1024 : ALL); id++) {
                free += owners[id] == 0 ? 1 : 0;
            }
            return free;
        }

        void checkOwners() {
            for (int id = 0; id < ALL; id++) {
                if (space.owner(id) != owners[id]) {
                    assertThat(space.owner(id)).as("owner of %d", id).isEqualTo(owners[id]);
                }
            }
        }
    }

    @Property(tries = 30)
    void choosesWhatIsFreeAndOfTheClass(@ForAll long seed, @ForAll @IntRange(min = 20, max = 100) int percentTaken) {
        Run run = new Run(seed);
        for (int step = 0; step < STEPS; step++) {
            run.act(percentTaken);
        }
        run.checkOwners();
    }

    /** From almost full to full and back: the last ones are found, and then none. */
    @Property(tries = 10)
    void choosesTheLastFreeOnes(@ForAll long seed, @ForAll @IntRange(min = 0, max = 70) int left) {
        Run run = new Run(seed);
        for (int id = 0; id < ALL; id++) {
            run.take(id);
        }
        for (int i = 0; i < left; i++) {
            run.release(run.random.nextInt(ALL));
        }
        for (int i = 0; i < 2 * left + 10; i++) {
            run.choose(run.random.nextInt(ALL));
            run.choose(run.random.nextInt(1024));
        }
        assertThat(run.freeOfClass(5000)).isZero();
        run.checkOwners();
    }
}
