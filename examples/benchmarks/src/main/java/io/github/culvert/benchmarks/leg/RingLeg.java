package io.github.culvert.benchmarks.leg;

import io.github.culvert.benchmarks.traffic.Ring;

/** A leg whose work is on the packets of a ring, which is filled before each turn. */
abstract class RingLeg extends Leg {
    private final Ring ring;

    RingLeg(String name, Ring ring, Clock clock) {
        super(name, clock);
        this.ring = ring;
    }

    /** Does the work on the packets of the ring, and nothing else. */
    abstract void work(Ring ring);

    @Override
    final void prepare() {
        ring.refill();
    }

    @Override
    final void work() {
        work(ring);
    }
}
