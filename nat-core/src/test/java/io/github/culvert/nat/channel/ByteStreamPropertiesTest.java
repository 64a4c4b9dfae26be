package io.github.culvert.nat.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever the network does, the receiver gets the edited stream, and nothing is kept in the end: see {@link StreamRun}. */
class ByteStreamPropertiesTest {
    @Property(tries = 300)
    void theReceiverGetsTheEditedStream(@ForAll long seed) {
        new StreamRun(Choices.of(seed)).run(400);
    }

    @Property(tries = 300)
    void itDoesWhatATrivialOneDoes(@ForAll long seed) {
        new StreamModelRun(Choices.of(seed)).run(200);
    }

    @Example
    void theModelMeetsEverything() {
        int full = 0;
        int inconsistent = 0;
        for (long seed = 0; seed < 60; seed++) {
            StreamModelRun run = new StreamModelRun(Choices.of(seed));
            run.run(200);
            full += run.seen().contains(Arrival.FULL) ? 1 : 0;
            inconsistent += run.seen().contains(Arrival.INCONSISTENT) ? 1 : 0;
        }
        assertThat(full).isGreaterThan(10);
        assertThat(inconsistent).isGreaterThan(40);
    }

    /** What the runs are made of: all that can come of a segment does, but a lie. */
    @Example
    void everythingHappens() {
        Map<Arrival, Integer> seen = new EnumMap<>(Arrival.class);
        for (long seed = 0; seed < 60; seed++) {
            StreamRun run = new StreamRun(Choices.of(seed));
            run.run(400);
            run.follower.seen.forEach((arrival, count) -> seen.merge(arrival, count, Integer::sum));
        }
        assertThat(seen.keySet())
                .containsExactly(Arrival.OLD, Arrival.FRESH, Arrival.EARLY, Arrival.ASTRAY, Arrival.FULL);
        assertThat(seen.get(Arrival.FULL)).isGreaterThan(5);
        assertThat(seen.get(Arrival.EARLY)).isGreaterThan(500);
    }
}
