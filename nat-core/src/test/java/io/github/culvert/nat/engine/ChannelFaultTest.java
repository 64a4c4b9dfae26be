package io.github.culvert.nat.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.culvert.nat.alg.Action;
import io.github.culvert.nat.alg.AlgStatus;
import io.github.culvert.nat.alg.End;
import io.github.culvert.nat.event.NatEvent;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.testkit.lab.Lab;
import io.github.culvert.nat.testkit.lab.TcpTalk;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with a tracker, or a listener, harms neither the data path nor what was bound. */
class ChannelFaultTest {
    private static final String ROUTE = "IN1:4000 > OUT1:7000";
    private static final Predicate<NatEvent> NEVER = event -> false;

    private final WantingAlg alg = new WantingAlg();
    private Predicate<NatEvent> failsAt = NEVER;
    private final NatEngine engine = NatEngine.builder(NatBed.config(Packets.EXT1))
            .random(new SplittableRandom(1))
            .alg(alg)
            .listener(this::listen)
            .build();
    private final Lab lab = Lab.around(engine);

    private void listen(NatEvent event) {
        if (failsAt.test(event)) {
            throw new AssertionError("on purpose");
        }
    }

    private static Action bind(long id) {
        return new Action.Bind(WantingAlg.GRE, id, id, Packets.IN1);
    }

    private AlgStatus status() {
        return engine.table().algs().get(0);
    }

    @SuppressWarnings("NullAway") // what a tracker must not do
    static List<List<Action>> nonsense() {
        Ipv4Address nobody = null;
        return Arrays.asList(
                null,
                Arrays.asList((Action) null),
                List.of(new Action.Bind(WantingAlg.GRE, 8, 8, nobody)),
                List.of(new Action.Bind(WantingAlg.GRE, 1L << 32, 8, Packets.IN1)),
                List.of(new Action.Bind(WantingAlg.GRE, 8, -1, Packets.IN1)),
                List.of(new Action.Bind(256 + WantingAlg.GRE, 8, 8, Packets.IN1)),
                List.of(new Action.Hold(256, 8)),
                List.of(new Action.Hold(WantingAlg.GRE, -1)),
                List.of(new Action.Learn(WantingAlg.GRE, 7, 1L << 40)),
                List.of(new Action.Release(WantingAlg.GRE, 9)),
                List.of(new Action.Edit(-1, 0)),
                List.of(new Action.Edit(Long.MAX_VALUE, 0)),
                List.of(new Action.Edit(0, 256)),
                List.of(new Action.Deliver(List.of(Packets.IN1))));
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void whatCannotBeDoneEndsTheChannelAlone(List<Action> wanted) {
        TcpTalk talk = TcpTalk.open(lab, ROUTE);
        alg.onBytes = (bytes, context) -> List.of(bind(7));
        talk.out("a");
        alg.onBytes = (bytes, context) -> wanted;
        assertThat(talk.out("b")).isEqualTo("b");
        assertThat(engine.counters().notices()).containsEntry("ALG_FAILED", 1L);
        assertThat(status().sessions()).isZero();
        assertThat(talk.out("c")).isEqualTo("c");
    }

    @Test
    void anAlgThatCannotFollowLetsTheConnectionPass() {
        alg.failsToFollow = true;
        assertThat(TcpTalk.open(lab, ROUTE).out("b")).isEqualTo("b");
        assertThat(engine.counters().notices()).containsEntry("ALG_FAILED", 1L);
    }

    @Test
    void anErrorOfATrackerComesOutAndLeavesNothingBound() {
        TcpTalk talk = TcpTalk.open(lab, ROUTE);
        alg.onBytes = (bytes, context) -> List.of(bind(7), bind(8));
        talk.out("a");
        alg.onBytes = (bytes, context) -> {
            throw new StackOverflowError("on purpose");
        };
        assertThatThrownBy(() -> talk.out("b")).isInstanceOf(StackOverflowError.class);
        assertThat(status().sessions()).isZero();
        assertThat(talk.out("b")).isEqualTo("b");
    }

    @Test
    void anErrorAtTheEndLeavesNothingBound() {
        TcpTalk talk = TcpTalk.open(lab, ROUTE);
        alg.onBytes = (bytes, context) -> List.of(bind(7), bind(8));
        talk.out("a");
        alg.onEnd = (end, context) -> {
            throw new StackOverflowError("on purpose");
        };
        assertThatThrownBy(() -> {
                    engine.table().closeSessions(session -> true);
                    lab.late();
                })
                .isInstanceOf(StackOverflowError.class);
        assertThat(status()).isEqualTo(new AlgStatus("wanting", true, 0, 0));
        assertThat(engine.counters().gauge(Gauge.SESSIONS)).isLessThanOrEqualTo(3);
        lab.late();
        assertThat(engine.counters().gauge(Gauge.SESSIONS)).isZero();
    }

    @Test
    void anErrorOfAListenerStopsNoRelease() {
        TcpTalk talk = TcpTalk.open(lab, ROUTE);
        alg.onBytes = (bytes, context) -> List.of(bind(7), bind(8), bind(9));
        talk.out("a");
        failsAt = event -> event instanceof NatEvent.PortlessClosed;
        assertThatThrownBy(() -> engine.table().disable("wanting")).isInstanceOf(AssertionError.class);
        assertThat(status()).isEqualTo(new AlgStatus("wanting", false, status().channels(), 0));
    }

    @Test
    void anErrorOfAListenerLosesNoBinding() {
        TcpTalk talk = TcpTalk.open(lab, ROUTE);
        alg.onBytes = (bytes, context) -> List.of(bind(7), bind(8));
        failsAt = event -> event instanceof NatEvent.PortlessCreated;
        assertThatThrownBy(() -> talk.out("a")).isInstanceOf(AssertionError.class);
        failsAt = NEVER;
        assertThat(status().sessions()).isEqualTo(2);
        engine.table().disable("wanting");
        lab.late();
        assertThat(engine.counters().gauge(Gauge.SESSIONS)).isEqualTo(1);
    }

    @Test
    void afterTheEndATrackerIsToldNothing() {
        TcpTalk talk = TcpTalk.open(lab, ROUTE);
        alg.onBytes = (bytes, context) -> List.of(bind(7));
        talk.out("a");
        lab.at(60L * 24 * 3600).late();
        assertThat(alg.told).endsWith(End.EXPIRED.toString());
        lab.at(61L * 24 * 3600).late();
        assertThat(alg.told).doesNotContain("timer");
    }

    @Test
    void whatIsBoundEndsWithItsParentAtOnce() {
        TcpTalk talk = TcpTalk.open(lab, ROUTE);
        alg.onBytes = (bytes, context) -> List.of(bind(7));
        talk.out("a");
        engine.table().closeSessions(session -> true);
        assertThat(status()).isEqualTo(new AlgStatus("wanting", true, 0, 0));
    }
}
