package io.github.culvert.nat.testkit.bed;

import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.IcmpBuilder;
import io.github.culvert.nat.packet.IcmpMessage;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Builder;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.packet.TcpSegment;
import io.github.culvert.nat.packet.UdpDatagram;
import io.github.culvert.nat.testkit.packet.Fragments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * Random traffic through a NAT: flows of few hosts, ports and remotes that meet often, inside hosts that talk to each
 * other at their public addresses, the host itself, answers to what came out, what nobody asked for, and packets that
 * are broken or none. The same for the same seed and the same NAT.
 */
public final class Traffic {
    private static final int HOSTS = 5;
    private static final int PORTS = 4;
    private static final int REMOTES = 3;
    private static final int REMEMBERED = 40;

    private final SplittableRandom random;
    private final NatBed bed;
    private final List<Ipv4Packet> translated = new ArrayList<>();
    private final List<Ipv4Packet> received = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private Ipv4Packet turned = Packets.udp(Packets.EXT1, 5000, Packets.IN1, 5000);

    private Traffic(long seed, NatBed bed) {
        this.random = new SplittableRandom(seed);
        this.bed = bed;
    }

    /** Sends so many packets and writes down what came out. */
    public static List<Step> record(long seed, NatBed bed, int packets) {
        Traffic traffic = new Traffic(seed, bed);
        for (int i = 0; i < packets; i++) {
            traffic.next();
        }
        return traffic.steps;
    }

    private void next() {
        bed.clock().pass(pause());
        int kind = random.nextInt(100);
        if (kind < 36) {
            send(Side.INSIDE, outbound());
        } else if (kind < 42) {
            send(Side.INSIDE, turning());
        } else if (kind < 45) {
            send(Side.HOST, own());
        } else if (kind < 80 && !translated.isEmpty()) {
            send(Side.OUTSIDE, answer(translated.get(random.nextInt(translated.size()))));
        } else if (kind < 84 && !received.isEmpty() && !translated.isEmpty()) {
            reportError();
        } else if (kind < 88) {
            send(Side.OUTSIDE, unsolicited());
        } else if (kind < 96) {
            send(random.nextBoolean() ? Side.INSIDE : Side.OUTSIDE, broken());
        } else if (kind < 99) {
            send(Side.values()[random.nextInt(3)], strange());
        } else {
            fragments();
        }
    }

    /** Bursts, and now and then a pause that ends sessions. */
    private long pause() {
        return switch (random.nextInt(100)) {
            case 0 -> random.nextLong(400_000_000_000L);
            case 1, 2, 3 -> random.nextLong(100_000_000_000L);
            case 4, 5, 6, 7, 8, 9 -> random.nextLong(1_000_000_000L);
            default -> 0;
        };
    }

    private void send(Side from, Octets packet) {
        ChecksumStatus checksum = random.nextInt(5) > 0 ? ChecksumStatus.VERIFY : oneOf(ChecksumStatus.values());
        List<Delivery> out = bed.sendAll(from, packet, checksum);
        steps.add(new Step(from, packet, checksum, bed.clock().nanos(), out));
        if (out.size() != 1) {
            return;
        }
        Delivery first = out.get(0);
        if (from == Side.INSIDE && first.exit() == Delivery.Exit.INSIDE) {
            turned = first.packet();
        } else if (from != Side.OUTSIDE
                && first.exit() == Delivery.Exit.OUTSIDE
                && first.octets().length() >= 28
                && first.octets().u8(0) >>> 4 == 4) {
            remember(translated, first.packet());
        } else if (from == Side.OUTSIDE && first.exit() == Delivery.Exit.INSIDE) {
            remember(received, first.packet());
        }
    }

    private void remember(List<Ipv4Packet> packets, Ipv4Packet packet) {
        packets.add(packet);
        if (packets.size() > REMEMBERED) {
            packets.remove(random.nextInt(REMEMBERED));
        }
    }

