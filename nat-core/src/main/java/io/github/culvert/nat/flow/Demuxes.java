package io.github.culvert.nat.flow;

import io.github.culvert.nat.alg.Demux;
import io.github.culvert.nat.wire.PacketWindow;
import org.jspecify.annotations.Nullable;

/** The demultiplexers that are on, by protocol. Not safe for use by several threads. */
public final class Demuxes {
    /** Shorter than this no header is that has an identifier. */
    private static final int SHORTEST = 8;

    private final @Nullable Demux[] byProtocol = new Demux[256];

    Demuxes() {}

    /**
     * Has packets of its protocol told apart from now on.
     *
     * @throws IllegalStateException if there is one for this protocol
     */
    public void add(Demux demux) {
        if (byProtocol[demux.protocol()] != null) {
            throw new IllegalStateException("protocol " + demux.protocol() + " has a demultiplexer already");
        }
        byProtocol[demux.protocol()] = demux;
    }

    /** Has them translated as if there were no identifiers in them. */
    public void remove(Demux demux) {
        byProtocol[demux.protocol()] = null;
    }

    /** The identifier in a packet, of which so many bytes are there behind the IPv4 header; or {@link Demux#NONE}. */
    long identifier(int protocol, PacketWindow packet, int transport, int length) {
        Demux demux = byProtocol[protocol];
        return demux == null || length < SHORTEST ? Demux.NONE : demux.identifier(packet, transport, length);
    }
}
