package io.github.culvert.nat.testkit.packet;

import io.github.culvert.nat.packet.IcmpQuery;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.TcpSegment;
import io.github.culvert.nat.packet.Transport;
import io.github.culvert.nat.packet.UdpDatagram;
import java.util.OptionalInt;
import org.assertj.core.api.AbstractAssert;

/** Says what a packet should be. Endpoints are written {@code 192.168.1.10:5000}; ICMP has its query id in both. */
public final class PacketAssert extends AbstractAssert<PacketAssert, Ipv4Packet> {
    private PacketAssert(Ipv4Packet actual) {
        super(actual, PacketAssert.class);
    }

    /** Starts. */
    public static PacketAssert assertThatPacket(Ipv4Packet actual) {
        return new PacketAssert(actual);
    }

    /** Where it comes from. */
    public PacketAssert isFrom(String endpoint) {
        return is("source", endpoint, actual.source() + ":" + ids(actual.transport())[0]);
    }

    /** Where it goes. */
    public PacketAssert isTo(String endpoint) {
        return is("destination", endpoint, actual.destination() + ":" + ids(actual.transport())[1]);
    }

    /** Its time to live. */
    public PacketAssert hasTtl(int hops) {
        return is("TTL", String.valueOf(hops), String.valueOf(actual.ttl()));
    }

    /** The checksums of IPv4 and of the transport are right, by a plain sum; an absent one of UDP is right too. */
    public PacketAssert hasRightChecksums() {
        is("header checksum", hex(PlainSum.header(actual.octets())), hex(actual.headerChecksum()));
        OptionalInt right = PlainSum.transport(actual.octets());
        if (right.isEmpty()) {
            return this;
        }
        int found = actual.octets().u16(PlainSum.transportOffset(actual));
        boolean absent = found == 0 && actual.transport() instanceof UdpDatagram;
        return absent ? this : is("transport checksum", hex(right.getAsInt()), hex(found));
    }

    private PacketAssert is(String what, String expected, String found) {
        if (!expected.equals(found)) {
            failWithMessage("%s should be %s, but is %s, in %s", what, expected, found, actual.octets());
        }
        return this;
    }

    private static int[] ids(Transport transport) {
        if (transport instanceof UdpDatagram udp) {
            return new int[] {udp.sourcePort(), udp.destinationPort()};
        }
        if (transport instanceof TcpSegment tcp) {
            return new int[] {tcp.sourcePort(), tcp.destinationPort()};
        }
        if (transport instanceof IcmpQuery query) {
            return new int[] {query.identifier(), query.identifier()};
        }
        throw new AssertionError("no identifiers in " + transport);
    }

    private static String hex(int value) {
        return "0x%04X".formatted(value);
    }
}
