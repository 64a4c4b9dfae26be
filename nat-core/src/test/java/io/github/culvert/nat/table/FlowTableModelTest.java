package io.github.culvert.nat.table;

import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.EXT2;
import static io.github.culvert.nat.testkit.bed.Packets.EXT3;

import io.github.culvert.nat.config.Assignment;
import io.github.culvert.nat.config.Behaviour;
import io.github.culvert.nat.config.Behaviours;
import io.github.culvert.nat.config.IdentifierPolicy;
import io.github.culvert.nat.config.Limits;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.Pairing;
import io.github.culvert.nat.config.Rest;
import io.github.culvert.nat.packet.Ipv4Prefix;
import java.time.Duration;
import java.util.List;
import java.util.Set;
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

    private static final Limits AMPLE = Limits.of(1000, 1000, 1000, 1000);
    private static final Rest SHORT = Rest.STANDARD.withTime(Duration.ofSeconds(2));

    private static NatConfig config(IdentifierPolicy policy) {
        return NatConfig.of(List.of(Ipv4Prefix.parse("10.0.0.0/22")), List.of(EXT1, EXT2))
                .withLimits(AMPLE)
                .withIdentifiers(policy);
    }

    /** What is freed rests, a few or all, and some is excluded. */
    @Property(tries = 40)
    void agreesWithMapsWhereIdentifiersRest(@ForAll long seed, @ForAll @IntRange(max = 30) int most) {
        IdentifierPolicy policy = IdentifierPolicy.STANDARD
                .withRest(SHORT.withMost(most))
                .withExcluded(Set.of(0, 2, 5001))
                .withPreserved(seed % 3 != 0);
        NatConfig open = config(policy).withBehaviours(Behaviours.all(Behaviour.TRANSPARENT));
        new TableRun(seed, open, new Choices.Scope(5, 4, 2, 2)).play(400);
    }

    @Property(tries = 40)
    void agreesWithMapsWhereHostsHaveBlocks(@ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int hosts) {
        IdentifierPolicy policy = IdentifierPolicy.STANDARD
                .withAssignment(new Assignment.Blocks(64))
                .withRest(SHORT);
        NatConfig open = config(policy).withBehaviours(Behaviours.all(Behaviour.TRANSPARENT));
        new TableRun(seed, open, new Choices.Scope(hosts, 30, 2, 2)).play(400);
    }

    /** Hosts that need several blocks, which come and go in any order. */
    @Property(tries = 10)
    void agreesWithMapsWhereHostsHaveManyBlocks(@ForAll long seed) {
        IdentifierPolicy policy = IdentifierPolicy.STANDARD.withAssignment(new Assignment.Blocks(64));
        new TableRun(seed, config(policy), new Choices.Scope(1, 400, 2, 2))
                .slower(40)
                .every(200)
                .play(5_000);
    }

    /** So few ports that blocks run out, and hosts go over to another address. */
    @Property(tries = 20)
    void agreesWithMapsWhereBlocksRunOut(@ForAll long seed) {
        IdentifierPolicy policy = IdentifierPolicy.STANDARD
                .withAssignment(new Assignment.Blocks(16_384))
                .withPairing(Pairing.FALL_OVER);
        new TableRun(seed, config(policy), new Choices.Scope(12, 50, 2, 2)).play(400);
    }

    @Property(tries = 20)
    void agreesWithMapsWhereRangesFollowFromTheAddress(@ForAll long seed) {
        IdentifierPolicy policy = IdentifierPolicy.STANDARD.withAssignment(new Assignment.Deterministic(28_672, 64));
        new TableRun(seed, config(policy), new Choices.Scope(1, 400, 2, 2))
                .slower(40)
                .every(200)
                .play(5_000);
    }
}
