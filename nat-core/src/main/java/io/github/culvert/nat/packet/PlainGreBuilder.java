package io.github.culvert.nat.packet;

import io.github.culvert.nat.wire.GreLayout;

/** Builds GRE packets of version 0. Not safe for use by several threads. */
public final class PlainGreBuilder implements TransportBuilder {
    private static final int IPV4 = 0x0800;

    private int protocolType = IPV4;
    private int flags;
    private int key;
    private int sequence;
    private Octets payload = Octets.empty();

    PlainGreBuilder() {}

    /**
     * Sets what is inside; default: 0x0800, IPv4.
     *
     * @param type 0 to 65535, an Ethernet type
     * @return this
     */
    public PlainGreBuilder protocolType(int type) {
        protocolType = Draft.field("protocol type", type, 16);
        return this;
    }

    /**
     * Adds a checksum; default: none.
     *
     * @return this
     */
    public PlainGreBuilder withChecksum() {
        return flags(GreLayout.CHECKSUM_PRESENT);
    }

    /**
     * Adds a key; default: none.
     *
     * @param number 0 to 2^32 - 1
     * @return this
     */
    public PlainGreBuilder key(long number) {
        key = Draft.field("key", number, 32);
        return flags(GreLayout.KEY_PRESENT);
    }

    /**
     * Adds a sequence number; default: none.
     *
     * @param number 0 to 2^32 - 1
     * @return this
     */
    public PlainGreBuilder sequence(long number) {
        sequence = Draft.field("sequence number", number, 32);
        return flags(GreLayout.SEQUENCE_PRESENT);
    }

    /**
     * Sets more flags, right or wrong.
     *
     * @param bits 0 to 65535, the version among them
     * @return this
     */
    public PlainGreBuilder flags(int bits) {
        flags |= Draft.field("GRE flags", bits, 16);
        return this;
    }

    /**
     * Sets the payload; default: none.
     *
     * @param octets the payload
     * @return this
     */
    public PlainGreBuilder payload(Octets octets) {
        payload = octets;
        return this;
    }

    @Override
    public int protocol() {
        return GreLayout.PROTOCOL;
    }

    /** The bytes, which depend on no address. */
    @Override
    public Octets octets(Ipv4Address source, Ipv4Address destination) {
        int row0 = GreLayout.row0(flags, protocolType);
        int header = GreLayout.plainLength(row0);
        Draft draft = new Draft(header + payload.length()).put32(GreLayout.ROW0, row0);
        if ((flags & GreLayout.KEY_PRESENT) != 0) {
            draft.put32(GreLayout.plainKeyOffset(row0), key);
        }
        if ((flags & GreLayout.SEQUENCE_PRESENT) != 0) {
            draft.put32(GreLayout.plainSequenceOffset(row0), sequence);
        }
        draft.put(header, payload);
        if ((flags & GreLayout.CHECKSUM_PRESENT) != 0) {
            draft.putChecksum(GreLayout.PLAIN_CHECKSUM, draft.length(), 0);
        }
        return draft.done();
    }
}
