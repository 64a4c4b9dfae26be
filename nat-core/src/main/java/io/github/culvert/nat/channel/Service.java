package io.github.culvert.nat.channel;

import io.github.culvert.nat.alg.Alg;
import io.github.culvert.nat.alg.AlgStatus;
import io.github.culvert.nat.table.Ticks;

/** An ALG in an engine: whether it is on, and how much there is of it. One thread. */
final class Service {
    final Alg alg;
    final int timeoutClass;
    final int restTicks;
    boolean on = true;
    int channels;
    int bound;

    Service(Alg alg, int timeoutClass) {
        this.alg = alg;
        this.timeoutClass = timeoutClass;
        this.restTicks =
                alg.terms().rest().isZero() ? 0 : Ticks.ofTimeout(alg.terms().rest());
    }

    AlgStatus status() {
        return new AlgStatus(alg.name(), on, channels, bound);
    }
}
