package io.github.culvert.nat.flow;

import io.github.culvert.nat.alg.Demux;
import io.github.culvert.nat.wire.PacketWindow;
import org.jspecify.annotations.Nullable;

/** Finds the identifiers of packets without ports. Not safe for use by several threads. */
final class Demuxes {
    /** Shorter than this no header is that has an identifier. */
    private static final int SHORTEST = 8;

    /** By protocol number; changes as ALGs are switched on and off. */
    private final @Nullable Demux[] byProtocol;

    Demuxes(@Nullable Demux[] byProtocol) {
        this.byProtocol = byProtocol;
    }

    /** The identifier in a packet, of which so many bytes are there behind the IPv4 header; or {@link Demux#NONE}. */
    long identifier(int protocol, PacketWindow packet, int transport, int length) {
        Demux demux = byProtocol[protocol];
        return demux == null || length < SHORTEST ? Demux.NONE : demux.identifier(packet, transport, length);
    }
}
