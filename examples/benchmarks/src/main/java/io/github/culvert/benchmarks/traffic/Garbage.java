package io.github.culvert.benchmarks.traffic;

import io.github.culvert.nat.mapping.Side;
import io.netty.buffer.ByteBuf;
import java.util.Random;

/** What is no packet: random bytes, headers with a wrong checksum, packets cut short; a third each, in random order. */
public final class Garbage implements PacketSource {
    private static final int COUNT = 4096;
    private static final int SHORTENED = 16;

    private final PacketSource right;
    private final int[] kinds = new int[COUNT];
    private final byte[][] noise = new byte[COUNT][Template.LENGTH];

    /**
     * Garbage.
     *
     * @param right the packets that are damaged
     */
    public Garbage(PacketSource right) {
        this.right = right;
        Random random = new Random(6);
        for (int i = 0; i < COUNT; i++) {
            kinds[i] = random.nextInt(3);
            random.nextBytes(noise[i]);
        }
    }

    @Override
    public int size() {
        return COUNT;
    }

    @Override
    public Side side(int entry) {
        return right.side(entry % right.size());
    }

    @Override
    public void write(int entry, ByteBuf packet) {
        if (kinds[entry] == 0) {
            packet.clear().writeBytes(noise[entry]).setByte(0, 0x45);
            return;
        }
        right.write(entry % right.size(), packet);
        if (kinds[entry] == 1) {
            packet.setByte(8, packet.getByte(8) - 1);
        } else {
            packet.writerIndex(packet.writerIndex() - SHORTENED);
        }
    }
}
