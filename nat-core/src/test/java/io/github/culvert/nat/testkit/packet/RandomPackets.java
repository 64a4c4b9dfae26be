package io.github.culvert.nat.testkit.packet;

import io.github.culvert.nat.packet.IcmpMessage;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Builder;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.packet.TcpSegment;
import io.github.culvert.nat.packet.TransportBuilder;
import io.github.culvert.nat.packet.UdpDatagram;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Well-formed UDP, TCP and ICMP packets at random: the same for the same seed. */
public final class RandomPackets {
    private static final int LONGEST_PAYLOAD = 40;

    private final SplittableRandom random;

    /** Starts with a seed. */
    public RandomPackets(long seed) {
        random = new SplittableRandom(seed);
    }

    /** The next packet: with options or without, with a payload of any length up to 40 bytes. */
    public Ipv4Packet next() {
        Ipv4Builder builder = Ipv4Packet.builder()
                .source(address())
                .destination(address())
                .ttl(1 + random.nextInt(255))
                .identification(identifier())
                .transport(transport());
        return random.nextInt(4) == 0 ? builder.options(noOperations()).build() : builder.build();
    }

    /** Any address. */
    public Ipv4Address address() {
        return new Ipv4Address(edgy() ? random.nextInt(-1, 2) : random.nextInt());
    }

    /** Any port or query id. */
    public int identifier() {
        return edgy() ? 0xffff * random.nextInt(2) : random.nextInt(0x10000);
    }

    /** One of a few. */
    @SafeVarargs
    public final <T> T oneOf(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** All ones and all zeros are where one's complement goes wrong. */
    private boolean edgy() {
        return random.nextInt(8) == 0;
    }

    private TransportBuilder transport() {
        return switch (random.nextInt(3)) {
            case 0 -> UdpDatagram.builder().ports(identifier(), identifier()).payload(payload());
            case 1 ->
                TcpSegment.builder()
                        .ports(identifier(), identifier())
                        .sequence(Integer.toUnsignedLong(random.nextInt()))
                        .acknowledgment(Integer.toUnsignedLong(random.nextInt()))
                        .flags(oneOf(TcpFlag.values()))
                        .options(noOperations())
                        .payload(payload());
            default ->
                IcmpMessage.builder()
                        .type(oneOf(0, 8, 13, 14), 0)
                        .query(identifier(), identifier())
                        .data(payload());
        };
    }

    private Octets payload() {
        byte[] bytes = new byte[random.nextInt(LONGEST_PAYLOAD + 1)];
        if (edgy()) {
            Arrays.fill(bytes, (byte) -random.nextInt(2));
        } else {
            random.nextBytes(bytes);
        }
        return Octets.of(bytes);
    }

    private Octets noOperations() {
        byte[] bytes = new byte[4 * random.nextInt(11)];
        Arrays.fill(bytes, (byte) 1);
        return Octets.of(bytes);
    }
}
