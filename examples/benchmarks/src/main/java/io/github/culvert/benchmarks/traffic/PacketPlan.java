package io.github.culvert.benchmarks.traffic;

import io.github.culvert.nat.mapping.Side;
import io.netty.buffer.ByteBuf;
import java.util.Random;

/**
 * Packets of one template: 19 bytes a packet, read in sequence, so that making a packet disturbs the caches little.
 */
public final class PacketPlan implements PacketSource {
    private final Template template;
    private final long[] words;
    private final char[] checksums;
    private final boolean[] fromInside;
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
        this.fromInside = new boolean[capacity];
    }

    /**
     * Adds a packet.
     *
     * @param from where it comes from
     * @param source source address and port, packed as {@link Endpoints} says
     * @param destination destination address and port
     */
    public void add(Side from, long source, long destination) {
        int address = Endpoints.address(destination);
        long word1 = template.word1(Endpoints.address(source), address);
        long word2 = Template.word2(address, Endpoints.port(source), Endpoints.port(destination));
        put(size++, word1, word2, (char) template.checksum(word1, word2), from == Side.INSIDE);
    }

    /**
     * Adds a packet of {@link Template#GRE}.
     *
     * @param from where it comes from
     * @param source the source address
     * @param destination the destination address
     * @param callId the Call ID by which its receiver knows it
     */
    public void addCall(Side from, int source, int destination, int callId) {
        long word2 = Template.word2(destination, Template.GRE_PORTS >>> 16, Template.GRE_PORTS & 0xffff);
        put(size++, template.word1(source, destination), word2, (char) callId, from == Side.INSIDE);
    }

    private void put(int entry, long word1, long word2, char checksum, boolean inside) {
        words[2 * entry] = word1;
        words[2 * entry + 1] = word2;
        checksums[entry] = checksum;
        fromInside[entry] = inside;
    }

    /**
     * Brings the packets into a random order.
     *
     * @param random the source of the order
     * @return this
     */
    public PacketPlan shuffle(Random random) {
        for (int i = size - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            long word1 = words[2 * i];
            long word2 = words[2 * i + 1];
            char checksum = checksums[i];
            boolean inside = fromInside[i];
            put(i, words[2 * j], words[2 * j + 1], checksums[j], fromInside[j]);
            put(j, word1, word2, checksum, inside);
        }
        return this;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Side side(int entry) {
        return fromInside[entry] ? Side.INSIDE : Side.OUTSIDE;
    }

    @Override
    public void write(int entry, ByteBuf packet) {
        template.write(packet, words[2 * entry], words[2 * entry + 1], checksums[entry]);
    }
}
