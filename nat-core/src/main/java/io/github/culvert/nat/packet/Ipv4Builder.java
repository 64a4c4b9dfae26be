package io.github.culvert.nat.packet;

import io.github.culvert.nat.wire.Ipv4Layout;
import org.jspecify.annotations.Nullable;

/**
 * Builds IPv4 packets. Lengths and checksums are computed unless they are given, and may be given wrong: then
 * {@link #octets()} has the bytes that {@link #build()} refuses. Not safe for use by several threads.
 *
 * <p>Example: {@code Ipv4Packet.builder().source("192.168.1.10").destination("198.51.100.7").udp(5000, 53,
 * payload).build()}.
 */
public final class Ipv4Builder {
    private static final Ipv4Address NONE = new Ipv4Address(0);

    private int version = Ipv4Layout.VERSION_4;
    private int headerLength = Draft.COMPUTED;
    private int typeOfService;
    private int totalLength = Draft.COMPUTED;
    private int identification;
    private int fragmentBits;
    private int ttl = 64;
    private int protocol = Draft.COMPUTED;
    private int checksum = Draft.COMPUTED;
    private Ipv4Address source = NONE;
    private Ipv4Address destination = NONE;
    private Octets options = Octets.empty();
    private Octets payload = Octets.empty();
    private Octets padding = Octets.empty();
    private @Nullable TransportBuilder transport;

    Ipv4Builder() {}

    /**
     * Sets the source address; default: 0.0.0.0.
     *
     * @param address the address
     * @return this
     */
    public Ipv4Builder source(Ipv4Address address) {
        source = address;
        return this;
    }

    /**
     * Sets the source address.
     *
     * @param address four decimal octets, such as {@code 192.168.1.10}
     * @return this
     */
    public Ipv4Builder source(String address) {
        return source(Ipv4Address.parse(address));
    }

    /**
     * Sets the destination address; default: 0.0.0.0.
     *
     * @param address the address
     * @return this
     */
    public Ipv4Builder destination(Ipv4Address address) {
        destination = address;
        return this;
    }

    /**
     * Sets the destination address.
     *
     * @param address four decimal octets, such as {@code 198.51.100.7}
     * @return this
     */
    public Ipv4Builder destination(String address) {
        return destination(Ipv4Address.parse(address));
    }

    /**
     * Sets the time to live; default: 64.
     *
     * @param hops 0 to 255
     * @return this
     */
    public Ipv4Builder ttl(int hops) {
        ttl = Draft.field("TTL", hops, 8);
        return this;
    }

    /**
     * Sets the identification; default: 0.
     *
     * @param number 0 to 65535
     * @return this
     */
    public Ipv4Builder identification(int number) {
        identification = Draft.field("identification", number, 16);
        return this;
    }

    /**
     * Sets the type of service; default: 0.
     *
     * @param bits 0 to 255
     * @return this
     */
    public Ipv4Builder typeOfService(int bits) {
        typeOfService = Draft.field("type of service", bits, 8);
        return this;
    }

    /**
     * Forbids fragments (DF); default: allowed.
     *
     * @return this
     */
    public Ipv4Builder dontFragment() {
        fragmentBits |= Ipv4Layout.DONT_FRAGMENT;
        return this;
    }

    /**
     * Says that more fragments follow (MF); default: none.
     *
     * @return this
     */
    public Ipv4Builder moreFragments() {
        fragmentBits |= Ipv4Layout.MORE_FRAGMENTS;
        return this;
    }

    /**
     * Sets where the payload stands in its datagram; default: 0.
     *
     * @param bytes 0 to 65528; rounded down to a multiple of 8
     * @return this
     */
    public Ipv4Builder fragmentOffset(int bytes) {
        fragmentBits = fragmentBits & ~Ipv4Layout.FRAGMENT_OFFSET | Draft.field("fragment offset", bytes, 16) >>> 3;
        return this;
    }

    /**
     * Sets the options; zero bytes fill them up to a multiple of four. Default: none.
     *
     * @param octets up to 40 bytes
     * @return this
     */
    public Ipv4Builder options(Octets octets) {
        options = Draft.padded(octets);
        return this;
    }

