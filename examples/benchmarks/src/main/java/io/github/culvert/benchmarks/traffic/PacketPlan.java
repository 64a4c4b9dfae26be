package io.github.culvert.benchmarks.traffic;

import io.github.culvert.nat.mapping.Side;
import io.netty.buffer.ByteBuf;
import java.util.Random;

/**
 * Which packets come, and in which order: 18 bytes a packet, read in sequence, so that making a packet disturbs the
 * caches little.
 */
public final class PacketPlan {
    private final Template template;
    private final long[] words;
    private final char[] checksums;
    private final Side[] sides;
    private int size;

    /**
     * An empty plan.
     *
     * @param template what the packets have in common
     * @param capacity the most packets
     */
    public PacketPlan(Template template, int capacity) {
        this.template = template;
        this.words = new long[2 * capacity];
        this.checksums = new char[capacity];
        this.sides = new Side[capacity];
    }

    /**
     * Adds a packet.
     *
     * @param from where it comes from
     * @param source source address and port, packed as {@code address << 16 | port}
     * @param destination destination address and port
     */
    public void add(Side from, long source, long destination) {
        int address = (int) (destination >>> 16);
        long word1 = template.word1((int) (source >>> 16), address);
        long word2 = Template.word2(address, (int) source & 0xffff, (int) destination & 0xffff);
        put(size++, word1, word2, (char) template.checksum(word1, word2), from);
    }

    private void put(int entry, long word1, long word2, char checksum, Side side) {
        words[2 * entry] = word1;
        words[2 * entry + 1] = word2;
        checksums[entry] = checksum;
        sides[entry] = side;
    }

    /**
     * Brings the packets into a random order.
     *
     * @param random the source of the order
     */
    public void shuffle(Random random) {
        for (int i = size - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            long word1 = words[2 * i];
            long word2 = words[2 * i + 1];
            char checksum = checksums[i];
            Side side = sides[i];
            put(i, words[2 * j], words[2 * j + 1], checksums[j], sides[j]);
            put(j, word1, word2, checksum, side);
        }
    }

    /**
     * How many packets there are.
     *
     * @return the count
     */
    public int size() {
        return size;
    }

    /**
     * What the packets have in common.
     *
     * @return the template
     */
    public Template template() {
        return template;
    }

    /**
     * Where a packet comes from.
     *
     * @param entry which packet
     * @return its side
     */
    public Side side(int entry) {
        return sides[entry];
    }

    /**
     * Makes a packet.
     *
     * @param entry which packet
     * @param packet a buffer that the template was written to, translated or not
     */
    public void write(int entry, ByteBuf packet) {
        template.complete(packet, words[2 * entry], words[2 * entry + 1], checksums[entry]);
    }
}
