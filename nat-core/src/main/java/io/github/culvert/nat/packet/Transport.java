package io.github.culvert.nat.packet;

/** What an IPv4 packet carries. Immutable; no accessor fails. */
public sealed interface Transport
        permits TcpSegment, UdpDatagram, IcmpMessage, GrePacket, EspPacket, AhPacket, L2tpv3Packet, OpaquePayload {
    /**
     * All of it, header first.
     *
     * @return the payload of the IPv4 packet
     */
    Octets octets();
}
