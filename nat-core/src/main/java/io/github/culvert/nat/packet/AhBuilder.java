package io.github.culvert.nat.packet;

import io.github.culvert.nat.wire.AhLayout;

/** Builds packets with an Authentication Header. Authenticates nothing. Not safe for use by several threads. */
public final class AhBuilder implements TransportBuilder {
    private static final int LARGEST = 255 + 2 << 2;

    private int nextHeader;
    private int headerLength = Draft.COMPUTED;
    private int spi = 0x100;
    private int sequence = 1;
    private Octets icv = Octets.empty();
    private Octets payload = Octets.empty();

    AhBuilder() {}

    /**
     * Sets security parameters index and sequence number; default: 256 and 1.
     *
     * @param index 0 to 2^32 - 1; 0 is wrong
     * @param number 0 to 2^32 - 1
     * @return this
     */
    public AhBuilder association(long index, long number) {
        spi = Draft.field("SPI", index, 32);
        sequence = Draft.field("sequence number", number, 32);
        return this;
    }

    /**
     * Sets the integrity check value; zero bytes fill it up to a multiple of four. Default: none.
     *
     * @param octets up to 1016 bytes
     * @return this
     */
    public AhBuilder icv(Octets octets) {
        icv = Draft.padded(octets);
        return this;
    }

    /**
     * Sets what the header protects; default: nothing, protocol 0.
     *
     * @param protocol 0 to 255
     * @param octets the payload
     * @return this
     */
    public AhBuilder payload(int protocol, Octets octets) {
        nextHeader = Draft.field("next header", protocol, 8);
        payload = octets;
        return this;
    }

    /**
     * Sets the length of the header, right or wrong.
     *
     * @param bytes 8 to 1028; rounded down to a multiple of 4
     * @return this
     */
    public AhBuilder headerLength(int bytes) {
        headerLength = lengthInRange(bytes);
        return this;
    }

    @Override
    public int protocol() {
        return AhLayout.PROTOCOL;
    }

    /** The bytes, which depend on no address. */
    @Override
    public Octets octets(Ipv4Address source, Ipv4Address destination) {
        int header = lengthInRange(AhLayout.ICV + icv.length());
        return new Draft(header + payload.length())
                .put32(AhLayout.ROW0, AhLayout.row0(nextHeader, Draft.either(headerLength, header)))
                .put32(AhLayout.SPI, spi)
                .put32(AhLayout.SEQUENCE, sequence)
                .put(AhLayout.ICV, icv)
                .put(header, payload)
                .done();
    }

    private static int lengthInRange(int bytes) {
        Headers.require(bytes >= 8 && bytes <= LARGEST, "AH header length " + bytes + " is not within 8.." + LARGEST);
        return bytes;
    }
}
