package io.github.culvert.nat.conformance;

import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.testkit.packet.PlainSum;

/** Last fragments of datagrams that will never be whole: even ones from outside, odd ones from inside. */
final class LoneFragment {
    private static final byte[] HEADER = Octets.fromHex("4500001C000000B94011000000000000000000000102030405060708")
            .toByteArray();

    private LoneFragment() {}

    static Octets number(int number) {
        byte[] bytes = HEADER.clone();
        int host = number >>> 8;
        boolean outside = (number & 1) == 0;
        put32(bytes, 12, outside ? 0x08000000 | host : 0xc0a80100 | host & 0x7f);
        put32(bytes, 16, (outside ? Packets.EXT1 : Packets.OUT1).bits());
        bytes[4] = (byte) (number >>> 8);
        bytes[5] = (byte) number;
        int sum = PlainSum.checksum(java.util.Arrays.copyOf(bytes, 20));
        bytes[10] = (byte) (sum >>> 8);
        bytes[11] = (byte) sum;
        return Octets.of(bytes);
    }

    private static void put32(byte[] bytes, int at, int value) {
        for (int i = 0; i < 4; i++) {
            bytes[at + i] = (byte) (value >>> 24 - 8 * i);
        }
    }
}
