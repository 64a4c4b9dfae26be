package io.github.culvert.nat.packet;

import io.github.culvert.nat.wire.EspLayout;

/** Builds ESP packets. Encrypts nothing. Not safe for use by several threads. */
public final class EspBuilder implements TransportBuilder {
    private int spi = 0x100;
    private int sequence = 1;
    private Octets payload = Octets.empty();

    EspBuilder() {}

    /**
     * Sets the security parameters index; default: 256.
     *
     * @param number 0 to 2^32 - 1; 0 is wrong
     * @return this
     */
    public EspBuilder spi(long number) {
        spi = Draft.field("SPI", number, 32);
        return this;
    }

    /**
     * Sets the sequence number; default: 1.
     *
     * @param number 0 to 2^32 - 1
     * @return this
     */
    public EspBuilder sequence(long number) {
        sequence = Draft.field("sequence number", number, 32);
        return this;
    }

    /**
     * Sets what follows the sequence number; default: nothing.
     *
     * @param octets the encrypted bytes
     * @return this
     */
    public EspBuilder payload(Octets octets) {
        payload = octets;
        return this;
    }

    @Override
    public int protocol() {
        return EspLayout.PROTOCOL;
    }

    /** The bytes, which depend on no address. */
    @Override
    public Octets octets(Ipv4Address source, Ipv4Address destination) {
        return new Draft(EspLayout.HEADER + payload.length())
                .put32(EspLayout.SPI, spi)
                .put32(EspLayout.SEQUENCE, sequence)
                .put(EspLayout.HEADER, payload)
                .done();
    }
}
