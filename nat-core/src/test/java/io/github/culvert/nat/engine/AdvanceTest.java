package io.github.culvert.nat.engine;

import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.IN2;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.bed.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.culvert.nat.config.Behaviour;
import io.github.culvert.nat.config.Behaviours;
import io.github.culvert.nat.mapping.Dependence;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.UdpDatagram;
import io.github.culvert.nat.testkit.bed.NatBed;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What happens by time alone, in bounded steps, and when to come back for more. */
class AdvanceTest {
    /** How long after its time a session may be removed: a bucket, a tick for rounding, and some nanoseconds. */
    private static final double LATE = 0.08;

    private final NatBed bed = NatBed.standard();

    private long sessions() {
        return bed.engine().counters().gauge(Gauge.SESSIONS);
    }

    private void open(int count) {
        for (int i = 0; i < count; i++) {
            bed.fromInside(udp(new Ipv4Address(IN1.bits() + i % 100), 2000 + i, OUT1, 53));
        }
    }

    @Test
    void nothingToDoMeansNever() {
        assertThat(bed.advance(1)).isEqualTo(Long.MAX_VALUE);
        bed.at(1e9);
        assertThat(bed.advance(1)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void endsASessionNeverEarlyAndSoonAfterItsTime() {
        open(1);
        bed.at(299.999).advance();
        assertThat(sessions()).isEqualTo(1);
        bed.at(300 + LATE).advance();
        assertThat(sessions()).isZero();
    }

    @Test
    void whoeverComesBackAsToldIsInTime() {
        open(1);
        bed.at(100).fromInside(udp(IN2, 7000, OUT1, 53));
        int calls = 0;
        for (long next = bed.advance(); next != Long.MAX_VALUE; next = bed.advance()) {
            assertThat(next).isGreaterThan(bed.clock().nanos());
            bed.clock().pass(next - bed.clock().nanos());
            calls++;
        }
        assertThat(bed.clock().nanos() / 1e9).isBetween(400.0, 400 + LATE);
        assertThat(sessions()).isZero();
        assertThat(calls).isLessThan(20);
    }

    @Test
    void doesNoMoreThanItsBudgetAndAsksToBeCalledAgain() {
        open(500);
        bed.at(301);
        for (int left = 400; left >= 0; left -= 100) {
            long next = bed.advance(100);
            assertThat(sessions()).isEqualTo(left);
            assertThat(next == bed.clock().nanos())
                    .isEqualTo(left > 0 || next <= bed.clock().nanos());
        }
        assertThat(bed.advance(100)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aBudgetBelowOneIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> bed.advance(0)).withMessageContaining("0");
    }

    @Test
    void aSessionThatIsUsedCostsTheWheelALookATurn() {
        open(1);
        int looks = 0;
        for (int second = 1; second < 2000; second++) {
            bed.at(second);
            bed.fromInside(udp(IN1, 2000, OUT1, 53));
            looks += bed.advance(1) == bed.clock().nanos() ? 1 : 0;
        }
        assertThat(looks).isBetween(1, 2000 / 60);
        assertThat(sessions()).isEqualTo(1);
    }

    @Test
    void commandsComeOutOfTheBudget() {
        open(50);
        bed.at(301);
        List<CompletableFuture<Integer>> waiting = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            waiting.add(bed.engine().submit(table -> 0));
        }
        bed.advance(40);
        assertThat(waiting).allMatch(CompletableFuture::isDone);
        assertThat(bed.engine().counters().gauge(Gauge.COMMANDS)).isZero();
        assertThat(sessions()).isEqualTo(40);
    }

    @Test
    void aGrowingIndexIsMovedWhileNothingElseHappens() {
        open(5000);
        int calls = 0;
        while (bed.advance(1) == bed.clock().nanos()) {
            calls++;
        }
        assertThat(calls).isLessThan(2000);
        assertThat(bed.advance(1)).isGreaterThan(bed.clock().nanos());
    }

    @Test
    void theTableShrinksBackToWhatItWas() {
        bed.advance();
        long before = bed.engine().counters().gauge(Gauge.MEMORY);
        for (int round = 1; round <= 3; round++) {
            open(10_000);
            bed.at(400 * round).advance();
            assertThat(bed.engine().counters().gauge(Gauge.IDENTIFIERS)).isZero();
            assertThat(bed.engine().counters().gauge(Gauge.HOSTS)).isZero();
        }
        // records stay for reuse: two chunks of 8,192; so do blocks of owners, 4 kB each
        assertThat(bed.engine().counters().gauge(Gauge.MEMORY) - before)
                .isLessThan(2 * 8192 * 64 + 64 * 4096 + 400_000);
    }

    /** Whoever comes back just when told finds the same as who looks all the time: here, identifiers that have rested. */
    @Test
    void identifiersThatHaveRestedAreFreeInTime() {
        Behaviour open = new Behaviour(Dependence.ENDPOINT_INDEPENDENT, Dependence.ENDPOINT_INDEPENDENT);
        NatBed resting = NatBed.of(NatBed.config(EXT1).withBehaviours(Behaviours.all(open)));
        for (int port = 2000; port < 2040; port++) {
            resting.fromInside(udp(IN1, port, OUT1, 53));
        }
        for (long next = resting.advance(); next < 430_000_000_000L; next = resting.advance()) {
            assertThat(next).isGreaterThan(resting.clock().nanos());
            resting.clock().pass(next - resting.clock().nanos());
        }
        resting.at(430);
        assertThat(resting.fromInside(udp(IN1, 2000, OUT1, 53)).packet().transport())
                .extracting(udp -> ((UdpDatagram) udp).sourcePort())
                .isEqualTo(2000);
    }
}
