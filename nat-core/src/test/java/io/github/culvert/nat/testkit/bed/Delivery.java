package io.github.culvert.nat.testkit.bed;

import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.Parsed;
import io.github.culvert.nat.refusal.Refusal;
import java.util.Locale;

/**
 * What came out of an engine. As text it is made to be compared in tests: {@code outside 203.0.113.1:5000 >
 * 198.51.100.7:53}, {@code host MULTICAST}, {@code refused FILTERED}.
 *
 * @param exit which method of the sink was called
 * @param octets the packet
 * @param reason the {@link HostTraffic} or the {@link Refusal}, or empty
 */
public record Delivery(Exit exit, Octets octets, String reason) {
    /** The methods of a sink. */
    public enum Exit {
        INSIDE,
        OUTSIDE,
        HOST,
        REFUSED
    }

    static Delivery inside(Octets octets) {
        return new Delivery(Exit.INSIDE, octets, "");
    }

    static Delivery outside(Octets octets) {
        return new Delivery(Exit.OUTSIDE, octets, "");
    }

    static Delivery host(Octets octets, HostTraffic kind) {
        return new Delivery(Exit.HOST, octets, kind.name());
    }

    static Delivery refused(Octets octets, Refusal reason) {
        return new Delivery(Exit.REFUSED, octets, reason.name());
    }

    /** Whether it was translated. */
    public boolean isForwarded() {
        return exit == Exit.INSIDE || exit == Exit.OUTSIDE;
    }

    /** The packet, which must be well formed. */
    public Ipv4Packet packet() {
        if (Ipv4Packet.parse(octets) instanceof Parsed.Valid<Ipv4Packet> valid) {
            return valid.value();
        }
        throw new AssertionError("malformed: " + octets);
    }

    @Override
    public String toString() {
        return exit.name().toLowerCase(Locale.ROOT) + " " + (isForwarded() ? route() : reason);
    }

    private String route() {
        return Ipv4Packet.parse(octets) instanceof Parsed.Valid<Ipv4Packet> valid
                ? Packets.route(valid.value())
                : octets.toString();
    }
}
