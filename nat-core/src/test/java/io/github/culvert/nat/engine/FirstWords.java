package io.github.culvert.nat.engine;

import io.github.culvert.nat.alg.Demux;
import io.github.culvert.nat.wire.PacketWindow;

/** Takes the first word of a protocol for its identifier: one of 32 bits, which no translation changes. */
record FirstWords(int protocol) implements Demux {
    @Override
    public long identifier(PacketWindow packet, int transport, int length) {
        return packet.i32(transport) & 0xffff_ffffL;
    }
}
