package io.github.culvert.gateway.run;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Packets as bytes, made and read without the library, so that the tests do not judge it by itself. */
final class RawPackets {
    static final int UDP = 17;
    private static final int HEADERS = 28;

    private RawPackets() {}

    /** A UDP packet with right checksums. */
    static byte[] udp(String from, int fromPort, String to, int toPort, String text) {
        byte[] payload = text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        ByteBuffer packet = ByteBuffer.allocate(HEADERS + payload.length);
        packet.put((byte) 0x45)
                .put((byte) 0)
                .putShort((short) packet.capacity())
                .putInt(0x00010000);
        packet.put((byte) 64).put((byte) UDP).putShort((short) 0);
        packet.putInt(address(from)).putInt(address(to));
        packet.putShort((short) fromPort).putShort((short) toPort);
        packet.putShort((short) (packet.capacity() - 20)).putShort((short) 0).put(payload);
        packet.putShort(10, (short) ~sum(packet, 0, 20, 0));
        int pseudo = UDP + packet.capacity() - 20;
        packet.putShort(26, (short) ~sum(packet, 12, packet.capacity(), pseudo));
        return packet.array();
    }

    /** A SYN with right checksums. */
    static byte[] syn(String from, int fromPort, String to, int toPort) {
        ByteBuffer packet = ByteBuffer.allocate(40);
        packet.putInt(0x45000028).putInt(0x00010000).putInt(0x40060000);
        packet.putInt(address(from)).putInt(address(to));
        packet.putShort((short) fromPort).putShort((short) toPort).putLong(1L << 32);
        packet.putInt(0x50020400).putInt(0);
        packet.putShort(10, (short) ~sum(packet, 0, 20, 0));
        packet.putShort(36, (short) ~sum(packet, 12, 40, 6 + 20));
        return packet.array();
    }

    /** The two fragments of a packet, the first with so many bytes of payload. */
    static byte[][] fragments(byte[] packet, int size) {
        return new byte[][] {
            fragment(packet, 0, size, 0x2000), fragment(packet, size, packet.length - 20 - size, size >> 3)
        };
    }

    private static byte[] fragment(byte[] packet, int from, int length, int bits) {
        ByteBuffer fragment =
                ByteBuffer.allocate(20 + length).put(packet, 0, 20).put(packet, 20 + from, length);
        fragment.putShort(2, (short) (20 + length)).putShort(6, (short) bits).putShort(10, (short) 0);
        return fragment.putShort(10, (short) ~sum(fragment, 0, 20, 0)).array();
    }

    /** An IPv6 router solicitation, such as every interface sends when it comes up. */
    static byte[] routerSolicitation() {
        return HexFormat.of()
                .parseHex("6000000000083afffe800000000000000000000000000001"
                        + "ff0200000000000000000000000000028500000000000000");
    }

    /** What matters to the tests: {@code 192.0.2.1:1 > 192.0.2.2:2 text}, or what is wrong with a checksum. */
    static String describe(byte[] bytes) {
        ByteBuffer packet = ByteBuffer.wrap(bytes);
        int length = Short.toUnsignedInt(packet.getShort(2));
        if (length != bytes.length || sum(packet, 0, 20, 0) != 0xffff) {
            return "broken header";
        }
        if ((packet.getShort(6) & 0x3fff) != 0) {
            return text(packet.getInt(12)) + " > " + text(packet.getInt(16)) + " fragment at "
                    + (packet.getShort(6) & 0x1fff) * 8;
        }
        if (packet.get(9) == 1) {
            return text(packet.getInt(12)) + " > " + text(packet.getInt(16)) + " ICMP " + packet.get(20) + "/"
                    + packet.get(21);
        }
        if (sum(packet, 12, length, UDP + length - 20) != 0xffff) {
            return "wrong UDP checksum";
        }
        return text(packet.getInt(12)) + ":" + Short.toUnsignedInt(packet.getShort(20)) + " > "
                + text(packet.getInt(16)) + ":" + Short.toUnsignedInt(packet.getShort(22)) + " "
                + new String(bytes, HEADERS, length - HEADERS, java.nio.charset.StandardCharsets.US_ASCII);
    }

    private static int sum(ByteBuffer packet, int start, int end, int initial) {
        int sum = initial;
        for (int i = start; i < end; i += 2) {
            sum += Byte.toUnsignedInt(packet.get(i)) << 8 | (i + 1 < end ? Byte.toUnsignedInt(packet.get(i + 1)) : 0);
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return sum;
    }

    private static int address(String text) {
        int bits = 0;
        for (String part : text.split("\\.")) {
            bits = bits << 8 | Integer.parseInt(part);
        }
        return bits;
    }

    private static String text(int bits) {
        return (bits >>> 24) + "." + (bits >>> 16 & 255) + "." + (bits >>> 8 & 255) + "." + (bits & 255);
    }
}
