package io.github.culvert.nat.packet;

import io.github.culvert.nat.wire.L2tpv3Layout;

/** Builds L2TPv3 control messages over IP. Not safe for use by several threads. */
public final class L2tpv3ControlBuilder implements TransportBuilder {
    private int flags = L2tpv3Layout.controlFlags(L2tpv3Layout.VERSION_3 << 16);
    private int length = Draft.COMPUTED;
    private int connectionId;
    private int ns;
    private int nr;
    private Octets avps = Octets.empty();

    L2tpv3ControlBuilder() {}

    /**
     * Sets the Control Connection ID; default: 0.
     *
     * @param id 0 to 2^32 - 1, the receiver's own
     * @return this
     */
    public L2tpv3ControlBuilder connectionId(long id) {
        connectionId = Draft.field("Control Connection ID", id, 32);
        return this;
    }

    /**
     * Sets the message numbers; default: 0 both.
     *
     * @param sent the number of this message (Ns), 0 to 65535
     * @param expected the number of the next message expected (Nr), 0 to 65535
     * @return this
     */
    public L2tpv3ControlBuilder numbers(int sent, int expected) {
        ns = Draft.field("Ns", sent, 16);
        nr = Draft.field("Nr", expected, 16);
        return this;
    }

    /**
     * Sets the attribute value pairs; default: none.
     *
     * @param octets the pairs
     * @return this
     */
    public L2tpv3ControlBuilder avps(Octets octets) {
        avps = octets;
        return this;
    }

    /**
     * Sets the length, right or wrong.
     *
     * @param bytes 0 to 65535, without the four zero bytes
     * @return this
     */
    public L2tpv3ControlBuilder length(int bytes) {
        length = Draft.field("L2TPv3 length", bytes, 16);
        return this;
    }

    /**
     * Sets the flags, right or wrong.
     *
     * @param bits 0 to 65535, the version among them
     * @return this
     */
    public L2tpv3ControlBuilder flags(int bits) {
        flags = Draft.field("L2TPv3 flags", bits, 16);
        return this;
    }

    @Override
    public int protocol() {
        return L2tpv3Layout.PROTOCOL;
    }

    /** The bytes, which depend on no address. */
    @Override
    public Octets octets(Ipv4Address source, Ipv4Address destination) {
        Draft draft = new Draft(L2tpv3Layout.AVPS + avps.length());
        int right = Draft.field("L2TPv3 length", draft.length() - L2tpv3Layout.ROW1, 16);
        return draft.put32(L2tpv3Layout.ROW1, L2tpv3Layout.row1(flags, Draft.either(length, right)))
                .put32(L2tpv3Layout.CONTROL_CONNECTION_ID, connectionId)
                .put32(L2tpv3Layout.ROW3, L2tpv3Layout.row3(ns, nr))
                .put(L2tpv3Layout.AVPS, avps)
                .done();
    }
}
