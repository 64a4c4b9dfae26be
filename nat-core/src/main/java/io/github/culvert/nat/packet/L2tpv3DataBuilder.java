package io.github.culvert.nat.packet;

import io.github.culvert.nat.wire.L2tpv3Layout;

/** Builds L2TPv3 data packets over IP. Not safe for use by several threads. */
public final class L2tpv3DataBuilder implements TransportBuilder {
    private int sessionId = 1;
    private Octets cookie = Octets.empty();
    private Octets payload = Octets.empty();

    L2tpv3DataBuilder() {}

    /**
     * Sets the Session ID; default: 1.
     *
     * @param id 1 to 2^32 - 1, the receiver's own; 0 makes it no data packet
     * @return this
     */
    public L2tpv3DataBuilder sessionId(long id) {
        sessionId = Draft.field("Session ID", id, 32);
        return this;
    }

    /**
     * Sets the cookie; default: none.
     *
     * @param octets 0, 4 or 8 bytes
     * @return this
     */
    public L2tpv3DataBuilder cookie(Octets octets) {
        cookie = octets;
        return this;
    }

    /**
     * Sets the payload; default: none.
     *
     * @param octets the sublayer, if there is one, and the frame
     * @return this
     */
    public L2tpv3DataBuilder payload(Octets octets) {
        payload = octets;
        return this;
    }

    @Override
    public int protocol() {
        return L2tpv3Layout.PROTOCOL;
    }

    /** The bytes, which depend on no address. */
    @Override
    public Octets octets(Ipv4Address source, Ipv4Address destination) {
        Octets rest = cookie.then(payload);
        return new Draft(L2tpv3Layout.DATA_HEADER + rest.length())
                .put32(L2tpv3Layout.SESSION_ID, sessionId)
                .put(L2tpv3Layout.DATA_HEADER, rest)
                .done();
    }
}
