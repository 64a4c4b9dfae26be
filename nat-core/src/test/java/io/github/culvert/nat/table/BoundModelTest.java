package io.github.culvert.nat.table;

import io.github.culvert.nat.config.Limits;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Sessions bound by identifiers against maps: any sequence of what can happen to them, compared after each step. */
class BoundModelTest {
    /** So few identifiers that they meet all the time. */
    @Property(tries = 60)
    void agreesWithMaps(@ForAll long seed) {
        new BoundRun(seed, Limits.of(1000, 1000, 1000, 1000), 100).play(400);
    }

    /** Every limit is met again and again. */
    @Property(tries = 40)
    void agreesWithMapsAtEveryLimit(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int most) {
        new BoundRun(seed, Limits.of(2 * most + 1, 1000, 1000, 1000), most).play(400);
    }
}
