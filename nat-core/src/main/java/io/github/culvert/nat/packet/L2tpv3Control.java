package io.github.culvert.nat.packet;

import io.github.culvert.nat.wire.L2tpv3Layout;

/**
 * An L2TPv3 control message over IP (RFC 3931 section 4.1.1.2), or the first part of one.
 *
 * @param octets the message with the four zero bytes before it; may go on after its length
 */
public record L2tpv3Control(Octets octets) implements L2tpv3Packet {
    /**
     * Checks the header.
     *
     * @param octets the message with the four zero bytes before it; may go on after its length
     * @throws IllegalArgumentException if it is no control message; {@link L2tpv3Packet#parse(Octets)} throws nothing
     */
    public L2tpv3Control {
        Headers.require(octets, L2tpv3Layout.PROTOCOL);
        Headers.require(octets.i32(L2tpv3Layout.SESSION_ID) == 0, "not an L2TPv3 control message");
    }

    /**
     * Starts building a message.
     *
     * @return a builder
     */
    public static L2tpv3ControlBuilder builder() {
        return new L2tpv3ControlBuilder();
    }

    /**
     * The length of the message without the four zero bytes before it, as the header says it.
     *
     * @return 12 to 65535, in bytes
     */
    public int length() {
        return L2tpv3Layout.length(octets.i32(L2tpv3Layout.ROW1));
    }

    /**
     * The Control Connection ID, chosen by the receiver; 0 before the receiver has chosen.
     *
     * @return 0 to 2^32 - 1
     */
    public long connectionId() {
        return octets.u32(L2tpv3Layout.CONTROL_CONNECTION_ID);
    }

    /**
     * The number of this message (Ns).
     *
     * @return 0 to 65535
     */
    public int ns() {
        return L2tpv3Layout.ns(octets.i32(L2tpv3Layout.ROW3));
    }

    /**
     * The number of the next message that the sender expects (Nr).
     *
     * @return 0 to 65535
     */
    public int nr() {
        return L2tpv3Layout.nr(octets.i32(L2tpv3Layout.ROW3));
    }

    /**
     * The attribute value pairs, not looked into, as far as they are there.
     *
     * @return what follows the header, up to {@link #length()}
     */
    public Octets avps() {
        int end = Math.min(L2tpv3Layout.ROW1 + length(), octets.length());
        return octets.slice(L2tpv3Layout.AVPS, end - L2tpv3Layout.AVPS);
    }
}