    /** A datagram in fragments, in any order, some of them twice or never. */
    private void fragments() {
        boolean answers = !translated.isEmpty() && random.nextBoolean();
        Octets whole = answers ? answer(translated.get(0)) : outbound();
        List<Octets> pieces = new ArrayList<>(
                Fragments.cutAnywhere(new Ipv4Packet(whole), random.nextInt(30), new Random(random.nextLong())));
        if (random.nextInt(4) == 0) {
            pieces.set(random.nextInt(pieces.size()), oneOf(pieces.toArray(new Octets[0])));
        }
        Collections.shuffle(pieces, new Random(random.nextLong()));
        pieces.forEach(piece -> send(answers ? Side.OUTSIDE : Side.INSIDE, piece));
    }

    private Ipv4Address host() {
        return new Ipv4Address(Packets.IN1.bits() + random.nextInt(HOSTS));
    }

    private Ipv4Address remote() {
        return new Ipv4Address(Packets.OUT1.bits() + random.nextInt(REMOTES));
    }

    private int port() {
        return oneOf(0, 500, 5000, 65_530) + random.nextInt(PORTS);
    }

    @SafeVarargs
    private <T> T oneOf(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private Octets payload() {
        byte[] bytes = new byte[random.nextInt(random.nextInt(4) == 0 ? 150 : 20)];
        random.nextBytes(bytes);
        return Octets.of(bytes);
    }

    private Octets outbound() {
        Ipv4Builder builder = Packets.ipv4(host(), remote()).ttl(1 + random.nextInt(64));
        if (random.nextInt(10) == 0) {
            builder.options(Octets.fromHex("0101010144040500"));
        }
        return ofAnyProtocol(builder, port(), random.nextInt(3)).octets();
    }

    /** To a public address: an answer to what came from there, or to an endpoint that something went out by. */
    private Octets turning() {
        if (translated.isEmpty() || random.nextInt(3) == 0) {
            return answer(turned);
        }
        Ipv4Packet target = translated.get(random.nextInt(translated.size()));
        int transport = target.headerLength();
        int id = target.octets().u16(transport + (target.octets().u8(9) == 1 ? 4 : 0));
        boolean ping = random.nextInt(4) == 0;
        return ofAnyProtocol(Packets.ipv4(host(), target.source()), ping ? id : port(), id)
                .octets();
    }

    private Octets own() {
        Ipv4Address address = new Ipv4Address(Packets.EXT1.bits() + random.nextInt(2));
        return ofAnyProtocol(Packets.ipv4(address, remote()), port(), random.nextInt(3))
                .octets();
    }

    private Ipv4Builder ofAnyProtocol(Ipv4Builder builder, int sourceId, int destinationId) {
        return switch (random.nextInt(3)) {
            case 0 -> builder.udp(sourceId, destinationId, payload());
            case 1 -> builder.transport(segment(sourceId, destinationId));
            default ->
                builder.transport(IcmpMessage.builder().echoRequest(sourceId, 1).data(payload()));
        };
    }

    private io.github.culvert.nat.packet.TcpBuilder segment(int sourcePort, int destinationPort) {
        TcpFlag[] flags = oneOf(
                new TcpFlag[] {TcpFlag.SYN},
                new TcpFlag[] {TcpFlag.SYN},
                new TcpFlag[] {TcpFlag.SYN, TcpFlag.ACK},
                new TcpFlag[] {TcpFlag.ACK},
                new TcpFlag[] {TcpFlag.FIN, TcpFlag.ACK},
                new TcpFlag[] {TcpFlag.RST});
        return TcpSegment.builder()
                .ports(sourcePort, destinationPort)
                .flags(flags)
                .payload(payload());
    }

    /** From who was sent to, mostly from where it was sent to. */
    private Octets answer(Ipv4Packet sent) {
        Ipv4Builder builder = Packets.ipv4(sent.destination(), sent.source()).ttl(1 + random.nextInt(64));
        if (sent.transport() instanceof UdpDatagram udp) {
            return builder.udp(udp.destinationPort() + random.nextInt(10) / 9, udp.sourcePort(), payload())
                    .octets();
        }
        if (sent.transport() instanceof TcpSegment tcp) {
            return builder.transport(segment(tcp.destinationPort(), tcp.sourcePort()))
                    .octets();
        }
        int identifier = sent.octets().u16(sent.headerLength() + 4);
        return builder.transport(IcmpMessage.builder().echoReply(identifier, 1).data(payload()))
                .octets();
    }

    /** An error about a packet that came through, by who received it or by a router on the way. */
    private void reportError() {
        boolean inside = random.nextBoolean();
        List<Ipv4Packet> sent = inside ? received : translated;
        if (sent.isEmpty()) {
            send(Side.INSIDE, outbound());
            return;
        }
        Ipv4Packet about = sent.get(random.nextInt(sent.size()));
        Ipv4Address router = inside ? host() : remote();
        Ipv4Builder builder = Packets.ipv4(random.nextBoolean() ? about.destination() : router, about.source());
        Octets quoted = about.octets().slice(0, Math.min(about.octets().length(), 18 + random.nextInt(60)));
        int type = oneOf(3, 3, 3, 11, 12, 4, 5, 9);
        IcmpBuilder error = IcmpMessage.builder().type(type, random.nextInt(5)).data(quoted);
        send(
                inside ? Side.INSIDE : Side.OUTSIDE,
                builder.ttl(1 + random.nextInt(64)).transport(error).octets());
    }

    private Octets unsolicited() {
        Ipv4Address target = new Ipv4Address(Packets.EXT1.bits() + random.nextInt(3));
        return ofAnyProtocol(Packets.ipv4(remote(), target), random.nextInt(3), port())
                .octets();
    }

    /** A packet that was good: cut, padded, or with some bytes changed. */
    private Octets broken() {
        Octets good = translated.isEmpty() || random.nextBoolean() ? outbound() : answer(translated.get(0));
        return switch (random.nextInt(4)) {
            case 0 -> good.slice(0, random.nextInt(good.length() + 1));
            case 1 -> good.then(payload());
            default -> changed(good);
        };
    }

    private Octets changed(Octets good) {
        byte[] bytes = good.toByteArray();
        for (int i = random.nextInt(3); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        if (random.nextBoolean()) {
            repairHeader(bytes);
        }
        return Octets.of(bytes);
    }

    /** Makes the header checksum right, so that what else is wrong is looked at. */
    private static void repairHeader(byte[] bytes) {
        int length = Math.min(bytes.length, (bytes[0] & 0xf) * 4);
        if (length >= 20) {
            bytes[10] = 0;
            bytes[11] = 0;
            int sum = io.github.culvert.nat.testkit.packet.PlainSum.checksum(Arrays.copyOf(bytes, length));
            bytes[10] = (byte) (sum >>> 8);
            bytes[11] = (byte) sum;
        }
    }

    /** What the NAT has no translation for. */
    private Octets strange() {
        Ipv4Builder builder = Packets.ipv4(random.nextBoolean() ? host() : remote(), remote());
        return switch (random.nextInt(6)) {
            case 0 -> Octets.fromHex("6000000000003AFF").then(payload());
            case 1 -> builder.protocol(random.nextInt(256)).payload(payload()).octets();
            case 2 ->
                builder.moreFragments()
                        .protocol(17)
                        .payload(Octets.fromHex("0000000000080000"))
                        .octets();
            case 3 ->
                builder.destination(new Ipv4Address(0xe0000001))
                        .udp(1, 2, payload())
                        .octets();
            case 4 ->
                builder.options(Octets.fromHex("83030400"))
                        .udp(port(), 1, payload())
                        .octets();
            default ->
                builder.transport(IcmpMessage.builder().type(3, 1).data(outbound()))
                        .octets();
        };
    }
}
