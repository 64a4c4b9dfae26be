package io.github.culvert.nat.table;

import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.EXT2;
import static io.github.culvert.nat.testkit.bed.Packets.EXT3;

import io.github.culvert.nat.config.Limits;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The table as a whole against maps: any sequence of what can happen to it, compared after each step. */
class FlowTableModelTest {
    /** One host with few endpoints and remotes: peers and mappings of their own come and go all the time. */
    @Property(tries = 60)
    void agreesWithMapsWhereSessionsShareMappings(@ForAll long seed) {
        Limits limits = Limits.of(1000, 1000, 1000, 1000);
        new TableRun(seed, limits, List.of(EXT1), new Choices.Scope(2, 3, 2, 3)).play(400);
    }

    /** Many hosts that want the same identifiers of several public addresses. */
    @Property(tries = 40)
    void agreesWithMapsWhereHostsCompete(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int hosts) {
        Limits limits = Limits.of(1000, 1000, 1000, 1000);
        new TableRun(seed, limits, List.of(EXT1, EXT2, EXT3), new Choices.Scope(hosts, 6, 3, 2)).play(400);
    }

    /** Every limit is met again and again. */
    @Property(tries = 40)
    void agreesWithMapsAtEveryLimit(@ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int most) {
        Limits limits = Limits.of(3 * most, most, 2, 1 + most / 2);
        new TableRun(seed, limits, List.of(EXT1, EXT2), new Choices.Scope(14, 4, 3, 2)).play(400);
    }

    /** Some thousand sessions, compared now and then. */
    @Property(tries = 3)
    void agreesWithMapsInLargeTables(@ForAll long seed) {
        Limits limits = Limits.of(100_000, 1000, 100_000, 100_000);
        new TableRun(seed, limits, List.of(EXT1, EXT2), new Choices.Scope(30, 500, 20, 20))
                .every(500)
                .play(8_000);
    }
}
