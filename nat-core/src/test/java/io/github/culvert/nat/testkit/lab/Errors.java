package io.github.culvert.nat.testkit.lab;

import io.github.culvert.nat.packet.IcmpBuilder;
import io.github.culvert.nat.packet.IcmpMessage;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.testkit.bed.Packets;

/**
 * ICMP errors as hosts and routers send them: to the source of a packet, about that packet, which is quoted whole unless
 * it is cut.
 */
public final class Errors {
    private Errors() {}

    /** Nobody listens there: type 3, code 3. */
    public static Ipv4Packet portUnreachable(String from, Ipv4Packet about) {
        return error(from, 3, 3, about);
    }

    /** An error of a type and code. */
    public static Ipv4Packet error(String from, int type, int code, Ipv4Packet about) {
        return quoting(from, IcmpMessage.builder().type(type, code), about, about.octets());
    }

    /** Too big for a link with this MTU: type 3, code 4. */
    public static Ipv4Packet tooBig(String from, int mtu, Ipv4Packet about) {
        return quoting(from, IcmpMessage.builder().fragmentationNeeded(mtu), about, about.octets());
    }

    /** The same as {@link #portUnreachable}, of whose quoted packet only so many bytes are there. */
    public static Ipv4Packet cut(String from, int bytes, Ipv4Packet about) {
        return quoting(
                from, IcmpMessage.builder().type(3, 3), about, about.octets().slice(0, bytes));
    }

    /** An error that quotes any bytes, sent to the source of a packet. */
    public static Ipv4Packet quoting(String from, IcmpBuilder error, Ipv4Packet about, Octets quoted) {
        return Packets.ipv4(Names.address(from), about.source())
                .transport(error.data(quoted))
                .build();
    }
}
