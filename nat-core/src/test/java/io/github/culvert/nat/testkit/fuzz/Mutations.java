package io.github.culvert.nat.testkit.fuzz;

import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.testkit.bed.Step;
import io.github.culvert.nat.testkit.bed.Traffic;
import io.github.culvert.nat.testkit.packet.GoldenPacket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Packets that are nearly right, one after another: real ones of every format, cut, with bits turned, bytes replaced or
 * lengths made up, most with an IPv4 header checksum that is right again, so that they get past the first check.
 */
final class Mutations {
    private static final int[] LENGTH_FIELDS = {0, 2, 6, 9, 20, 24, 25, 28, 32, 33};

    private final SplittableRandom random;
    private final List<byte[]> corpus = new ArrayList<>();
    private final byte[] scratch = new byte[512];
    private int length;

    Mutations(long seed) {
        random = new SplittableRandom(seed);
        for (GoldenPacket golden : GoldenPacket.values()) {
            add(golden.octets());
        }
        NatBed bed = NatBed.of(NatBed.config(Packets.EXT1, Packets.EXT2));
        for (Step step : Traffic.record(seed, bed, 60)) {
            add(step.packet());
        }
    }

    private void add(Octets packet) {
        if (packet.length() > 0 && packet.length() <= scratch.length) {
            corpus.add(packet.toByteArray());
        }
    }

    /** The bytes of the packet that {@link #next} made; only as many count as {@link #length} says. */
    byte[] bytes() {
        return scratch;
    }

    int length() {
        return length;
    }

    /** Where the packet enters. */
    Side side() {
        return random.nextInt(8) == 0 ? Side.HOST : random.nextBoolean() ? Side.INSIDE : Side.OUTSIDE;
    }

    /** Makes another packet. */
    void next() {
        byte[] from = corpus.get(random.nextInt(corpus.size()));
        length = from.length;
        System.arraycopy(from, 0, scratch, 0, length);
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            change();
        }
        if (random.nextInt(8) != 0) {
            Frames.repair(scratch, length);
        }
    }

    private void change() {
        switch (random.nextInt(6)) {
            case 0 -> length = random.nextInt(length + 1);
            case 1 -> scratch[random.nextInt(scratch.length)] ^= (byte) (1 << random.nextInt(8));
            case 2 -> scratch[random.nextInt(64)] = (byte) random.nextInt();
            case 3 -> scratch[LENGTH_FIELDS[random.nextInt(LENGTH_FIELDS.length)]] = (byte) random.nextInt();
            case 4 -> lengthen();
            default -> scratch[9] = (byte) new int[] {1, 6, 17, 33, 47, 50, 51, 97, 115}[random.nextInt(9)];
        }
    }

    private void lengthen() {
        int longer = Math.min(scratch.length, length + random.nextInt(64));
        Arrays.fill(scratch, length, longer, (byte) random.nextInt());
        length = longer;
        scratch[2] = (byte) (length >>> 8);
        scratch[3] = (byte) length;
    }
}
