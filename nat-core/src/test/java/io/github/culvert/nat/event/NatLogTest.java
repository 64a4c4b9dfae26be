package io.github.culvert.nat.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Mapping;
import io.github.culvert.nat.mapping.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The queue between the engine and who writes the log. */
class NatLogTest {
    private static final int EVENTS = 100_000;

    private static NatEvent event(long number) {
        return new NatEvent.MappingCreated(new Mapping(
                Protocol.UDP, Endpoint.parse("10.0.0.1:" + number), Endpoint.parse("203.0.113.1:1"), false, 1));
    }

    private static NatLog log(int capacity) {
        return new NatLog(LogProfile.MAPPINGS, capacity, () -> 7);
    }

    private static List<Long> drained(NatLog log, int most) {
        List<Long> numbers = new ArrayList<>();
        log.drain(record -> numbers.add(record.value(LogField.INSIDE_IDENTIFIER).orElseThrow()), most);
        return numbers;
    }

    @Test
    void keepsTheOrderAndDropsWhatComesWhenItIsFull() {
        NatLog log = log(3);
        LongStream.range(0, 5).forEach(n -> log.on(event(n)));
        assertThat(log.waiting()).isEqualTo(3);
        assertThat(drained(log, 2)).containsExactly(0L, 1L);
        log.on(event(9));
        assertThat(drained(log, 9)).containsExactly(2L, 9L);
        assertThat(log.dropped()).isEqualTo(2);
    }

    @Test
    void aRecordCountsAsTakenWhenItsWriterFails() {
        NatLog log = log(3);
        log.on(event(0));
        log.on(event(1));
        assertThatThrownBy(() -> log.drain(
                        record -> {
                            throw new IllegalStateException("on purpose");
                        },
                        9))
                .isInstanceOf(IllegalStateException.class);
        assertThat(drained(log, 9)).containsExactly(1L);
    }

    @Test
    void whatIsNotLoggedTakesNoPlace() {
        NatLog log = log(1);
        log.on(new NatEvent.IndexRekeyed());
        assertThat(log.waiting()).isZero();
        assertThat(log.dropped()).isZero();
    }

    @Test
    void aQueueHoldsAtLeastOne() {
        assertThatThrownBy(() -> log(0)).isInstanceOf(IllegalArgumentException.class);
    }

    /** One thread fills, another one empties: each event comes out once, in order, or is counted as lost. */
    @Test
    void losesNothingThatItDoesNotCountBetweenTwoThreads() throws Exception {
        NatLog log = log(64);
        ExecutorService filler = Executors.newSingleThreadExecutor();
        try {
            Future<?> filled = filler.submit(() -> LongStream.range(0, EVENTS).forEach(n -> log.on(event(n))));
            List<Long> out = new ArrayList<>();
            while (!filled.isDone()) {
                out.addAll(drained(log, 1_000));
            }
            filled.get();
            out.addAll(drained(log, 1_000));
            assertThat(out).isSorted().doesNotHaveDuplicates();
            assertThat(out.size() + log.dropped()).isEqualTo(EVENTS);
        } finally {
            filler.shutdownNow();
        }
    }
}
