package io.github.culvert.nat.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.culvert.nat.event.NatEvent;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.testkit.lab.Lab;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An error of a listener comes out of the call, and leaves the table whole: whatever was begun is done. */
class ListenerErrorTest {
    private final List<NatEvent> told = new ArrayList<>();
    private int failsAt = Integer.MAX_VALUE;

    private final Lab lab =
            Lab.around(NatEngine.builder(NatBed.config(Packets.EXT1).withPortless(Set.of(97)))
                    .listener(this::fail)
                    .listener(told::add)
                    .build());

    private void fail(NatEvent event) {
        if (told.size() == failsAt) {
            throw new StackOverflowError("on purpose");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void whenASessionOpens(int event) {
        failsAt = event;
        assertThatThrownBy(() -> lab.udp("IN1:5000 > OUT1:53")).isInstanceOf(StackOverflowError.class);
        assertThat(told).extracting(NatEvent::natEvent).containsExactly(14, 8, 4);
        lab.udp("IN1:5000 > OUT1:53").arrives("EXT1:5000 > OUT1:53");
        endsByTime();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5})
    void whenASessionEnds(int event) {
        failsAt = event;
        lab.udp("IN1:5000 > OUT1:53");
        assertThatThrownBy(() -> lab.at(301).late()).isInstanceOf(StackOverflowError.class);
        assertThat(told).extracting(NatEvent::natEvent).containsExactly(14, 8, 4, 5, 9, 15);
        endsByTime();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
    void whereverItIsTheOthersAreToldOfAll(int event) {
        failsAt = event;
        for (int i = 0; i < 4; i++) {
            try {
                lab.udp("IN1:500" + i / 2 + " > OUT1:" + (53 + i));
            } catch (StackOverflowError onPurpose) {
                assertThat(told).hasSizeGreaterThan(event);
            }
        }
        failsAt = Integer.MAX_VALUE;
        endsByTime();
        assertThat(told).extracting(NatEvent::natEvent).filteredOn(n -> n == 4).hasSize(4);
        assertThat(told).extracting(NatEvent::natEvent).filteredOn(n -> n == 5).hasSize(4);
        assertThat(told).extracting(NatEvent::natEvent).filteredOn(n -> n == 9).hasSize(2);
    }

    private void endsByTime() {
        lab.at(1_000).late();
        NatCounters counters = lab.bed().engine().counters();
        assertThat(counters.gauge(Gauge.SESSIONS)).isZero();
        assertThat(counters.gauge(Gauge.IDENTIFIERS)).isZero();
        assertThat(counters.gauge(Gauge.HOSTS)).isZero();
        assertThat(counters.callbackFailures()).isEqualTo(1);
    }
}
