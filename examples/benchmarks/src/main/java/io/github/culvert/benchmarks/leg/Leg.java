package io.github.culvert.benchmarks.leg;

import io.github.culvert.benchmarks.traffic.Ring;

/**
 * One way to do the work. Legs take turns within one virtual machine, some milliseconds each, so that whatever else
 * the machine does hits all of them.
 */
public abstract class Leg {
    private final String name;
    private final Ring ring;
    private final Clock clock;
    private final Samples samples = new Samples();

    Leg(String name, Ring ring, Clock clock) {
        this.clock = clock;
        this.name = name;
        this.ring = ring;
    }

    /** Does the work on the packets of the ring, and nothing else. */
    abstract void work(Ring ring);

    /** Throws if the work since the last check was not what it should have been. */
    abstract void check(long packets);

    final void round(int chunks) {
        for (int i = 0; i < chunks; i++) {
            ring.refill();
            long began = clock.nanos();
            work(ring);
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
