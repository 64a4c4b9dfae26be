package io.github.culvert.gateway.run;

import io.github.culvert.nat.event.NatEvent;
import io.github.culvert.nat.event.NatListener;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Warns of what is full or nearly so, and of what an ALG notices, once a minute for each kind of event. The thread of the engine only. */
final class EventLog implements NatListener {
    private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Map<Object, Long> warnedAt = new HashMap<>();
    private final LongSupplier clock;
    private final Consumer<String> warnings;

    /**
     * A log.
     *
     * @param clock nanoseconds
     * @param warnings takes the lines
     */
    EventLog(LongSupplier clock, Consumer<String> warnings) {
        this.clock = clock;
        this.warnings = warnings;
    }

    @Override
    public void on(NatEvent event) {
        if (isDailyWork(event)) {
            return;
        }
        long now = clock.getAsLong();
        Long last = warnedAt.get(kind(event));
        if (last == null || now - last >= QUIET_NANOS) {
            warnedAt.put(kind(event), now);
            warnings.accept(event.toString());
        }
    }

    private static Object kind(NatEvent event) {
        return event instanceof NatEvent.AlgNotice told ? told.notice().name() : event.getClass();
    }

    private static boolean isDailyWork(NatEvent event) {
        return event instanceof NatEvent.OfMapping
                || event instanceof NatEvent.OfSession
                || event instanceof NatEvent.OfPortless
                || event instanceof NatEvent.IndexRekeyed;
    }
}
