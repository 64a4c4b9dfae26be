package io.github.culvert.nat.engine;

import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.packet.TcpSegment;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.bed.Dialogue;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.testkit.bed.Step;
import io.github.culvert.nat.testkit.bed.Traffic;
import io.github.culvert.nat.testkit.lab.Errors;
import io.github.culvert.nat.testkit.packet.Fragments;
import io.github.culvert.nat.testkit.packet.GoldenPacket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Writes the inputs that fuzzing starts from, in the form that the fuzz bed reads. Run it where that form changes. */
final class FuzzSeeds {
    private static final int REPAIR = 0x10;
    private static final int ANSWER = 3;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private FuzzSeeds() {}

    /** Writes to the directory given. */
    public static void main(String[] directory) throws IOException {
        Path target = Files.createDirectories(Path.of(directory[0]));
        Files.write(target.resolve("dialogues"), dialogues().under(0));
        Files.write(target.resolve("refusals"), refusals().under(0));
        Files.write(target.resolve("golden"), golden().under(0));
        for (int variant = 0; variant < 2; variant++) {
            Files.write(target.resolve("fragments-" + variant), fragments().under(variant));
        }
        Files.write(target.resolve("errors"), errors().under(0));
        Files.write(target.resolve("connections"), connections().under(2));
        for (int seed = 0; seed < 6; seed++) {
            Files.write(target.resolve("traffic-" + seed), traffic(seed).under(seed));
        }
    }

    /** The packets so far, for one of the configurations of the fuzz bed. */
    private byte[] under(int variant) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(variant);
        whole.writeBytes(bytes.toByteArray());
        return whole.toByteArray();
    }

    private FuzzSeeds packet(int control, Octets packet) {
        if (packet.length() < 256) {
            bytes.write(control);
            bytes.write(packet.length());
            bytes.writeBytes(packet.toByteArray());
        }
        return this;
    }

    private FuzzSeeds answer(int control) {
        bytes.writeBytes(new byte[] {(byte) (control | ANSWER), 0, 0});
        return this;
    }

    /** A request and an answer of each protocol, with pauses of every length between. */
    private static FuzzSeeds dialogues() {
        FuzzSeeds seeds = new FuzzSeeds();
        for (int pause = 0; pause < 8; pause++) {
            seeds.packet(
                            pause << 5,
                            Packets.udp(Packets.IN1, 5000, Packets.OUT1, 53).octets())
                    .answer(0)
                    .packet(0, Packets.echo(Packets.IN2, Packets.OUT1, 7).octets())
                    .answer(REPAIR);
        }
        return seeds;
    }

    /** Datagrams in fragments, in any order and with all that can be wrong; and packets that are cut. */
    private static FuzzSeeds fragments() {
        FuzzSeeds seeds = new FuzzSeeds();
        Random random = new Random(1);
        for (int seed = 0; seed < 12; seed++) {
            Ipv4Packet request = Dialogue.random(seed).request(Packets.IN1, Packets.OUT1);
            List<Octets> pieces = new ArrayList<>(Fragments.cutAnywhere(request, 8 * (seed % 4), random));
            pieces.add(random.nextInt(pieces.size()), pieces.get(random.nextInt(pieces.size())));
            Collections.shuffle(pieces, random);
            pieces.forEach(piece -> seeds.packet(random.nextInt(8) == 0 ? 2 << 5 : 0, piece));
            seeds.answer(REPAIR);
        }
        Ipv4Packet large = Packets.ipv4(Packets.IN2, Packets.OUT1)
                .options(Octets.fromHex("0101010144040500"))
                .udp(5000, 53, Octets.of(new byte[190]))
                .build();
        return seeds.packet(0, large.octets()).packet(2 << 2, large.octets()).answer(0);
    }

    /** Connections that open, close, are reset, picked up in their middle and asked for in vain, a minute between. */
    private static FuzzSeeds connections() {
        FuzzSeeds seeds = new FuzzSeeds();
        int minute = 3 << 5;
        for (TcpFlag[] flags : List.of(
                new TcpFlag[] {TcpFlag.SYN},
                new TcpFlag[] {TcpFlag.SYN, TcpFlag.ACK},
                new TcpFlag[] {TcpFlag.ACK},
                new TcpFlag[] {TcpFlag.FIN, TcpFlag.ACK},
                new TcpFlag[] {TcpFlag.RST})) {
            seeds.packet(
                            minute,
                            Packets.tcp(Packets.IN1, 4000, Packets.OUT1, 80, flags)
                                    .octets())
                    .answer(0)
                    .packet(
                            Side.OUTSIDE.ordinal(),
                            Packets.tcp(Packets.OUT2, 80, Packets.EXT1, 4000, flags)
                                    .octets())
                    .packet(0, withMss(flags));
        }
        return seeds;
    }

    private static Octets withMss(TcpFlag... flags) {
        var segment = TcpSegment.builder().ports(4001, 80).flags(flags).options(Octets.fromHex("01020405b4010100"));
        return Packets.ipv4(Packets.IN2, Packets.OUT1).transport(segment).octets();
    }

    private static FuzzSeeds refusals() {
        FuzzSeeds seeds = new FuzzSeeds();
        for (Refusal reason : Refusal.values()) {
            seeds.packet(Refusals.side(reason).ordinal(), Refusals.packet(reason));
        }
        return seeds;
    }

    /** Errors about a flow in both directions, and messages of the NAT's own about the same packets. */
    private static FuzzSeeds errors() {
        FuzzSeeds seeds = new FuzzSeeds();
        Ipv4Packet request = Packets.udp(Packets.IN1, 5000, Packets.OUT1, 53);
        Ipv4Packet answer = Packets.udp(Packets.OUT1, 53, Packets.IN1, 5000);
        seeds.packet(0, request.octets());
        for (Ipv4Address address : List.of(Packets.EXT1, Packets.EXT2, Packets.EXT3)) {
            Ipv4Packet sent = Packets.udp(address, 5000, Packets.OUT1, 53);
            seeds.packet(1, Errors.portUnreachable("192.0.2.9", sent).octets())
                    .packet(1, Errors.tooBig("OUT1", 1400, sent).octets())
                    .packet(1, Errors.cut("OUT1", 28, sent).octets());
        }
        return seeds.packet(0, Errors.error("192.168.1.254", 11, 0, answer).octets())
                .packet(0, Errors.portUnreachable("IN1", answer).octets())
                .packet(
                        0,
                        Packets.ipv4(Packets.IN1, Packets.OUT1)
                                .ttl(1)
                                .udp(5000, 53, request.octets())
                                .octets());
    }

    private static FuzzSeeds golden() {
        FuzzSeeds seeds = new FuzzSeeds();
        for (GoldenPacket golden : GoldenPacket.values()) {
            seeds.packet(Side.INSIDE.ordinal(), golden.octets()).packet(Side.OUTSIDE.ordinal(), golden.octets());
        }
        return seeds;
    }

    private static FuzzSeeds traffic(long seed) {
        FuzzSeeds seeds = new FuzzSeeds();
        NatBed bed = NatBed.of(NatBed.config(Packets.EXT1, Packets.EXT2));
        for (Step step : Traffic.record(seed, bed, 40)) {
            seeds.packet(step.from().ordinal() | step.checksum().ordinal() << 2, step.packet());
        }
        return seeds;
    }
}
