package io.github.culvert.benchmarks.leg;

import io.github.culvert.benchmarks.traffic.Ring;

/**
 * One way to do the work. Legs take turns within one virtual machine, some milliseconds each, so that whatever else
 * the machine does hits all of them.
 */
public abstract class Leg {
    private final String name;
    private final Clock clock;
    private final Samples samples = new Samples();

    Leg(String name, Clock clock) {
        this.clock = clock;
        this.name = name;
    }

    /** What comes before the work of each turn, and is not timed. */
    abstract void prepare();

    /** Does the work of a turn, on {@link Ring#SIZE} packets or whatever it is that the leg counts. */
    abstract void work();

    /** Throws if the work since the last check was not what it should have been. */
    abstract void check(long count);

    final void round(int chunks) {
        for (int i = 0; i < chunks; i++) {
            prepare();
            long began = clock.nanos();
            work();
            samples.add(clock.nanos() - began);
        }
        check((long) chunks * Ring.SIZE);
    }

    final String name() {
        return name;
    }

    final Samples samples() {
        return samples;
    }
}
