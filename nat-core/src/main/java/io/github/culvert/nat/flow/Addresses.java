package io.github.culvert.nat.flow;

import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.packet.Ipv4Prefix;
import io.github.culvert.nat.verdict.Verdict;
import java.util.List;

/** Which addresses a packet may have (RFC 1812 section 5.3.7). Asked for the first packet of a flow only. Immutable. */
final class Addresses {
    /** The address passes. */
    static final int FINE = 0;

    private static final int LIMITED_BROADCAST = -1;
    private static final int MULTICAST = 0xe;
    private static final int LINK_LOCAL = 0xa9fe;

    private final Ipv4Prefix[] inside;

    Addresses(List<Ipv4Prefix> insideNetworks) {
        inside = insideNetworks.toArray(new Ipv4Prefix[0]);
    }

    boolean isInside(int address) {
        for (Ipv4Prefix network : inside) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** The verdict for packets to an address that are the host's, whoever sent them; else {@link #FINE}. */
    static int host(int destination) {
        if (destination >>> 28 == MULTICAST) {
            return Verdict.host(HostTraffic.MULTICAST);
        }
        if (destination == LIMITED_BROADCAST) {
            return Verdict.host(HostTraffic.BROADCAST);
        }
        return destination >>> 16 == LINK_LOCAL ? Verdict.host(HostTraffic.LINK_LOCAL) : FINE;
    }

    /** The verdict for packets from an address that are the host's, whoever they are for; else {@link #FINE}. */
    static int hostBySource(int source) {
        return source >>> 16 == LINK_LOCAL ? Verdict.host(HostTraffic.LINK_LOCAL) : FINE;
    }
}
