package io.github.culvert.nat.engine;

import io.github.culvert.nat.alg.Action;
import io.github.culvert.nat.alg.Alg;
import io.github.culvert.nat.alg.Context;
import io.github.culvert.nat.alg.Control;
import io.github.culvert.nat.alg.Demux;
import io.github.culvert.nat.alg.End;
import io.github.culvert.nat.alg.Observation;
import io.github.culvert.nat.alg.Scope;
import io.github.culvert.nat.alg.Terms;
import io.github.culvert.nat.alg.Tracker;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.testkit.alg.GreDemux;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** An ALG on TCP port 7000 that wants what a test says. */
final class WantingAlg implements Alg {
    static final int GRE = 47;

    /** What is wanted when bytes of a stream come. */
    BiFunction<Octets, Context, List<Action>> onBytes = (bytes, context) -> List.of();
    /** What is wanted at an end. */
    BiFunction<End, Context, List<Action>> onEnd = (end, context) -> List.of();
    /** Whether a scope cannot even begin to be followed. */
    boolean failsToFollow;

    /** What trackers were told, in order. */
    final List<String> told = new ArrayList<>();

    private final int most;

    WantingAlg() {
        this(64);
    }

    WantingAlg(int most) {
        this.most = most;
    }

    @Override
    public String name() {
        return "wanting";
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(Protocol.TCP, 7000));
    }

    @Override
    public List<Demux> demuxes() {
        return List.of(new GreDemux());
    }

    @Override
    public Terms terms() {
        return new Terms(Duration.ofSeconds(300), Duration.ofSeconds(60), most);
    }

    @Override
    public Optional<Tracker> follow(Scope scope) {
        if (failsToFollow) {
            throw new IllegalStateException("on purpose");
        }
        return Optional.of(new Wanting());
    }

    @Override
    public Tracker restore(Scope scope, Octets saved) {
        return new Wanting();
    }

    private final class Wanting implements Tracker {
        @Override
        public List<Action> onStream(Direction direction, long position, Octets bytes, Context context) {
            told.add(direction + " " + position + "+" + bytes.length());
            return onBytes.apply(bytes, context);
        }

        @Override
        public List<Action> onIdle(int protocol, long identifier, Context context) {
            told.add("idle " + identifier);
            return List.of(new Action.Hold(GRE, identifier + 1000), new Action.Arm(1, context.now() + 1_000_000_000L));
        }

        @Override
        public List<Action> onTimer(int timer, Context context) {
            told.add("timer");
            return List.of();
        }

        @Override
        public List<Action> onEnd(End end, Context context) {
            told.add(end.toString());
            return onEnd.apply(end, context);
        }

        @Override
        public Octets save() {
            return Octets.empty();
        }

        @Override
        public List<Observation> observations() {
            return List.of();
        }
    }
}
