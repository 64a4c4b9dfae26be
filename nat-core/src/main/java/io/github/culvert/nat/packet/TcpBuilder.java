package io.github.culvert.nat.packet;

import io.github.culvert.nat.wire.Checksum;
import io.github.culvert.nat.wire.PortLayout;
import io.github.culvert.nat.wire.TcpLayout;

/** Builds TCP segments. Not safe for use by several threads. */
public final class TcpBuilder implements TransportBuilder {
    private int ports;
    private int sequence;
    private int acknowledgment;
    private int headerLength = Draft.COMPUTED;
    private int flags;
    private int window = 0xffff;
    private int checksum = Draft.COMPUTED;
    private int urgentPointer;
    private Octets options = Octets.empty();
    private Octets payload = Octets.empty();

    TcpBuilder() {}

    /**
     * Sets the ports; default: 0 both.
     *
     * @param source the source port, 0 to 65535
     * @param destination the destination port, 0 to 65535
     * @return this
     */
    public TcpBuilder ports(int source, int destination) {
        ports = PortLayout.row0(
                Draft.field("source port", source, 16), Draft.field("destination port", destination, 16));
        return this;
    }

    /**
     * Sets the sequence number; default: 0.
     *
     * @param number 0 to 2^32 - 1
     * @return this
     */
    public TcpBuilder sequence(long number) {
        sequence = Draft.field("sequence number", number, 32);
        return this;
    }

    /**
     * Sets the acknowledgment number and its flag; default: neither.
     *
     * @param number 0 to 2^32 - 1
     * @return this
     */
    public TcpBuilder acknowledgment(long number) {
        acknowledgment = Draft.field("acknowledgment number", number, 32);
        return flags(TcpFlag.ACK);
    }

    /**
     * Sets flags, those already set included; default: none.
     *
     * @param more the flags
     * @return this
     */
    public TcpBuilder flags(TcpFlag... more) {
        for (TcpFlag flag : more) {
            flags |= flag.bit();
        }
        return this;
    }

    /**
     * Sets the window; default: 65535.
     *
     * @param size 0 to 65535
     * @return this
     */
    public TcpBuilder window(int size) {
        window = Draft.field("window", size, 16);
        return this;
    }

    /**
     * Sets the urgent pointer, without its flag; default: 0.
     *
     * @param pointer 0 to 65535
     * @return this
     */
    public TcpBuilder urgentPointer(int pointer) {
        urgentPointer = Draft.field("urgent pointer", pointer, 16);
        return this;
    }

    /**
     * Sets the options; zero bytes fill them up to a multiple of four. Default: none.
     *
     * @param octets up to 40 bytes
     * @return this
     */
    public TcpBuilder options(Octets octets) {
        options = Draft.padded(octets);
        return this;
    }

    /**
     * Sets the payload; default: none.
     *
     * @param octets the payload
     * @return this
     */
    public TcpBuilder payload(Octets octets) {
        payload = octets;
        return this;
    }

    /**
     * Sets the length of the header (data offset), right or wrong.
     *
     * @param bytes 0 to 60; rounded down to a multiple of 4
     * @return this
     */
    public TcpBuilder headerLength(int bytes) {
        headerLength = Draft.field("TCP header length", bytes, 6);
        return this;
    }

    /**
     * Sets the checksum, right or wrong.
     *
     * @param value 0 to 65535
     * @return this
     */
    public TcpBuilder checksum(int value) {
        checksum = Draft.field("TCP checksum", value, 16);
        return this;
    }

    @Override
    public int protocol() {
        return TcpLayout.PROTOCOL;
    }

    @Override
    public Octets octets(Ipv4Address source, Ipv4Address destination) {
        int header = Draft.field("TCP header length", TcpLayout.OPTIONS + options.length(), 6);
        Draft draft = new Draft(header + payload.length())
                .put32(PortLayout.ROW0, ports)
                .put32(TcpLayout.SEQUENCE, sequence)
                .put32(TcpLayout.ACKNOWLEDGMENT, acknowledgment)
                .put32(TcpLayout.ROW3, TcpLayout.row3(Draft.either(headerLength, header), flags, window))
                .put32(TcpLayout.ROW4, urgentPointer)
                .put(TcpLayout.OPTIONS, options)
                .put(header, payload);
        long pseudo = Checksum.pseudoHeader(source.bits(), destination.bits(), TcpLayout.PROTOCOL, draft.length());
        draft.putChecksum(TcpLayout.CHECKSUM, draft.length(), pseudo);
        return draft.put16(TcpLayout.CHECKSUM, Draft.either(checksum, draft.u16(TcpLayout.CHECKSUM)))
                .done();
    }
}
