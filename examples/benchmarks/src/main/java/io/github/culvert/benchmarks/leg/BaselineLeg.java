package io.github.culvert.benchmarks.leg;

import io.github.culvert.benchmarks.baseline.BaselineNat;
import io.github.culvert.benchmarks.traffic.Ring;
import io.github.culvert.nat.mapping.Side;

/** The baseline, packet by packet. */
public final class BaselineLeg extends RingLeg {
    private final BaselineNat nat;
    private long translated;
    private int stamp;

    /**
     * A leg.
     *
     * @param name its name
     * @param nat has the sessions
     * @param ring has the packets
     */
    public BaselineLeg(String name, BaselineNat nat, Ring ring) {
        super(name, ring, Clock.WALL);
        this.nat = nat;
    }

    @Override
    void work(Ring ring) {
        stamp++;
        for (int i = 0; i < Ring.SIZE; i++) {
            if (nat.translate(ring.packets[i], ring.sides[i] == Side.INSIDE ? 0 : 1, stamp)) {
                translated++;
            }
        }
    }

    @Override
    void check(long packets) {
        if (translated != packets) {
            throw new IllegalStateException(name() + ": " + translated + " of " + packets + " packets translated");
        }
        translated = 0;
    }
}
