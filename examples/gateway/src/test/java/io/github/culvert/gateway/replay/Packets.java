package io.github.culvert.gateway.replay;

import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.packet.Ipv4Address;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Makes packets with right checksums, field by field. */
final class Packets {
    static final String IN1 = "192.168.1.10";
    static final String IN2 = "192.168.1.11";
    static final String EXT1 = "203.0.113.1";
    static final String OUT1 = "198.51.100.7";
    static final String OUT2 = "198.51.100.8";

    /** NAT-CKS-03: 192.168.1.10:5000 to 198.51.100.7:53, "abcd". */
    static final String CKS_03_INSIDE = "4500002012344000 4011 3CAC C0A8010A C6336407 1388 0035 000C 3B65 61626364";

    private Packets() {}

    static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    static Endpoint endpoint(String text) {
        return Endpoint.parse(text);
    }

    static byte[] udp(String from, String to, String payload) {
        byte[] data = hex(payload);
        ByteBuffer udp = ByteBuffer.allocate(8 + data.length);
        udp.putShort(port(from)).putShort(port(to)).putShort((short) udp.capacity());
        udp.putShort((short) 0).put(data);
        return withTransport(from, to, 17, udp, 6);
    }

    static byte[] tcp(String from, String to, int flags, String payload) {
        return segment(from, to, 1, 2, flags, payload);
    }

    static byte[] segment(String from, String to, int sequence, int acknowledged, int flags, String payload) {
        byte[] data = hex(payload);
        ByteBuffer tcp = ByteBuffer.allocate(20 + data.length);
        tcp.putShort(port(from)).putShort(port(to)).putInt(sequence).putInt(acknowledged);
        tcp.put((byte) 0x50).put((byte) flags).putShort((short) 1000).putInt(0).put(data);
        return withTransport(from, to, 6, tcp, 16);
    }

    /** An ICMP message; the second word of its header holds id and sequence, or what an error has there. */
    static byte[] icmp(String from, String to, int type, int word, byte... body) {
        ByteBuffer icmp = ByteBuffer.allocate(8 + body.length);
        icmp.put((byte) type).put((byte) 0).putShort((short) 0).putInt(word).put(body);
        return withTransport(from + ":0", to + ":0", 1, icmp, 2);
    }

    static byte[] other(String from, String to, int protocol, String payload) {
        byte[] data = hex(payload);
        return withTransport(
                from + ":0",
                to + ":0",
                protocol,
                ByteBuffer.allocate(data.length).put(data),
                -1);
    }

    /** The same packet with one word changed and no checksum mended, but for that of the IPv4 header. */
    static byte[] with(byte[] packet, int at, int word) {
        byte[] changed = packet.clone();
        ByteBuffer.wrap(changed).putShort(at, (short) word).putShort(10, (short) 0);
        ByteBuffer.wrap(changed).putShort(10, sum(changed, 0, 20, 0));
        return changed;
    }

    /** The fragments of a packet, with so many bytes of payload each (RFC 791 section 3.2). */
    static List<byte[]> fragments(byte[] packet, int identification, int size) {
        List<byte[]> fragments = new ArrayList<>();
        for (int from = 20; from < packet.length; from += size) {
            int to = Math.min(packet.length, from + size);
            byte[] fragment = Arrays.copyOf(packet, 20 + to - from);
            System.arraycopy(packet, from, fragment, 20, to - from);
            ByteBuffer.wrap(fragment).putShort(2, (short) fragment.length).putShort(4, (short) identification);
            fragments.add(with(fragment, 6, (to < packet.length ? 0x2000 : 0) | from - 20 >> 3));
        }
        return fragments;
    }

    static Recorded outbound(byte... packet) {
        return new Recorded(1, 1_000_000_000L, Direction.OUTBOUND, new Datagram(packet));
    }

    static Recorded inbound(byte... packet) {
        return new Recorded(1, 1_000_000_000L, Direction.INBOUND, new Datagram(packet));
    }

    private static byte[] withTransport(String from, String to, int protocol, ByteBuffer transport, int checksum) {
        int length = transport.capacity();
        ByteBuffer ip = ByteBuffer.allocate(20 + length);
        ip.put((byte) 0x45).put((byte) 0).putShort((short) (20 + length)).putInt(0x1234_4000);
        ip.put((byte) 64).put((byte) protocol).putShort((short) 0);
        ip.putInt(address(from)).putInt(address(to)).put(transport.flip().limit(length));
        byte[] packet = ip.array();
        ip.putShort(10, sum(packet, 0, 20, 0));
        if (checksum >= 0) {
            int pseudoHeader = protocol == 1 ? 0 : pseudoHeader(ip, protocol, length);
            short sum = sum(packet, 20, packet.length, pseudoHeader);
            ip.putShort(20 + checksum, sum == 0 && protocol == 17 ? (short) 0xffff : sum);
        }
        return packet;
    }

    private static int pseudoHeader(ByteBuffer ip, int protocol, int length) {
        int sum = protocol + length;
        for (int at = 12; at < 20; at += 2) {
            sum += ip.getShort(at) & 0xffff;
        }
        return sum;
    }

    /** RFC 1071 section 4.1, as it stands there. */
    private static short sum(byte[] bytes, int from, int to, int start) {
        long sum = start;
        for (int at = from; at < to; at += 2) {
            sum += (bytes[at] & 0xff) << 8 | (at + 1 < to ? bytes[at + 1] & 0xff : 0);
        }
        while (sum >> 16 != 0) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return (short) ~sum;
    }

    private static int address(String endpoint) {
        return Ipv4Address.parse(endpoint.substring(0, endpoint.indexOf(':'))).bits();
    }

    private static short port(String endpoint) {
        return (short) Integer.parseInt(endpoint.substring(endpoint.indexOf(':') + 1));
    }
}
