package io.github.culvert.nat.engine;

import io.github.culvert.nat.alg.Demux;
import io.github.culvert.nat.wire.GreLayout;
import io.github.culvert.nat.wire.Ipv4Layout;
import io.github.culvert.nat.wire.PacketWindow;

/** Finds the Call ID of enhanced GRE, in the plainest way: for tests of the core, which has no ALG. */
final class CallIds implements Demux {
    @Override
    public int protocol() {
        return GreLayout.PROTOCOL;
    }

    @Override
    public long identifier(PacketWindow packet, int transport, int length) {
        int row0 = packet.i32(transport);
        int row1 = packet.i32(transport + 4);
        boolean known = GreLayout.isEnhanced(row0) && GreLayout.hasEnhancedFlags(row0);
        boolean cut = transport + length < packet.u16(Ipv4Layout.TOTAL_LENGTH);
        boolean fits = GreLayout.enhancedLength(row0) + GreLayout.payloadLength(row1) <= length;
        return known && (fits || cut) ? GreLayout.callId(row1) : NONE;
    }
}
