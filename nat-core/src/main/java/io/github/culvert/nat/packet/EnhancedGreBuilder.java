package io.github.culvert.nat.packet;

import io.github.culvert.nat.wire.GreLayout;

/** Builds enhanced GRE packets (RFC 2637 section 4.1). Not safe for use by several threads. */
public final class EnhancedGreBuilder implements TransportBuilder {
    private static final int VERSION_1 = 1;

    private int flags = GreLayout.KEY_PRESENT | VERSION_1;
    private int callId;
    private int sequence;
    private int acknowledgment;
    private int payloadLength = Draft.COMPUTED;
    private Octets payload = Octets.empty();

    EnhancedGreBuilder() {}

    /**
     * Sets the Call ID; default: 0.
     *
     * @param id 0 to 65535, the receiver's own
     * @return this
     */
    public EnhancedGreBuilder callId(int id) {
        callId = Draft.field("Call ID", id, 16);
        return this;
    }

    /**
     * Adds a sequence number, which goes with a payload; default: none.
     *
     * @param number 0 to 2^32 - 1
     * @return this
     */
    public EnhancedGreBuilder sequence(long number) {
        sequence = Draft.field("sequence number", number, 32);
        flags |= GreLayout.SEQUENCE_PRESENT;
        return this;
    }

    /**
     * Adds an acknowledgment number; default: none.
     *
     * @param number 0 to 2^32 - 1
     * @return this
     */
    public EnhancedGreBuilder acknowledgment(long number) {
        acknowledgment = Draft.field("acknowledgment number", number, 32);
        flags |= GreLayout.ACKNOWLEDGMENT_PRESENT;
        return this;
    }

    /**
     * Sets the payload; default: none.
     *
     * @param octets a PPP frame
     * @return this
     */
    public EnhancedGreBuilder payload(Octets octets) {
        payload = octets;
        return this;
    }

    /**
     * Sets the payload length, right or wrong.
     *
     * @param bytes 0 to 65535
     * @return this
     */
    public EnhancedGreBuilder payloadLength(int bytes) {
        payloadLength = Draft.field("payload length", bytes, 16);
        return this;
    }

    /**
     * Sets all flags in place of those that are right; which numbers there are depends on them.
     *
     * @param bits 0 to 65535, the version among them
     * @return this
     */
    public EnhancedGreBuilder flags(int bits) {
        flags = Draft.field("GRE flags", bits, 16);
        return this;
    }

    @Override
    public int protocol() {
        return GreLayout.PROTOCOL;
    }

    /** The bytes, which depend on no address. */
    @Override
    public Octets octets(Ipv4Address source, Ipv4Address destination) {
        int row0 = GreLayout.row0(flags, GreLayout.PPP);
        int header = GreLayout.enhancedLength(row0);
        int length = Draft.either(payloadLength, Draft.field("payload length", payload.length(), 16));
        Draft draft = new Draft(header + payload.length())
                .put32(GreLayout.ROW0, row0)
                .put32(GreLayout.ENHANCED_ROW1, GreLayout.enhancedRow1(length, callId));
        if ((flags & GreLayout.SEQUENCE_PRESENT) != 0) {
            draft.put32(GreLayout.ENHANCED_SEQUENCE, sequence);
        }
        if ((flags & GreLayout.ACKNOWLEDGMENT_PRESENT) != 0) {
            draft.put32(GreLayout.acknowledgmentOffset(row0), acknowledgment);
        }
        return draft.put(header, payload).done();
    }
}
