package io.github.culvert.pptp;

import io.github.culvert.nat.alg.Demux;
import io.github.culvert.nat.wire.GreLayout;
import io.github.culvert.nat.wire.Ipv4Layout;
import io.github.culvert.nat.wire.PacketWindow;

/**
 * Finds the Call ID of enhanced GRE (RFC 2637 section 4.1): the receiver's own. Version 1 that carries PPP, with a key,
 * without checksum and routing; any other GRE is none of PPTP.
 *
 * <p>Of a whole packet, header and payload must fit. Of a part, a first fragment or what an ICMP error quotes, the eight
 * bytes up to the Call ID are enough (RFC 792). Stateless, for any thread.
 */
final class PptpDemux implements Demux {
    @Override
    public int protocol() {
        return GreLayout.PROTOCOL;
    }

    @Override
    public long identifier(PacketWindow packet, int transport, int length) {
        if (length < GreLayout.ENHANCED_HEADER) {
            return NONE;
        }
        int row0 = packet.i32(transport + GreLayout.ROW0);
        int row1 = packet.i32(transport + GreLayout.ENHANCED_ROW1);
        boolean known = GreLayout.isEnhanced(row0) && GreLayout.hasEnhancedFlags(row0);
        return known && fits(row0, row1, length, packet, transport) ? GreLayout.callId(row1) : NONE;
    }

    private static boolean fits(int row0, int row1, int length, PacketWindow packet, int transport) {
        return GreLayout.enhancedLength(row0) + GreLayout.payloadLength(row1) <= length
                || isPart(packet.i64(Ipv4Layout.WORD0), transport + length);
    }

    private static boolean isPart(long word0, int end) {
        return end < Ipv4Layout.totalLength(word0) || (Ipv4Layout.fragmentBits(word0) & Ipv4Layout.MORE_FRAGMENTS) != 0;
    }
}
