package io.github.culvert.gateway.replay;

import static io.github.culvert.gateway.replay.Packets.IN1;
import static io.github.culvert.gateway.replay.Packets.IN2;
import static io.github.culvert.gateway.replay.Packets.OUT1;
import static io.github.culvert.gateway.replay.PptpTalk.PORT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.gateway.report.Finding;
import io.github.culvert.nat.alg.Action;
import io.github.culvert.nat.alg.Alg;
import io.github.culvert.nat.alg.Context;
import io.github.culvert.nat.alg.Control;
import io.github.culvert.nat.alg.Demux;
import io.github.culvert.nat.alg.Observation;
import io.github.culvert.nat.alg.Scope;
import io.github.culvert.nat.alg.Terms;
import io.github.culvert.nat.alg.Tracker;
import io.github.culvert.nat.engine.NatEngine;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.pptp.PptpAlg;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the judge says of an ALG of PPTP that does something wrong, each time another thing, in a real engine. */
class SabotageTest {
    private static final PptpScope ON = new PptpScope(Set.of(1723), List.of(), List.of(), 16, 64, Duration.ofHours(2));

    /** What is done wrong. */
    private enum Sabotage {
        OTHER_INSIDE_ID(action -> action instanceof Action.Bind bind
                ? Stream.of(new Action.Bind(bind.protocol(), bind.outsideId(), bind.insideId() ^ 0x100, bind.inside()))
                : Stream.of(action)),
        OTHER_OUTSIDE_ID(action -> action instanceof Action.Bind bind
                ? Stream.of(new Action.Bind(bind.protocol(), bind.outsideId() ^ 1, bind.insideId(), bind.inside()))
                : Stream.of(action)),
        NOTHING_BOUND(action ->
                action instanceof Action.Bind || action instanceof Action.Learn ? Stream.of() : Stream.of(action)),
        NOTHING_LEARNED(action -> action instanceof Action.Learn ? Stream.of() : Stream.of(action)),
        NOTHING_EDITED(action -> action instanceof Action.Edit ? Stream.of() : Stream.of(action)),
        OTHER_LOW_BYTES(action -> action instanceof Action.Edit edit && edit.position() % 2 == 1
                ? Stream.of(new Action.Edit(edit.position(), edit.value() ^ 1))
                : Stream.of(action)),
        ONE_BYTE_MORE(action -> action instanceof Action.Edit edit && edit.position() % 2 == 1
                ? Stream.of(edit, new Action.Edit(edit.position() + 1, 0x55))
                : Stream.of(action));

        private final Function<Action, Stream<Action>> change;

        Sabotage(Function<Action, Stream<Action>> change) {
            this.change = change;
        }
    }

    /** An ALG whose actions are changed on their way to the engine. */
    private record Changed(Alg alg, Function<Action, Stream<Action>> change) implements Alg {
        @Override
        public String name() {
            return alg.name();
        }

        @Override
        public List<Control> controls() {
            return alg.controls();
        }

        @Override
        public List<Demux> demuxes() {
            return alg.demuxes();
        }

        @Override
        public Terms terms() {
            return alg.terms();
        }

        @Override
        public Optional<Tracker> follow(Scope scope) {
            return alg.follow(scope).map(tracker -> new ChangedTracker(tracker, change));
        }

        @Override
        public Tracker restore(Scope scope, Octets saved) {
            return alg.restore(scope, saved);
        }
    }

    private record ChangedTracker(Tracker tracker, Function<Action, Stream<Action>> change) implements Tracker {
        @Override
        public List<Action> onStream(Direction direction, long position, Octets bytes, Context context) {
            return tracker.onStream(direction, position, bytes, context).stream()
                    .flatMap(change)
                    .toList();
        }

        @Override
        public Octets save() {
            return tracker.save();
        }

        @Override
        public List<Observation> observations() {
            return tracker.observations();
        }
    }

    private static List<Finding> judged(Function<Action, Stream<Action>> change) {
        NatEngine engine = NatEngine.builder(Played.CONFIG)
                .random(new SplittableRandom(1))
                .alg(new Changed(PptpAlg.standard(), change))
                .build();
        try {
            List<Finding> findings = new ArrayList<>();
            Judge judge = new Judge(Played.CONFIG, ON, findings::add);
            NatProbe probe = new NatProbe(engine, judge, Output.NOWHERE, Output.NOWHERE, new CaptureClock(0));
            pass(call(IN1, "0080"), probe);
            pass(call(IN2, "0081"), probe);
            probe.end();
            return findings;
        } finally {
            engine.close();
        }
    }

    private static void pass(PptpTalk talk, NatProbe probe) {
        for (byte[] packet : talk.packets()) {
            boolean in = new Datagram(packet).address(Place.SOURCE)
                    == Ipv4Address.parse(OUT1).bits();
            probe.pass(in ? Packets.inbound(packet) : Packets.outbound(packet));
        }
    }

    private static PptpTalk call(String host, String remoteId) {
        return new PptpTalk(host + ":5000", OUT1 + PORT, 1000)
                .opened()
                .says(PptpTalk.callRequest("1234"))
                .hears(PptpTalk.callReply(remoteId, "1234", "01"))
                .sendsGre(PptpTalk.greData(remoteId))
                .getsGre(PptpTalk.greData("1234"));
    }

    @Test
    void nothingIsFoundWhereNothingIsWrong() {
        assertThat(judged(Stream::of)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrongIsFound(Sabotage sabotage) {
        assertThat(judged(sabotage.change))
                .extracting(Finding::kind)
                .containsAnyOf(Finding.Kind.WRONG_BYTE, Finding.Kind.LOST);
    }
}
