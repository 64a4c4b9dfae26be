package io.github.culvert.nat.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Growth, shrinking, and the change of secret when a probe runs too long. */
class HashIndexTest {
    private static final int CROWD = IndexTable.MOST_PROBES + 1;

    private final Records records = new Records();

    private HashIndex index(RandomGenerator random) {
        return new HashIndex(records, random, -1, Keys.SHORT, Keys.FULL, 8);
    }

    private int record(long number) {
        return Keys.record(records, number, Keys.ids(1, 17, 0));
    }

    private int find(HashIndex index, long number) {
        return index.find(number, Keys.ids(1, 17, 0));
    }

    private List<Integer> addAll(HashIndex index, List<Long> numbers) {
        List<Integer> refs = new ArrayList<>();
        for (long number : numbers) {
            int ref = record(number);
            refs.add(index.add(ref) ? ref : 0);
        }
        return refs;
    }

    private List<Integer> findAll(HashIndex index, List<Long> numbers) {
        return numbers.stream().map(number -> find(index, number)).toList();
    }

    private static List<Long> count(int numbers) {
        return java.util.stream.LongStream.rangeClosed(1, numbers).boxed().toList();
    }

    private static void settle(HashIndex index) {
        while (index.work()) {
            // moves some slots
        }
    }

    @Test
    void growsWhileItIsUsedAndKeepsAll() {
        HashIndex index = index(new SplittableRandom(1));
        List<Long> numbers = count(100_000);

        List<Integer> refs = addAll(index, numbers);

        assertThat(findAll(index, numbers)).isEqualTo(refs);
        settle(index);
        assertThat(findAll(index, numbers)).isEqualTo(refs);
    }

    /** Whatever the fill at which it grows. */
    @ParameterizedTest
    @ValueSource(ints = {7, 8, 9})
    void movesIntoALargerTableOnlyWhenItGrows(int mostSixteenths) {
        HashIndex index = new HashIndex(records, new SplittableRandom(1), -1, Keys.SHORT, Keys.FULL, mostSixteenths);
        int moves = 0;
        for (long number = 1; number <= 4000; number++) {
            assertThat(index.add(record(number))).isTrue();
            moves += index.work() ? 1 : 0;
            settle(index);
        }
        // from 64 slots to 8192 or 16384
        assertThat(moves).isBetween(7, 8);
    }

    @Test
    void holdsBetweenAQuarterAndHalfOfItsSlotsOnceItHasMoved() {
        HashIndex index = index(new SplittableRandom(1));
        for (int size = 200; size < 100_000; size *= 3) {
            addAll(
                    index,
                    count(size - index.live()).stream()
                            .map(n -> n << 20 | index.live())
                            .toList());
            settle(index);
            assertThat(index.memory() / 4.0 / size)
                    .as("slots for each of %d", size)
                    .isBetween(1.9, 25.0);
        }
    }

    @Test
    void givesMemoryBackWhenItEmpties() {
        HashIndex index = index(new SplittableRandom(1));
        long before = index.memory();
        List<Integer> refs = addAll(index, count(100_000));
        long full = index.memory();

        refs.forEach(index::remove);
        for (int i = 0; i < 5; i++) {
            settle(index);
            addAll(index, count(1)).forEach(index::remove);
        }

        assertThat(full).isGreaterThan(400_000);
        assertThat(index.memory()).isLessThanOrEqualTo(before + 4 * 4096 * 2);
    }

    /** An index that had begun to shrink was filled to the brim by what came while it moved. */
    @Test
    void hasRoomForWhatComesWhileItShrinks() {
        HashIndex index = index(new SplittableRandom(1));
        List<Integer> refs = addAll(index, count(1_000));
        refs.subList(0, 873).forEach(index::remove);
        List<Long> more = count(2_000).subList(1_000, 2_000);

        assertThat(addAll(index, more)).doesNotContain(0);
        assertThat(index.rekeyed()).isZero();
    }

    /** The same however much of it is left. */
    @Test
    void hasRoomForWhatComesHoweverSmallItGrew() {
        for (int kept = 0; kept < 60; kept++) {
            HashIndex index = index(new SplittableRandom(kept));
            List<Integer> refs = addAll(index, count(1_000));
            settle(index);
            refs.subList(kept, 1_000).forEach(index::remove);
            assertThat(addAll(index, count(4_000).subList(1_000, 4_000))).doesNotContain(0);
            assertThat(index.rekeyed()).isZero();
        }
    }

    @Test
    void staysSmallUnderEndlessComingAndGoing() {
        HashIndex index = index(new SplittableRandom(1));
        List<Integer> refs = new ArrayList<>(addAll(index, count(1_000)));
        settle(index);
        long before = index.memory();
        for (long number = 1_001; number < 200_000; number++) {
            int old = refs.set((int) (number % 1_000), record(number));
            index.remove(old);
            records.free(old);
            index.add(refs.get((int) (number % 1_000)));
        }
        settle(index);
        assertThat(index.memory()).isEqualTo(before);
        assertThat(index.rekeyed()).isZero();
    }

    @Test
    void oneCallMovesABoundedPart() {
        HashIndex index = index(new SplittableRandom(1));
        addAll(index, count(4_097));
        int calls = 0;
        while (index.work()) {
            calls++;
        }
        assertThat(calls).isBetween(8192 / 32 - 20, 8192 / 32 + 1);
    }

