package io.github.culvert.nat.engine;

import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.refusal.Refusal;

/** What became of an immutable packet. */
public sealed interface Outcome {
    /**
     * It goes to an inside host.
     *
     * @param packet the translated packet
     */
    record ToInside(Ipv4Packet packet) implements Outcome {}

    /**
     * It goes to the public network.
     *
     * @param packet the translated packet
     */
    record ToOutside(Ipv4Packet packet) implements Outcome {}

    /**
     * It goes to the machine that the NAT runs on, unchanged but for {@link HostTraffic#OWN}.
     *
     * @param packet the packet
     * @param kind why
     */
    record ToHost(Ipv4Packet packet, HostTraffic kind) implements Outcome {}

    /**
     * It is not forwarded.
     *
     * @param packet the packet
     * @param reason why
     */
    record Refused(Ipv4Packet packet, Refusal reason) implements Outcome {}
}
