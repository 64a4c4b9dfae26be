package io.github.culvert.nat.testkit.packet;

import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/** Cuts packets into fragments, and puts fragments together, both in the plainest way. */
public final class Fragments {
    private static final int MORE = 0x2000;
    private static final int OFFSET = 0x1fff;

    private Fragments() {}

    /** Cuts a packet at offsets of its payload, multiples of 8; each fragment has the whole header. */
    public static List<Octets> cut(Ipv4Packet packet, int... borders) {
        Octets octets = packet.octets();
        int header = packet.headerLength();
        int[] ends = Arrays.copyOf(borders, borders.length + 1);
        ends[borders.length] = octets.length() - header;
        List<Octets> pieces = new ArrayList<>();
        int from = 0;
        for (int end : ends) {
            int more = end < octets.length() - header ? MORE : 0;
            int bits = octets.u16(6) & ~OFFSET | more | (octets.u16(6) & OFFSET) + from / 8;
            pieces.add(withHeader(octets.slice(0, header), bits, octets.slice(header + from, end - from)));
            from = end;
        }
        return List.copyOf(pieces);
    }

    /** Cuts a packet anywhere, into at least two fragments if it has more than eight bytes of payload. */
    public static List<Octets> cutAnywhere(Ipv4Packet packet, int leastFirst, Random random) {
        int payload = packet.octets().length() - packet.headerLength();
        int first = leastFirst + 7 & ~7;
        TreeSet<Integer> borders = new TreeSet<>();
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count && payload > first; i++) {
            borders.add(first + 8 * random.nextInt((payload - first + 7) / 8));
        }
        return cut(packet, borders.stream().mapToInt(Integer::intValue).toArray());
    }

    private static Octets withHeader(Octets header, int bits, Octets payload) {
        byte[] bytes = header.then(payload).toByteArray();
        put16(bytes, 2, bytes.length);
        put16(bytes, 6, bits);
        put16(bytes, 10, 0);
        put16(bytes, 10, PlainSum.checksum(Arrays.copyOf(bytes, header.length())));
        return Octets.of(bytes);
    }

    private static void put16(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >>> 8);
        bytes[at + 1] = (byte) value;
    }

    /** Puts the fragments of one datagram together, whatever their order; all that they must agree in is checked. */
    public static Ipv4Packet join(List<Octets> fragments) {
        TreeMap<Integer, Octets> byOffset = new TreeMap<>();
        fragments.forEach(octets -> byOffset.put((octets.u16(6) & OFFSET) * 8, octets));
        Octets first = byOffset.firstEntry().getValue();
        Octets payload = Octets.empty();
        for (var entry : byOffset.entrySet()) {
            Octets piece = entry.getValue();
            require(entry.getKey() == payload.length(), "a gap or an overlap at " + entry.getKey());
            require(PlainSum.header(piece) == piece.u16(10), "a wrong header checksum at " + entry.getKey());
            require(piece.u16(4) == first.u16(4), "two identifications");
            require(piece.slice(12, 8).equals(first.slice(12, 8)), "different addresses");
            boolean more = (piece.u16(6) & MORE) != 0;
            require(more == (entry.getKey() < byOffset.lastKey()), "the end is not at the end");
            payload = payload.then(piece.from((piece.u8(0) & 0xf) * 4));
        }
        Octets header = first.slice(0, (first.u8(0) & 0xf) * 4);
        return new Ipv4Packet(withHeader(header, first.u16(6) & ~(MORE | OFFSET), payload));
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError(what);
        }
    }
}
