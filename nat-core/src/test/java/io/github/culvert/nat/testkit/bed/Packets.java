package io.github.culvert.nat.testkit.bed;

import io.github.culvert.nat.packet.IcmpMessage;
import io.github.culvert.nat.packet.IcmpQuery;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Builder;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.packet.TcpSegment;
import io.github.culvert.nat.packet.Transport;
import io.github.culvert.nat.packet.UdpDatagram;

/** The addresses of the standard test bed, and small packets between them. */
public final class Packets {
    /** The inside hosts. */
    public static final Ipv4Address IN1 = Ipv4Address.parse("192.168.1.10");

    public static final Ipv4Address IN2 = Ipv4Address.parse("192.168.1.11");
    public static final Ipv4Address IN3 = Ipv4Address.parse("192.168.1.12");

    /** The public addresses. */
    public static final Ipv4Address EXT1 = Ipv4Address.parse("203.0.113.1");

    public static final Ipv4Address EXT2 = Ipv4Address.parse("203.0.113.2");
    public static final Ipv4Address EXT3 = Ipv4Address.parse("203.0.113.3");
    public static final Ipv4Address EXT4 = Ipv4Address.parse("203.0.113.4");

    /** The remote hosts. */
    public static final Ipv4Address OUT1 = Ipv4Address.parse("198.51.100.7");

    public static final Ipv4Address OUT2 = Ipv4Address.parse("198.51.100.8");

    private static final Octets DATA = Octets.fromHex("61626364");

    private Packets() {}

    /** UDP with four bytes of payload. */
    public static Ipv4Packet udp(Ipv4Address source, int sourcePort, Ipv4Address destination, int destinationPort) {
        return ipv4(source, destination).udp(sourcePort, destinationPort, DATA).build();
    }

    /** TCP with the flags given and no payload. */
    public static Ipv4Packet tcp(
            Ipv4Address source, int sourcePort, Ipv4Address destination, int destinationPort, TcpFlag... flags) {
        return ipv4(source, destination)
                .transport(TcpSegment.builder()
                        .ports(sourcePort, destinationPort)
                        .sequence(100)
                        .flags(flags))
                .build();
    }

    /** An echo request. */
    public static Ipv4Packet echo(Ipv4Address source, Ipv4Address destination, int identifier) {
        return ipv4(source, destination)
                .transport(IcmpMessage.builder().echoRequest(identifier, 1).data(DATA))
                .build();
    }

    /** An echo reply. */
    public static Ipv4Packet echoReply(Ipv4Address source, Ipv4Address destination, int identifier) {
        return ipv4(source, destination)
                .transport(IcmpMessage.builder().echoReply(identifier, 1).data(DATA))
                .build();
    }

    /** The start of any packet. */
    public static Ipv4Builder ipv4(Ipv4Address source, Ipv4Address destination) {
        return Ipv4Packet.builder().source(source).destination(destination);
    }

    /** From where to where, such as {@code 192.168.1.10:5000 > 198.51.100.7:53}; a query id stands on both sides. */
    public static String route(Ipv4Packet packet) {
        Transport transport = packet.transport();
        if (transport instanceof UdpDatagram udp) {
            return route(packet, udp.sourcePort(), udp.destinationPort());
        }
        if (transport instanceof TcpSegment tcp) {
            return route(packet, tcp.sourcePort(), tcp.destinationPort());
        }
        if (transport instanceof IcmpQuery query) {
            return route(packet, query.identifier(), query.identifier());
        }
        return packet.source() + " > " + packet.destination();
    }

    private static String route(Ipv4Packet packet, int sourceId, int destinationId) {
        return packet.source() + ":" + sourceId + " > " + packet.destination() + ":" + destinationId;
    }
}
