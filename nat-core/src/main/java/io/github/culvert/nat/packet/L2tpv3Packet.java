package io.github.culvert.nat.packet;

import io.github.culvert.nat.wire.L2tpv3Layout;

/** An L2TPv3 packet directly over IP (RFC 3931 section 4.1.1). */
public sealed interface L2tpv3Packet extends Transport permits L2tpv3Data, L2tpv3Control {
    /**
     * Parses a packet.
     *
     * @param octets header and payload
     * @return the packet, or why there is none
     */
    static Parsed<L2tpv3Packet> parse(Octets octets) {
        return Headers.parse(octets, L2tpv3Layout.PROTOCOL, L2tpv3Packet::of);
    }

    /**
     * The view that fits the Session ID.
     *
     * @param octets header and payload, possibly only the first part
     * @return the view
     * @throws IllegalArgumentException if the header is malformed; {@link #parse(Octets)} says so without an exception
     */
    static L2tpv3Packet of(Octets octets) {
        Headers.require(octets, L2tpv3Layout.PROTOCOL);
        return octets.i32(L2tpv3Layout.SESSION_ID) == 0 ? new L2tpv3Control(octets) : new L2tpv3Data(octets);
    }
}
