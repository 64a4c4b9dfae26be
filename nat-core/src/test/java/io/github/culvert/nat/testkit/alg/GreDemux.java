package io.github.culvert.nat.testkit.alg;

import io.github.culvert.nat.alg.Demux;
import io.github.culvert.nat.wire.GreLayout;
import io.github.culvert.nat.wire.PacketWindow;

/** Enhanced GRE by its Call ID. */
public final class GreDemux implements Demux {
    @Override
    public int protocol() {
        return GreLayout.PROTOCOL;
    }

    @Override
    public long identifier(PacketWindow packet, int transport, int length) {
        boolean whole = length >= GreLayout.ENHANCED_HEADER;
        return whole && GreLayout.isEnhanced(packet.i32(transport))
                ? packet.u16(transport + GreLayout.CALL_ID)
                : Demux.NONE;
    }
}