    /**
     * Sets the payload and, unless {@link #protocol(int)} says otherwise, the protocol.
     *
     * @param builder builds the payload when all addresses are known
     * @return this
     */
    public Ipv4Builder transport(TransportBuilder builder) {
        transport = builder;
        return this;
    }

    /**
     * Makes the payload a UDP datagram.
     *
     * @param sourcePort 0 to 65535
     * @param destinationPort 0 to 65535
     * @param data its payload
     * @return this
     */
    public Ipv4Builder udp(int sourcePort, int destinationPort, Octets data) {
        return transport(
                UdpDatagram.builder().ports(sourcePort, destinationPort).payload(data));
    }

    /**
     * Sets the payload as it is, instead of a transport, for example of a fragment; default: none.
     *
     * @param octets the payload
     * @return this
     */
    public Ipv4Builder payload(Octets octets) {
        payload = octets;
        transport = null;
        return this;
    }

    /**
     * Sets the protocol; default: that of the transport, or 253, which RFC 3692 keeps free.
     *
     * @param number 0 to 255
     * @return this
     */
    public Ipv4Builder protocol(int number) {
        protocol = Draft.field("protocol", number, 8);
        return this;
    }

    /**
     * Sets the version, right or wrong; default: 4.
     *
     * @param number 0 to 15
     * @return this
     */
    public Ipv4Builder version(int number) {
        version = Draft.field("version", number, 4);
        return this;
    }

    /**
     * Sets the length of the header (IHL), right or wrong.
     *
     * @param bytes 0 to 63; rounded down to a multiple of 4
     * @return this
     */
    public Ipv4Builder headerLength(int bytes) {
        headerLength = Draft.field("header length", bytes, 6);
        return this;
    }

    /**
     * Sets the total length, right or wrong.
     *
     * @param bytes 0 to 65535
     * @return this
     */
    public Ipv4Builder totalLength(int bytes) {
        totalLength = Draft.field("total length", bytes, 16);
        return this;
    }

    /**
     * Sets the header checksum, right or wrong.
     *
     * @param value 0 to 65535
     * @return this
     */
    public Ipv4Builder headerChecksum(int value) {
        checksum = Draft.field("header checksum", value, 16);
        return this;
    }

    /**
     * Adds bytes after the packet, as a link with a minimum frame size does; default: none.
     *
     * @param octets the padding
     * @return this
     */
    public Ipv4Builder linkPadding(Octets octets) {
        padding = octets;
        return this;
    }

    /**
     * The bytes, right or wrong.
     *
     * @return the packet, then the padding
     */
    public Octets octets() {
        TransportBuilder builder = transport;
        Octets body = builder == null ? payload : builder.octets(source, destination);
        int header = Draft.field("header length", Ipv4Layout.OPTIONS + options.length(), 6);
        int total = Draft.either(totalLength, Draft.field("total length", header + body.length(), 16));
        int first = Ipv4Layout.row0(version, Draft.either(headerLength, header), typeOfService, total);
        Draft draft = new Draft(header + body.length() + padding.length())
                .put32(Ipv4Layout.VERSION, first)
                .put16(Ipv4Layout.IDENTIFICATION, identification)
                .put16(Ipv4Layout.FRAGMENT, fragmentBits)
                .put16(Ipv4Layout.TTL, ttl << 8 | Draft.either(protocol, builder == null ? 253 : builder.protocol()))
                .put32(Ipv4Layout.SOURCE, source.bits())
                .put32(Ipv4Layout.DESTINATION, destination.bits())
                .put(Ipv4Layout.OPTIONS, options)
                .put(header, body)
                .put(header + body.length(), padding);
        draft.putChecksum(Ipv4Layout.CHECKSUM, header, 0);
        return draft.put16(Ipv4Layout.CHECKSUM, Draft.either(checksum, draft.u16(Ipv4Layout.CHECKSUM)))
                .done();
    }

    /**
     * The packet.
     *
     * @return the packet, without padding
     * @throws IllegalArgumentException if it is malformed
     */
    public Ipv4Packet build() {
        return new Ipv4Packet(octets());
    }
}