    @Test
    void takesANewSecretWhenSomebodyKnowsTheOldOne() {
        HashIndex index = index(new Script(7, 9, 11, 13));
        List<Long> crowd = crowd(new IndexTable(6, 7, 9), CROWD);

        List<Integer> refs = addAll(index, crowd);

        assertThat(index.rekeyed()).isEqualTo(1);
        assertThat(findAll(index, crowd)).isEqualTo(refs).doesNotContain(0);
        settle(index);
        assertThat(findAll(index, crowd)).isEqualTo(refs);
    }

    /** The second secret is known as well: the move that it was for is stuck, and goes on under a third. */
    @Test
    void aStuckMoveEndsByItself() {
        HashIndex index = index(new Script(7, 9, 7, 9, 21, 23, 25, 27));
        List<Long> crowd = crowd(new IndexTable(6, 7, 9), 2 * CROWD);

        List<Integer> refs = addAll(index, crowd);

        assertThat(refs).doesNotContain(0);
        assertThat(index.rekeyed()).isEqualTo(2);
        assertThat(findAll(index, crowd)).isEqualTo(refs);
        settle(index);
        assertThat(index.work()).isFalse();
        assertThat(findAll(index, crowd)).isEqualTo(refs);
        refs.forEach(index::remove);
        assertThat(index.live()).isZero();
    }

    /** Records leave all three tables in any order, and others come. */
    @Test
    void threeTablesAreOneIndex() {
        HashIndex index = index(new Script(7, 9, 7, 9, 21, 23, 25, 27));
        List<Long> crowd = crowd(new IndexTable(6, 7, 9), 2 * CROWD);
        List<Integer> refs = new ArrayList<>(addAll(index, crowd));
        for (int i = 0; i < crowd.size(); i += 3) {
            index.remove(refs.set(i, 0));
        }
        assertThat(findAll(index, crowd)).isEqualTo(refs);
        for (int i = 0; i < crowd.size(); i += 3) {
            refs.set(i, addAll(index, crowd.subList(i, i + 1)).get(0));
        }
        settle(index);
        assertThat(findAll(index, crowd)).isEqualTo(refs).doesNotContain(0);
    }

    @Test
    void refusesAKeyButLosesNoneIfTheNewSecretIsKnownToo() {
        HashIndex index = index(new Script(7, 9, 7, 9));
        List<Long> crowd = crowd(new IndexTable(6, 7, 9), 2 * CROWD);

        List<Integer> refs = addAll(index, crowd);

        assertThat(refs).contains(0);
        assertThat(findAll(index, crowd)).isEqualTo(refs);
        assertThat(index.live())
                .isEqualTo((int) refs.stream().filter(ref -> ref != 0).count());
    }

    @Test
    void goesOnOnceTheCrowdHasLeft() {
        HashIndex index = index(new Script(7, 9, 7, 9));
        List<Long> crowd = crowd(new IndexTable(6, 7, 9), 2 * CROWD);
        addAll(index, crowd).stream().filter(ref -> ref != 0).forEach(index::remove);

        settle(index);

        assertThat(index.live()).isZero();
        List<Long> others = count(1_000);
        assertThat(findAll(index, others)).containsOnly(0);
        assertThat(addAll(index, others)).isEqualTo(findAll(index, others)).doesNotContain(0);
    }

    @Test
    void whatLiesBehindThoseThatAreGoneIsFound() {
        IndexTable hashes = new IndexTable(6, 7, 9);
        HashIndex index = index(new Script(7, 9));
        List<Long> tagless = count(40_000).stream()
                .filter(n -> (hashes.hash(n, Keys.ids(1, 17, 0)) & 0xff) == 0)
                .limit(30)
                .toList();
        List<Integer> refs = addAll(index, tagless);

        refs.subList(0, 15).forEach(index::remove);

        assertThat(findAll(index, tagless.subList(0, 15))).containsOnly(0);
        assertThat(findAll(index, tagless.subList(15, 30))).isEqualTo(refs.subList(15, 30));
    }

    /** A move that is stuck lets the other table fill up; even so each call comes back. */
    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void comesBackFromATableWithoutAnyFreeSlot() {
        HashIndex index = index(new Script(7, 9, 7, 9));
        addAll(index, crowd(new IndexTable(6, 7, 9), 2 * CROWD));
        List<Long> others = count(20_000).stream().map(n -> n << 40).toList();
        List<Integer> refs = addAll(index, others);
        assertThat(refs).contains(0);

        List<Integer> there = refs.stream().filter(ref -> ref != 0).toList();
        there.subList(0, 50).forEach(index::remove);

        assertThat(findAll(index, others).stream().filter(ref -> ref != 0))
                .containsExactlyElementsOf(there.subList(50, there.size()));
    }

    /** Numbers whose homes are close together in a table of any size up to 2^12. */
    private static List<Long> crowd(IndexTable hashes, int size) {
        List<Long> crowd = new ArrayList<>();
        for (long number = 1; crowd.size() < size; number++) {
            if (hashes.hash(number, Keys.ids(1, 17, 0)) >>> 20 == 5) {
                crowd.add(number);
            }
        }
        return crowd;
    }

    /** A source of numbers that somebody knows. */
    private static final class Script implements RandomGenerator {
        private final long[] numbers;
        private int used;

        Script(long... numbers) {
            this.numbers = numbers;
        }

        @Override
        public long nextLong() {
            return numbers[used++ % numbers.length];
        }
    }
}
