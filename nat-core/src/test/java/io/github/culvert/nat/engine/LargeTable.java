package io.github.culvert.nat.engine;

import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.OUT2;
import static io.github.culvert.nat.testkit.bed.Packets.tcp;

import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.testkit.bed.NatBed;

/** Fills a table with so many connections that batches take the way of large tables. */
final class LargeTable {
    private static final int CONNECTIONS = 9_000;

    private LargeTable() {}

    static void fill(NatBed bed) {
        for (int i = 0; i < CONNECTIONS; i++) {
            Ipv4Address host = new Ipv4Address(IN1.bits() + 100 + i % 50);
            Ipv4Packet out =
                    bed.fromInside(tcp(host, 10_000 + i, OUT2, 80, TcpFlag.SYN)).packet();
            bed.fromOutside(tcp(OUT2, 80, out.source(), out.octets().u16(20), TcpFlag.SYN));
        }
    }
}
