package io.github.culvert.nat.testkit.packet;

import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import java.util.OptionalInt;

/**
 * Internet checksums in the plainest way (RFC 1071 section 1), byte by byte over a copy with the field zeroed. Shares
 * nothing with the code under test but the bytes.
 */
public final class PlainSum {
    private static final int ICMP = 1;
    private static final int TCP = 6;
    private static final int UDP = 17;

    private PlainSum() {}

    /** The checksum of bytes; an odd end is padded with a zero byte. */
    public static int checksum(byte[] bytes) {
        int sum = 0;
        for (int i = 0; i < bytes.length; i++) {
            sum += (bytes[i] & 0xff) << (i % 2 == 0 ? 8 : 0);
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return ~sum & 0xffff;
    }

    /** The right checksum of the IPv4 header. */
    public static int header(Octets packet) {
        byte[] header = packet.slice(0, headerLength(packet)).toByteArray();
        header[10] = 0;
        header[11] = 0;
        return checksum(header);
    }

    /** The right checksum of UDP, TCP or ICMP, as it would be sent; none for other protocols and for fragments. */
    public static OptionalInt transport(Octets packet) {
        if ((packet.u16(6) & 0x3fff) != 0) {
            return OptionalInt.empty();
        }
        return switch (packet.u8(9)) {
            case ICMP -> OptionalInt.of(transport(packet, 2, false));
            case TCP -> OptionalInt.of(transport(packet, 16, true));
            case UDP -> OptionalInt.of(sentUdp(transport(packet, 6, true)));
            default -> OptionalInt.empty();
        };
    }

    /** Where the checksum of UDP, TCP or ICMP stands in the packet. */
    public static int transportOffset(Ipv4Packet packet) {
        int field = switch (packet.protocol()) {
            case ICMP -> 2;
            case TCP -> 16;
            default -> 6;
        };
        return packet.headerLength() + field;
    }

    private static int transport(Octets packet, int field, boolean withPseudoHeader) {
        int header = headerLength(packet);
        int length = packet.u8(9) == UDP ? packet.u16(header + 4) : packet.u16(2) - header;
        byte[] body = packet.slice(header, length).toByteArray();
        body[field] = 0;
        body[field + 1] = 0;
        Octets pseudo = packet.slice(12, 8)
                .then(Octets.of((byte) 0, (byte) packet.u8(9), (byte) (length >>> 8), (byte) length));
        return checksum(withPseudoHeader ? pseudo.then(Octets.of(body)).toByteArray() : body);
    }

    private static int sentUdp(int computed) {
        return computed == 0 ? 0xffff : computed;
    }

    private static int headerLength(Octets packet) {
        return (packet.u8(0) & 0xf) * 4;
    }
}
