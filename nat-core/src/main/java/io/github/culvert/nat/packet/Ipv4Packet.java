package io.github.culvert.nat.packet;

import io.github.culvert.nat.wire.AhLayout;
import io.github.culvert.nat.wire.EspLayout;
import io.github.culvert.nat.wire.GreLayout;
import io.github.culvert.nat.wire.HeaderCheck;
import io.github.culvert.nat.wire.IcmpLayout;
import io.github.culvert.nat.wire.Ipv4Layout;
import io.github.culvert.nat.wire.L2tpv3Layout;
import io.github.culvert.nat.wire.TcpLayout;
import io.github.culvert.nat.wire.TransportSum;
import io.github.culvert.nat.wire.UdpLayout;

/**
 * An IPv4 packet (RFC 791) whose headers have been checked: an immutable value. Addresses, source routes and transport
 * checksums have not been judged.
 *
 * @param octets the packet, exactly {@link #totalLength()} bytes
 */
public record Ipv4Packet(Octets octets) implements Ipv4Header {
    /**
     * Checks the headers and cuts what follows the total length.
     *
     * @param octets the packet, exactly {@link #totalLength()} bytes
     * @throws IllegalArgumentException if they are malformed; {@link #parse(Octets)} says so without an exception
     */
    public Ipv4Packet {
        HeaderCheck check = checked(octets);
        Headers.require(check);
        octets = octets.slice(0, check.totalLength());
    }

    /**
     * Parses a packet. What follows its total length, such as the padding of a link, is cut.
     *
     * @param octets the packet, IPv4 header first
     * @return the packet, or why there is none; version 6 is as wrong as any other
     */
    public static Parsed<Ipv4Packet> parse(Octets octets) {
        return Headers.result(checked(octets), octets, Ipv4Packet::new);
    }

    /**
     * Starts building a packet.
     *
     * @return a builder
     */
    public static Ipv4Builder builder() {
        return new Ipv4Builder();
    }

    /**
     * What the packet carries.
     *
     * @return the view that fits the protocol; {@link OpaquePayload} for an unknown protocol and for every fragment but
     *     the first
     */
    public Transport transport() {
        Octets payload = payload();
        if (fragmentOffset() > 0) {
            return new OpaquePayload(payload);
        }
        return switch (protocol()) {
            case UdpLayout.PROTOCOL -> new UdpDatagram(payload);
            case TcpLayout.PROTOCOL -> new TcpSegment(payload);
            case IcmpLayout.PROTOCOL -> IcmpMessage.of(payload);
            case GreLayout.PROTOCOL -> GrePacket.of(payload);
            case EspLayout.PROTOCOL -> new EspPacket(payload);
            case AhLayout.PROTOCOL -> new AhPacket(payload);
            case L2tpv3Layout.PROTOCOL -> L2tpv3Packet.of(payload);
            default -> new OpaquePayload(payload);
        };
    }

    /**
     * Whether the checksum of UDP, TCP or ICMP is known to be wrong.
     *
     * @return false if it is right, if it is absent, if the protocol is another, and for every fragment, of which it
     *     cannot be told
     */
    public boolean transportChecksumWrong() {
        return TransportSum.isWrong(octets.window());
    }

    /**
     * Whether the sender chose the route: a loose or strict source route option (RFC 791 section 3.1).
     *
     * @return true if there is one
     */
    public boolean hasSourceRoute() {
        return headerLength() > Ipv4Layout.OPTIONS && checked(octets).hasSourceRoute();
    }

    private static HeaderCheck checked(Octets octets) {
        HeaderCheck check = new HeaderCheck();
        check.passes(octets.window());
        return check;
    }
}
