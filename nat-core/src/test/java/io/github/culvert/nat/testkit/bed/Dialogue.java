package io.github.culvert.nat.testkit.bed;

import io.github.culvert.nat.packet.IcmpMessage;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Builder;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.packet.TcpSegment;
import io.github.culvert.nat.testkit.packet.PlainSum;
import java.util.SplittableRandom;

/**
 * A first packet and the answer to it, of any protocol, with any identifiers, options and payload.
 *
 * @param protocol 1, 6 or 17
 * @param source the identifier of who asks
 * @param destination the identifier of who is asked
 * @param options of the IPv4 header
 * @param payload of both packets
 */
public record Dialogue(int protocol, int source, int destination, Octets options, Octets payload) {
    private static final int[] PROTOCOLS = {1, 6, 17};

    /** The dialogue of a seed. */
    public static Dialogue random(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] payload = new byte[random.nextInt(5) == 0 ? random.nextInt(1400) : random.nextInt(12)];
        random.nextBytes(payload);
        if (random.nextInt(8) == 0) {
            java.util.Arrays.fill(payload, (byte) -random.nextInt(2));
        }
        return new Dialogue(
                PROTOCOLS[random.nextInt(3)],
                random.nextInt(1, 0x10000),
                random.nextInt(0x10000),
                Octets.of(new byte[random.nextInt(4) == 0 ? 4 * random.nextInt(11) : 0]),
                Octets.of(payload));
    }

    /** The same with UDP in place of ICMP. */
    public Dialogue withoutIcmp() {
        return protocol == 1 ? new Dialogue(17, source, destination, options, payload) : this;
    }

    /** The first packet. */
    public Ipv4Packet request(Ipv4Address from, Ipv4Address to) {
        Ipv4Builder builder = Packets.ipv4(from, to).options(options).identification(destination);
        return switch (protocol) {
            case 1 ->
                builder.transport(IcmpMessage.builder().echoRequest(source, 1).data(payload))
                        .build();
            case 6 ->
                builder.transport(segment(source, destination, TcpFlag.SYN)).build();
            default -> builder.udp(source, destination, payload).build();
        };
    }

    /** What the receiver of the first packet answers, whatever became of it on its way. */
    public Ipv4Packet answerTo(Octets request) {
        Ipv4Packet asked = new Ipv4Packet(request);
        Ipv4Builder builder = Packets.ipv4(asked.destination(), asked.source())
                .options(options)
                .identification(source);
        int transport = asked.headerLength();
        return switch (protocol) {
            case 1 ->
                builder.transport(IcmpMessage.builder()
                                .echoReply(request.u16(transport + 4), 1)
                                .data(payload))
                        .build();
            case 6 ->
                builder.transport(segment(request.u16(transport + 2), request.u16(transport), TcpFlag.SYN, TcpFlag.ACK))
                        .build();
            default ->
                builder.udp(request.u16(transport + 2), request.u16(transport), payload)
                        .build();
        };
    }

    private io.github.culvert.nat.packet.TcpBuilder segment(int sourcePort, int destinationPort, TcpFlag... flags) {
        return TcpSegment.builder()
                .ports(sourcePort, destinationPort)
                .flags(flags)
                .payload(payload);
    }

    /** The transport checksum as it stands in a packet. */
    public static int checksum(Octets packet) {
        return packet.u16(PlainSum.transportOffset(new Ipv4Packet(packet)));
    }

    /** A packet with another transport checksum. */
    public static Octets withChecksum(Octets packet, int checksum) {
        int at = PlainSum.transportOffset(new Ipv4Packet(packet));
        byte[] bytes = packet.toByteArray();
        bytes[at] = (byte) (checksum >>> 8);
        bytes[at + 1] = (byte) checksum;
        return Octets.of(bytes);
    }
}
