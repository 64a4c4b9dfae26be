package io.github.culvert.nat.channel;

import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;

import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.packet.TcpSegment;
import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.testkit.packet.PlainSum;
import io.github.culvert.nat.wire.HeaderWords;
import io.github.culvert.nat.wire.PacketWindow;
import io.github.culvert.nat.wire.TcpLayout;

/** TCP segments as whole packets with right checksums, and what is in them. */
final class Segments {
    private static final int CHECKSUM = 20 + TcpLayout.CHECKSUM;
    private static final int PAYLOAD = 20 + TcpLayout.OPTIONS;

    private Segments() {}

    static byte[] segment(int sequence, byte[] payload) {
        return Packets.ipv4(IN1, OUT1)
                .transport(TcpSegment.builder()
                        .ports(5000, 1723)
                        .sequence(Integer.toUnsignedLong(sequence))
                        .flags(TcpFlag.ACK)
                        .payload(Octets.of(payload)))
                .octets()
                .toByteArray();
    }

    static HeaderWords read(byte[] packet) {
        PacketWindow window = new PacketWindow();
        window.open(packet, 0, packet.length);
        HeaderWords words = new HeaderWords(window);
        words.readChecked();
        return words;
    }

    static int sequence(HeaderWords words) {
        return words.window.i32(words.transport + TcpLayout.SEQUENCE);
    }

    static int payloadAt(HeaderWords words) {
        return words.transport + TcpLayout.OPTIONS;
    }

    static int payloadLength(HeaderWords words) {
        return words.window.length() - payloadAt(words);
    }

    static Octets payload(byte[] packet) {
        return Octets.of(packet).from(PAYLOAD);
    }

    static int checksum(byte[] packet) {
        return Octets.of(packet).u16(CHECKSUM);
    }

    /** What the checksum field is off by, in one's complement: 0 if it is right. */
    static int error(byte[] packet) {
        int right = PlainSum.transport(Octets.of(packet)).orElseThrow();
        return Math.floorMod(checksum(packet) - right, 0xffff);
    }
}
