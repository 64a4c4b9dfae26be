package io.github.culvert.nat.engine;

import io.github.culvert.nat.alg.Alg;
import io.github.culvert.nat.alg.Demux;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.event.NatListener;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Builds engines. Not safe for use by several threads. */
public final class NatEngineBuilder {
    final NatConfig config;
    final List<NatListener> listeners = new ArrayList<>();
    final List<Alg> algs = new ArrayList<>();
    RandomGenerator random = new SecureChoices();
    ByteBufAllocator allocator = UnpooledByteBufAllocator.DEFAULT;
    long startNanos;

    NatEngineBuilder(NatConfig config) {
        this.config = Objects.requireNonNull(config);
    }

    /**
     * Sets the time of the start; 0 unless set. Later calls pass times of the same clock.
     *
     * @param nanos nanoseconds
     * @return this
     */
    public NatEngineBuilder startNanos(long nanos) {
        startNanos = nanos;
        return this;
    }

    /**
     * Sets the source of unpredictable choices; the platform's secure one unless set. A seeded one makes an engine
     * repeatable, and predictable for an attacker: for tests only (RFC 6056 section 3).
     *
     * @param source the source; it belongs to one engine
     * @return this
     */
    public NatEngineBuilder random(RandomGenerator source) {
        random = Objects.requireNonNull(source);
        return this;
    }

    /**
     * Sets where copies of read-only and shared packets come from; unpooled buffers unless set.
     *
     * @param source the allocator
     * @return this
     */
    public NatEngineBuilder allocator(ByteBufAllocator source) {
        allocator = Objects.requireNonNull(source);
        return this;
    }

    /**
     * Adds a listener.
     *
     * @param listener is told what happens to the table
     * @return this
     */
    public NatEngineBuilder listener(NatListener listener) {
        listeners.add(Objects.requireNonNull(listener));
        return this;
    }

    /**
     * Adds an ALG, which is on from the start. An engine has no ALG unless it is added: passthrough opens what a NAT would
     * keep shut. Experimental, as package {@code alg}.
     *
     * @param alg the ALG
     * @return this
     * @throws IllegalArgumentException if there is one of that name, or one for the same control or protocol
     */
    public NatEngineBuilder alg(Alg alg) {
        for (Alg other : algs) {
            boolean same = other.name().equals(alg.name())
                    || !Collections.disjoint(other.controls(), alg.controls())
                    || !Collections.disjoint(protocols(other), protocols(alg));
            if (same) {
                throw new IllegalArgumentException("ALG " + alg.name() + " has its name, a control or a protocol in"
                        + " common with ALG " + other.name());
            }
        }
        algs.add(alg);
        return this;
    }

    private static Set<Integer> protocols(Alg alg) {
        return alg.demuxes().stream().map(Demux::protocol).collect(Collectors.toSet());
    }

    /**
     * Builds the engine.
     *
     * @return a new engine
     * @throws io.github.culvert.nat.config.InvalidConfigException if the configuration is not allowed; it names every
     *     problem
     */
    public NatEngine build() {
        return new NatEngine(this);
    }
}
