package io.github.culvert.nat.engine;

import static io.github.culvert.nat.testkit.bed.Packets.EXT1;
import static io.github.culvert.nat.testkit.bed.Packets.IN1;
import static io.github.culvert.nat.testkit.bed.Packets.OUT1;
import static io.github.culvert.nat.testkit.bed.Packets.udp;

import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Octets;

/** The four things that may become of a packet, each with a packet for it; the first must have passed once. */
enum Fate {
    TO_OUTSIDE(
            Side.INSIDE,
            udp(IN1, 5000, OUT1, 53).octets(),
            udp(EXT1, 5000, OUT1, 53).octets()),
    TO_INSIDE(
            Side.OUTSIDE,
            udp(OUT1, 53, EXT1, 5000).octets(),
            udp(OUT1, 53, IN1, 5000).octets()),
    TO_HOST(Side.INSIDE, multicast(), multicast()),
    REFUSED(
            Side.INSIDE,
            udp(IN1, 5000, EXT1, 53).octets(),
            udp(IN1, 5000, EXT1, 53).octets());

    final Side from;
    final Octets packet;
    final Octets after;

    Fate(Side from, Octets packet, Octets after) {
        this.from = from;
        this.packet = packet;
        this.after = after;
    }

    private static Octets multicast() {
        return udp(IN1, 5000, new Ipv4Address(0xe0000001), 53).octets();
    }

    /** Whether the packet is written to. */
    boolean isTranslated() {
        return this == TO_OUTSIDE || this == TO_INSIDE;
    }
}
