package io.github.culvert.nat.engine;

import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.bed.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.testkit.bed.NatBed;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What other threads want done, and what keeps them from doing it themselves. */
class CommandTest {
    private final NatBed bed = NatBed.standard();

    private static <T> T elsewhere(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, task -> new Thread(task, "another-thread").start())
                .join();
    }

    @Test
    void aCommandOfAnotherThreadRunsInTheNextAdvance() throws Exception {
        Thread mine = Thread.currentThread();
        CompletableFuture<Thread> ran = elsewhere(() -> bed.engine().submit(table -> Thread.currentThread()));
        assertThat(ran).isNotDone();
        bed.advance();
        assertThat(ran.get()).isSameAs(mine);
    }

    @Test
    void aCommandChangesTheTable() throws Exception {
        StaticForward forward =
                new StaticForward(Protocol.UDP, Endpoint.parse("203.0.113.1:53"), Endpoint.parse("192.168.1.11:53"));
        var added = elsewhere(() -> bed.engine().submit(table -> table.addForward(forward)));
        bed.advance();
        assertThat(added.get().outside()).isEqualTo(forward.outside());
        assertThat(bed.table().mappingAt(Protocol.UDP, forward.outside())).isPresent();
    }

    @Test
    void commandsKeepTheirOrder() {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int number = i;
            bed.engine().submit(table -> order.add(number));
        }
        bed.advance();
        assertThat(order).hasSize(100).isSorted();
    }

    @Test
    void whatACommandThrowsIsForItsCaller() {
        var exception = bed.engine().submit(table -> table.addForward(null));
        var error = bed.engine().submit(table -> {
            throw new AssertionError("on purpose");
        });
        var next = bed.engine().submit(table -> 7);
        bed.advance();
        assertThat(exception).isCompletedExceptionally();
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(error::get)
                .withMessageContaining("on purpose");
        assertThat(next).isCompletedWithValue(7);
        assertThat(bed.engine().counters().callbackFailures()).isEqualTo(2);
    }

    @Test
    void moreCommandsThanTheBudgetWaitForTheNextCall() {
        for (int i = 0; i < 5; i++) {
            bed.engine().submit(table -> 0);
        }
        assertThat(bed.advance(3)).isEqualTo(bed.clock().nanos());
        assertThat(bed.engine().counters().gauge(Gauge.COMMANDS)).isEqualTo(2);
        bed.advance(3);
        assertThat(bed.engine().counters().gauge(Gauge.COMMANDS)).isZero();
    }

    @Test
    void commandsThatComeTooLateAreCancelled() {
        var before = bed.engine().submit(table -> 7);
        bed.engine().close();
        var after = bed.engine().submit(table -> 7);
        assertThat(before).isCancelled();
        assertThat(after).isCancelled();
    }

    @Test
    void manyThreadsSubmitAtOnce() {
        List<Thread> threads = new ArrayList<>();
        List<Integer> results = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(new Thread(() -> {
                for (int n = 0; n < 1000; n++) {
                    int number = n;
                    bed.engine().submit(table -> results.add(number));
                }
            }));
        }
        threads.forEach(Thread::start);
        while (threads.stream().anyMatch(Thread::isAlive)) {
            bed.advance();
        }
        bed.advance();
        assertThat(results).hasSize(4000);
        assertThat(bed.engine().counters().gauge(Gauge.COMMANDS)).isZero();
    }

    @Test
    void aCallByTheWrongThreadNamesBoth() {
        bed.fromInside(udp(IN1, 5000, OUT1, 53));
        String mine = Thread.currentThread().getName();
        List<Supplier<Object>> calls = List.of(
                () -> bed.fromInside(udp(IN1, 5000, OUT1, 53)),
                () -> bed.advance(1),
                () -> bed.table().mappingOf(Protocol.UDP, Endpoint.parse("192.168.1.10:5000")),
                () -> bed.table().closeSessions(session -> true),
                bed::sessions);
        for (Supplier<Object> call : calls) {
            assertThat(elsewhere(() -> thrownBy(call))).contains(mine).contains("another-thread");
        }
    }

    private static String thrownBy(Supplier<Object> call) {
        try {
            return "nothing, but gave " + call.get();
        } catch (AssertionError e) {
            return e.getMessage();
        }
    }

    @Test
    void anEngineCanBeHandedOver() {
        bed.fromInside(udp(IN1, 5000, OUT1, 53));
        bed.engine().handOver();
        assertThat(elsewhere(() -> bed.fromInside(udp(IN1, 5000, OUT1, 53)).isForwarded()))
                .isTrue();
        assertThat(thrownBy(() -> bed.advance(1))).contains("another-thread");
    }

    @Test
    void countersAreReadByAnyThread() {
        bed.fromInside(udp(IN1, 5000, OUT1, 53));
        bed.advance();
        NatCounters counters = bed.engine().counters();
        assertThat(elsewhere(() -> counters.packets(io.github.culvert.nat.mapping.Direction.OUTBOUND)))
                .isEqualTo(1);
        assertThat(elsewhere(() -> counters.gauge(Gauge.SESSIONS))).isEqualTo(1);
    }
}
