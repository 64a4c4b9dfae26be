package io.github.culvert.nat.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeTry;

/** The index against a map: any sequence of add, remove, replace and work, looked at after each step. */
class HashIndexModelTest {
    private Records records = new Records();
    private Map<Long, Integer> model = new HashMap<>();
    private List<Long> keys = new ArrayList<>();

    /** One instance serves all tries. */
    @BeforeTry
    void empty() {
        records = new Records();
        model = new HashMap<>();
        keys = new ArrayList<>();
    }

    /** Everything is looked at after each step. */
    @Property(tries = 60)
    void findsWhatIsThereAndNothingElse(@ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int most) {
        run(seed, most, 600, 1);
    }

    /** Long tides, which often turn where the index has just begun to change its size. */
    @Property(tries = 15)
    void findsWhatIsThereWhileItGrowsAndShrinks(@ForAll long seed, @ForAll @IntRange(min = 500, max = 4_000) int most) {
        run(seed, most, 20 * most, most);
    }

    /** Grown over several segments and emptied again, several times over; everything is looked at now and then. */
    @Property(tries = 2)
    void findsWhatIsThereInLargeTables(@ForAll long seed, @ForAll @IntRange(min = 20_000, max = 60_000) int most) {
        run(seed, most, 4 * most, most / 2);
    }

    private void run(long seed, int most, int steps, int interval) {
        SplittableRandom random = new SplittableRandom(seed);
        HashIndex index = new HashIndex(records, random, -1, Keys.SHORT, Keys.FULL, 8);
        boolean growing = true;
        int turn = most;
        for (int step = 0; step < steps; step++) {
            if (growing ? model.size() >= turn : model.size() <= turn) {
                growing = !growing;
                turn = growing
                        ? 1 + random.nextInt(most)
                        : Math.max(0, Math.min(most, 1 << random.nextInt(14)) - 1 - random.nextInt(3));
            }
            act(index, random, growing ? 85 : 5);
            assertThat(index.live()).isEqualTo(model.size());
            if (step % interval == 0) {
                checkAll(index);
            }
        }
        checkAll(index);
        assertThat(index.rekeyed()).isZero();
    }

    private void act(HashIndex index, SplittableRandom random, int additions) {
        int choice = random.nextInt(100);
        if (choice < additions) {
            add(index, random.nextLong() & 0xffff);
        } else if (choice < 90 && !keys.isEmpty()) {
            remove(index, random.nextInt(keys.size()));
        } else if (choice < 95 && !keys.isEmpty()) {
            replace(index, keys.get(random.nextInt(keys.size())));
        } else {
            index.work();
        }
    }

    private static long parties(long key) {
        return Keys.parties((int) (key >> 6), (int) key & 3);
    }

    /** Half of the keys count in full, the others without the remote id. */
    private static long ids(long key) {
        long ids = Keys.ids((int) key & 0x3c, 17, (key & 1) == 0 ? 0 : (int) key);
        return (key & 1) == 0 ? ids : ids | Record.FULL_KEY;
    }

    private void add(HashIndex index, long key) {
        if (!model.containsKey(key)) {
            int ref = Keys.record(records, parties(key), ids(key));
            assertThat(index.add(ref)).isTrue();
            model.put(key, ref);
            keys.add(key);
        }
    }

    private void remove(HashIndex index, int position) {
        long key = keys.get(position);
        keys.set(position, keys.get(keys.size() - 1));
        keys.remove(keys.size() - 1);
        int ref = model.remove(key);
        index.remove(ref);
        records.free(ref);
        assertThat(find(index, key)).isZero();
    }

    private void replace(HashIndex index, long key) {
        int ref = Keys.record(records, parties(key), ids(key));
        int before = model.put(key, ref);
        index.replace(before, ref);
        records.free(before);
        assertThat(find(index, key)).isEqualTo(ref);
    }

    private static int find(HashIndex index, long key) {
        return (key & 1) == 0 ? index.find(parties(key), ids(key)) : index.findFull(parties(key), ids(key));
    }

    private void checkAll(HashIndex index) {
        model.forEach((key, ref) -> assertThat(find(index, key)).isEqualTo(ref));
        for (long key = 0; key < 50; key++) {
            assertThat(find(index, key)).isEqualTo(model.getOrDefault(key, 0));
        }
    }
}
