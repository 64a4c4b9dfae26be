package io.github.culvert.nat.packet;

import io.github.culvert.nat.wire.GreLayout;

/** A GRE packet: plain, enhanced, or with a header that only its version says how to read. */
public sealed interface GrePacket extends Transport permits PlainGre, EnhancedGre, GreOther {
    /**
     * Parses a packet.
     *
     * @param octets header and payload
     * @return the packet, or why there is none
     */
    static Parsed<GrePacket> parse(Octets octets) {
        return Headers.parse(octets, GreLayout.PROTOCOL, GrePacket::of);
    }

    /**
     * The view that fits the version.
     *
     * @param octets header and payload, possibly only the first part
     * @return the view
     * @throws IllegalArgumentException if the header is malformed; {@link #parse(Octets)} says so without an exception
     */
    static GrePacket of(Octets octets) {
        Headers.require(octets, GreLayout.PROTOCOL);
        int row0 = octets.i32(GreLayout.ROW0);
        if (GreLayout.isPlain(row0)) {
            return new PlainGre(octets);
        }
        return GreLayout.isEnhanced(row0) ? new EnhancedGre(octets) : new GreOther(octets);
    }

    /**
     * The version.
     *
     * @return 0 to 7
     */
    default int version() {
        return GreLayout.flags(octets().i32(GreLayout.ROW0)) & GreLayout.VERSION;
    }

    /**
     * What is inside.
     *
     * @return 0 to 65535, an Ethernet type
     */
    default int protocolType() {
        return GreLayout.protocolType(octets().i32(GreLayout.ROW0));
    }
}
