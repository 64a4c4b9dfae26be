package io.github.culvert.nat.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an attacker makes collide who knows some other hash does not collide here. Steps are counted, not time. */
class CollisionTest {
    private static final int KEYS = 1_000_000;
    private static final int BITS = 22;

    private record Key(long parties, long ids) {}

    private interface Source {
        Key key(int n);
    }

    /** How far from their homes a million keys lie: the p99 and the most. */
    private static int[] distances(Source source) {
        SplittableRandom random = new SplittableRandom(5);
        IndexTable table = new IndexTable(BITS, random.nextLong(), random.nextLong());
        int[] distances = new int[KEYS];
        for (int n = 0; n < KEYS; n++) {
            Key key = source.key(n);
            int hash = table.hash(key.parties, key.ids);
            int position = table.vacancy(hash);
            assertThat(position).isNotNegative();
            distances[n] = table.between(table.home(hash), position);
            table.put(position, IndexTable.slotOf(hash, distances[n], n + 1));
        }
        Arrays.sort(distances);
        return new int[] {distances[KEYS * 99 / 100], distances[KEYS - 1]};
    }

    /** Inside address, inside id, protocol, remote address, remote id, as a naive table would hash them. */
    private static int naive(int inside, int insideId, int remote, int remoteId) {
        return Arrays.hashCode(new int[] {inside, insideId, 17, remote, remoteId});
    }

    /** One more remote address and 31 fewer remote ids: the sum that is the hash stays as it is. */
    private static Key colliding(int n) {
        int up = n / 2_000;
        int down = n % 2_000;
        int inside = 0x0a000001 + up;
        int insideId = 40_000 - 31 * up;
        int remote = 0x08080808 + down;
        int remoteId = 63_000 - 31 * down;
        assertThat(naive(inside, insideId, remote, remoteId)).isEqualTo(naive(0x0a000001, 40_000, 0x08080808, 63_000));
        return new Key(Keys.parties(inside, remote), Keys.ids(insideId, 17, remoteId));
    }

    @Test
    @Tag("SEC-08")
    void keysThatCollideElsewhereLieAsNearAsRandomOnes() {
        SplittableRandom random = new SplittableRandom(6);
        int[] ordinary = distances(n -> new Key(random.nextLong(), Keys.ids(random.nextInt(1 << 16), 17, n & 0xffff)));
        int[] hostile = distances(CollisionTest::colliding);
        assertThat(hostile[0] + 1).as("p99 of the probes").isLessThanOrEqualTo(3 * (ordinary[0] + 1));
        assertThat(hostile[1]).as("the longest probe").isLessThan(IndexTable.MOST_PROBES);
    }

    /** The whole index, with its way of growing: no new secret is needed, and all is found. */
    @Test
    @Tag("SEC-08")
    void theIndexTakesThemAllUnderItsFirstSecret() {
        Records records = new Records();
        HashIndex index = new HashIndex(records, new SplittableRandom(7), -1, Keys.FULL, Keys.FULL, 8);
        for (int n = 0; n < KEYS / 4; n++) {
            Key key = colliding(n);
            assertThat(index.add(Keys.record(records, key.parties, key.ids))).isTrue();
        }
        assertThat(index.rekeyed()).isZero();
    }
}
