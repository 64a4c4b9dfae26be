package io.github.culvert.nat.packet;

import io.github.culvert.nat.wire.L2tpv3Layout;

/**
 * An L2TPv3 data packet over IP (RFC 3931 section 4.1.1.1).
 *
 * @param octets header and payload
 */
public record L2tpv3Data(Octets octets) implements L2tpv3Packet {
    /**
     * Checks the header.
     *
     * @param octets header and payload
     * @throws IllegalArgumentException if it is no data packet; {@link L2tpv3Packet#parse(Octets)} throws nothing
     */
    public L2tpv3Data {
        Headers.require(octets, L2tpv3Layout.PROTOCOL);
        Headers.require(octets.i32(L2tpv3Layout.SESSION_ID) != 0, "not an L2TPv3 data packet");
    }

    /**
     * Starts building a packet.
     *
     * @return a builder
     */
    public static L2tpv3DataBuilder builder() {
        return new L2tpv3DataBuilder();
    }

    /**
     * The Session ID, chosen by the receiver.
     *
     * @return 1 to 2^32 - 1
     */
    public long sessionId() {
        return octets.u32(L2tpv3Layout.SESSION_ID);
    }

    /**
     * The cookie, whose length only the session tells, and the payload.
     *
     * @return what follows the Session ID
     */
    public Octets cookieAndPayload() {
        return octets.from(L2tpv3Layout.DATA_HEADER);
    }
}
