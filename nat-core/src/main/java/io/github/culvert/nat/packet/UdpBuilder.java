package io.github.culvert.nat.packet;

import io.github.culvert.nat.wire.Checksum;
import io.github.culvert.nat.wire.PortLayout;
import io.github.culvert.nat.wire.UdpLayout;

/** Builds UDP datagrams. Not safe for use by several threads. */
public final class UdpBuilder implements TransportBuilder {
    private int ports;
    private int length = Draft.COMPUTED;
    private int checksum = Draft.COMPUTED;
    private Octets payload = Octets.empty();

    UdpBuilder() {}

    /**
     * Sets the ports; default: 0 both.
     *
     * @param source the source port, 0 to 65535
     * @param destination the destination port, 0 to 65535
     * @return this
     */
    public UdpBuilder ports(int source, int destination) {
        ports = PortLayout.row0(
                Draft.field("source port", source, 16), Draft.field("destination port", destination, 16));
        return this;
    }

    /**
     * Sets the payload; default: none.
     *
     * @param octets the payload
     * @return this
     */
    public UdpBuilder payload(Octets octets) {
        payload = octets;
        return this;
    }

    /**
     * Sets the length, right or wrong.
     *
     * @param bytes 0 to 65535
     * @return this
     */
    public UdpBuilder length(int bytes) {
        length = Draft.field("UDP length", bytes, 16);
        return this;
    }

    /**
     * Sets the checksum, right or wrong.
     *
     * @param value 0 to 65535; 0 means that there is none
     * @return this
     */
    public UdpBuilder checksum(int value) {
        checksum = Draft.field("UDP checksum", value, 16);
        return this;
    }

    @Override
    public int protocol() {
        return UdpLayout.PROTOCOL;
    }

    @Override
    public Octets octets(Ipv4Address source, Ipv4Address destination) {
        Draft draft = new Draft(UdpLayout.HEADER + payload.length());
        int right = Draft.field("UDP length", draft.length(), 16);
        draft.put32(PortLayout.ROW0, ports)
                .put16(UdpLayout.LENGTH, Draft.either(length, right))
                .put(UdpLayout.HEADER, payload);
        long pseudo = Checksum.pseudoHeader(source.bits(), destination.bits(), UdpLayout.PROTOCOL, right);
        draft.putChecksum(UdpLayout.CHECKSUM, right, pseudo);
        return draft.put16(UdpLayout.CHECKSUM, Draft.either(checksum, sent(draft.u16(UdpLayout.CHECKSUM))))
                .done();
    }

    /** Zero would mean that there is no checksum (RFC 768). */
    private static int sent(int computed) {
        return computed == 0 ? 0xffff : computed;
    }
}
