package io.github.culvert.nat.engine;

import io.github.culvert.nat.alg.Alg;
import io.github.culvert.nat.alg.Control;
import io.github.culvert.nat.alg.Demux;
import io.github.culvert.nat.alg.Scope;
import io.github.culvert.nat.alg.Terms;
import io.github.culvert.nat.alg.Tracker;
import io.github.culvert.nat.packet.Octets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** An ALG that tells packets apart and follows nothing: a test binds their sessions by a {@link Binder}. */
final class BoundAlg implements Alg {
    static final String NAME = "bound";
    /** Idle for 60 s, with a rest of 30 s. */
    static final Terms TERMS = new Terms(Duration.ofSeconds(60), Duration.ofSeconds(30), 10_000);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Control> controls() {
        return List.of();
    }

    @Override
    public List<Demux> demuxes() {
        return List.of(new CallIds(), new FirstWords(115));
    }

    @Override
    public Terms terms() {
        return TERMS;
    }

    @Override
    public Optional<Tracker> follow(Scope scope) {
        return Optional.empty();
    }

    @Override
    public Tracker restore(Scope scope, Octets saved) {
        throw new IllegalArgumentException("nothing is ever saved");
    }
}
