package io.github.culvert.nat.channel;

import io.github.culvert.nat.packet.Ipv4Address;
import java.util.List;

/**
 * What is to become of a packet that was bound to nothing, now that its pair was told.
 *
 * @param passes whether it passes if it is bound by now
 * @param candidates the inside hosts that get a copy of it, none of them twice
 */
public record Told(boolean passes, List<Ipv4Address> candidates) {
    static final Told REFUSED = new Told(false, List.of());
}
