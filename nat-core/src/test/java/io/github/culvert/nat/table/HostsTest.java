package io.github.culvert.nat.table;

import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.EXT2;
import static io.github.culvert.nat.testkit.bed.Packets.EXT3;
import static io.github.culvert.nat.testkit.bed.Packets.EXT4;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.bed.NatBed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The hosts against a map of what each has. */
class HostsTest {
    private static final int ADDRESSES = 4;

    private static Hosts hosts(Records records, long seed, int most) {
        return hosts(records, new SplittableRandom(seed), most);
    }

    private static Hosts hosts(Records records, RandomGenerator random, int most) {
        PublicPool pool = new PublicPool(NatBed.config(EXT1, EXT2, EXT3, EXT4));
        AddressChoice choice = new AddressChoice(pool, new FixedAddresses(pool, List.of()), random, null);
        return new Hosts(records, random, choice, () -> most, new TableEvents() {});
    }

    @Property(tries = 40)
    void remembersWhatEachHasAndForgetsWhoHasNothing(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int addresses) {
        SplittableRandom random = new SplittableRandom(seed);
        Records records = new Records();
        Hosts hosts = hosts(records, seed, addresses);
        Map<Integer, Integer> held = new HashMap<>();
        for (int step = 0; step < 2_000; step++) {
            act(hosts, held, random.nextInt(addresses), random.nextInt(5) - 2);
            assertThat(hosts.live()).isEqualTo(held.size());
            assertThat(records.live()).isEqualTo(held.size());
        }
        held.forEach((address, count) ->
                assertThat(hosts.sessions(hosts.find(address))).isEqualTo(count));
    }

    private static void act(Hosts hosts, Map<Integer, Integer> held, int address, int change) {
        int before = held.getOrDefault(address, 0);
        int after = Math.max(0, before + change);
        assertThat(hosts.find(address) != 0).isEqualTo(before != 0);
        int host = hosts.take(address);
        assertThat(hosts.publicIndex(host)).isBetween(0, ADDRESSES - 1);
        hosts.addSessions(host, after - before);
        hosts.giveBack(host);
        held.put(address, after);
        held.remove(address, 0);
    }

    @Test
    void aHostWithAMappingOnlyStays() {
        Hosts hosts = hosts(new Records(), 1, 10);
        int host = hosts.take(7);
        hosts.addMappings(host, 17, 1);
        hosts.giveBack(host);
        assertThat(hosts.find(7)).isEqualTo(host);
        hosts.addMappings(host, 17, -1);
        hosts.giveBack(host);
        assertThat(hosts.find(7)).isZero();
    }

    @Test
    void refusesOneHostMoreThanThereMayBe() {
        Hosts hosts = hosts(new Records(), 1, 2);
        hosts.addSessions(hosts.take(1), 1);
        hosts.addSessions(hosts.take(2), 1);
        assertThat(hosts.take(3)).isEqualTo(~Refusal.HOST_LIMIT.ordinal());
        assertThat(hosts.take(2)).isEqualTo(hosts.find(2));
        assertThat(hosts.live()).isEqualTo(2);
    }

    @Test
    void spreadsHostsOverThePublicAddresses() {
        Hosts hosts = hosts(new Records(), 1, 4_000);
        int[] chosen = new int[ADDRESSES];
        for (int address = 0; address < 4_000; address++) {
            int host = hosts.take(address);
            hosts.addMappings(host, 17, 1);
            chosen[hosts.publicIndex(host)]++;
        }
        assertThat(ChiSquare.ofUniform(chosen, index -> true)).isLessThan(ChiSquare.quantile(3, 3.72));
    }

    /** Numbers cost something to draw: one is kept until it is used. */
    @Test
    void drawsNothingForHostsThatGetNothing() {
        int[] drawn = {0};
        RandomGenerator counting = () -> drawn[0]++;
        Hosts hosts = hosts(new Records(), counting, 10);
        hosts.giveBack(hosts.take(1));
        int first = drawn[0];
        for (int address = 2; address < 100; address++) {
            hosts.giveBack(hosts.take(address));
        }
        assertThat(drawn[0]).isEqualTo(first);
    }
}
