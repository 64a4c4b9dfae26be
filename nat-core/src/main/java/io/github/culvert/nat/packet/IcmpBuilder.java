package io.github.culvert.nat.packet;

import io.github.culvert.nat.wire.IcmpLayout;

/** Builds ICMP messages; by default an echo request. Not safe for use by several threads. */
public final class IcmpBuilder implements TransportBuilder {
    private int type = IcmpLayout.ECHO_REQUEST;
    private int code;
    private int row1;
    private int checksum = Draft.COMPUTED;
    private Octets data = Octets.empty();

    IcmpBuilder() {}

    /**
     * Sets type and code.
     *
     * @param type 0 to 255
     * @param code 0 to 255
     * @return this
     */
    public IcmpBuilder type(int type, int code) {
        this.type = Draft.field("ICMP type", type, 8);
        this.code = Draft.field("ICMP code", code, 8);
        return this;
    }

    /**
     * Makes it an echo request.
     *
     * @param identifier 0 to 65535
     * @param sequence 0 to 65535
     * @return this
     */
    public IcmpBuilder echoRequest(int identifier, int sequence) {
        return type(IcmpLayout.ECHO_REQUEST, 0).query(identifier, sequence);
    }

    /**
     * Makes it an echo reply.
     *
     * @param identifier 0 to 65535
     * @param sequence 0 to 65535
     * @return this
     */
    public IcmpBuilder echoReply(int identifier, int sequence) {
        return type(IcmpLayout.ECHO_REPLY, 0).query(identifier, sequence);
    }

    /**
     * Sets identifier and sequence number of a query; default: 0 both.
     *
     * @param identifier 0 to 65535
     * @param sequence 0 to 65535
     * @return this
     */
    public IcmpBuilder query(int identifier, int sequence) {
        row1 = IcmpLayout.withIdentifier(
                Draft.field("sequence number", sequence, 16), Draft.field("identifier", identifier, 16));
        return this;
    }

    /**
     * Makes it the error that a packet is too big to pass whole (RFC 1191).
     *
     * @param mtu the MTU of the next hop, 0 to 65535
     * @return this
     */
    public IcmpBuilder fragmentationNeeded(int mtu) {
        row1 = Draft.field("next-hop MTU", mtu, 16);
        return type(IcmpLayout.UNREACHABLE, IcmpLayout.FRAGMENTATION_NEEDED);
    }

    /**
     * Sets the data of a query, or what an error quotes; default: none.
     *
     * @param octets the bytes
     * @return this
     */
    public IcmpBuilder data(Octets octets) {
        data = octets;
        return this;
    }

    /**
     * Sets what an error quotes and the extensions after it (RFC 4884): zero bytes fill the quoted packet up to 128 bytes
     * and to a multiple of four, and its length goes into the header.
     *
     * @param quoted the start of a packet, up to 1020 bytes
     * @param extensions the extension structure
     * @return this
     */
    public IcmpBuilder quoting(Octets quoted, Octets extensions) {
        Octets filled = Draft.padded(quoted.then(Octets.adopt(new byte[Math.max(0, 128 - quoted.length())])));
        Draft.field("quoted length", filled.length() >>> 2, 8);
        row1 = IcmpLayout.withQuotedLength(row1, filled.length());
        return data(filled.then(extensions));
    }

    /**
     * Sets the checksum, right or wrong.
     *
     * @param value 0 to 65535
     * @return this
     */
    public IcmpBuilder checksum(int value) {
        checksum = Draft.field("ICMP checksum", value, 16);
        return this;
    }

    @Override
    public int protocol() {
        return IcmpLayout.PROTOCOL;
    }

    /** The bytes, which depend on no address. */
    @Override
    public Octets octets(Ipv4Address source, Ipv4Address destination) {
        Draft draft = new Draft(IcmpLayout.HEADER + data.length())
                .put32(IcmpLayout.ROW0, IcmpLayout.row0(type, code))
                .put32(IcmpLayout.ROW1, row1)
                .put(IcmpLayout.DATA, data);
        draft.putChecksum(IcmpLayout.CHECKSUM, draft.length(), 0);
        return draft.put16(IcmpLayout.CHECKSUM, Draft.either(checksum, draft.u16(IcmpLayout.CHECKSUM)))
                .done();
    }
}
