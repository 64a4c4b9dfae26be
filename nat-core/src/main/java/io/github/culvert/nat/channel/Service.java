package io.github.culvert.nat.channel;

import io.github.culvert.nat.alg.Alg;
import io.github.culvert.nat.alg.AlgStatus;
import io.github.culvert.nat.table.Ticks;
import java.util.HashMap;
import java.util.Map;

/** An ALG in an engine: whether it is on, and how much each inside host has by it. One thread. */
final class Service {
    final Alg alg;
    final int timeoutClass;
    final int restTicks;
    private final Map<Integer, Integer> boundByHost = new HashMap<>();
    boolean on = true;
    int channels;
    int bound;

    Service(Alg alg, int timeoutClass) {
        this.alg = alg;
        this.timeoutClass = timeoutClass;
        this.restTicks = alg.terms().rest().isZero() ? 0 : Ticks.ofTimeout(alg.terms().rest());
    }

    AlgStatus status() {
        return new AlgStatus(alg.name(), on, channels, bound);
    }

    boolean hasRoom(int host) {
        return boundByHost.getOrDefault(host, 0) < alg.terms().mostPerHost();
    }

    void count(int host, int change) {
        bound += change;
        boundByHost.merge(host, change, (before, more) -> before + more == 0 ? null : before + more);
    }
}
