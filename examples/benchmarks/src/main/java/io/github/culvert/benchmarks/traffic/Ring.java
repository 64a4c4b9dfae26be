package io.github.culvert.benchmarks.traffic;

import io.github.culvert.nat.mapping.Side;
import io.netty.buffer.ByteBuf;

/**
 * The buffers that packets come in: {@link #SIZE} of them, used again and again, as a gateway that reads from a device
 * does. {@link #refill()} puts the next packets of a source in, which is not part of what is timed.
 */
public final class Ring {
    /** How many buffers there are; few enough for the nearest caches. */
    public static final int SIZE = 256;

    /** The buffers. */
    public final ByteBuf[] packets = new ByteBuf[SIZE];
    /** Where each packet comes from. */
    public final Side[] sides = new Side[SIZE];

    private final PacketSource source;
    private int next;

    /**
     * A ring of buffers.
     *
     * @param source the packets
     * @param kind where they lie
     */
    public Ring(PacketSource source, BufferKind kind) {
        this.source = source;
        for (int i = 0; i < SIZE; i++) {
            packets[i] = kind.buffer(128);
        }
        refill();
    }

    /** Fills the buffers with the next packets of the source. */
    public void refill() {
        int entry = next;
        for (int i = 0; i < SIZE; i++) {
            source.write(entry, packets[i]);
            sides[i] = source.side(entry);
            entry = entry + 1 == source.size() ? 0 : entry + 1;
        }
        next = entry;
    }
}
