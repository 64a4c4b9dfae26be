package io.github.culvert.nat.packet;

/**
 * Builds what an IPv4 packet carries. Lengths and checksums are computed unless they are given, and may be given wrong.
 * Not safe for use by several threads.
 */
public sealed interface TransportBuilder
        permits UdpBuilder,
                TcpBuilder,
                IcmpBuilder,
                PlainGreBuilder,
                EnhancedGreBuilder,
                EspBuilder,
                AhBuilder,
                L2tpv3DataBuilder,
                L2tpv3ControlBuilder {
    /**
     * The protocol for the IPv4 header.
     *
     * @return 0 to 255
     */
    int protocol();

    /**
     * The bytes, header first.
     *
     * @param source the source address of the packet, which enters the checksum of UDP and TCP
     * @param destination the destination address of the packet, which enters the checksum of UDP and TCP
     * @return the bytes
     */
    Octets octets(Ipv4Address source, Ipv4Address destination);
}
