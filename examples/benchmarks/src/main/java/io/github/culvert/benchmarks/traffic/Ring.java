package io.github.culvert.benchmarks.traffic;

import io.github.culvert.nat.mapping.Side;
import io.netty.buffer.ByteBuf;

/**
 * The buffers that packets come in: {@link #SIZE} of them, used again and again, as a gateway that reads from a device
 * does. {@link #refill()} puts the next packets of a plan in, which is not part of what is timed.
 */
public final class Ring {
    /** How many buffers there are; few enough for the nearest caches. */
    public static final int SIZE = 256;

    /** The buffers. */
    public final ByteBuf[] packets = new ByteBuf[SIZE];
    /** Where each packet comes from. */
    public final Side[] sides = new Side[SIZE];

    private final PacketPlan plan;
    private int next;

    /**
     * A ring of buffers.
     *
     * @param plan the packets, at least one
     * @param kind where they lie
     */
    public Ring(PacketPlan plan, BufferKind kind) {
        this.plan = plan;
        for (int i = 0; i < SIZE; i++) {
            packets[i] = kind.buffer(128);
            plan.template().writeTo(packets[i]);
        }
        refill();
    }

    /** Fills the buffers with the next packets of the plan. */
    public void refill() {
        int entry = next;
        for (int i = 0; i < SIZE; i++) {
            plan.write(entry, packets[i]);
            sides[i] = plan.side(entry);
            entry = entry + 1 == plan.size() ? 0 : entry + 1;
        }
        next = entry;
    }
}
