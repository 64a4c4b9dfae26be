package io.github.culvert.nat.flow;

import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.packet.Ipv4Prefix;
import io.github.culvert.nat.refusal.Refusal;
import java.util.List;

/** Which addresses a packet may have (RFC 1812 section 5.3.7). Asked for the first packet of a flow only. Immutable. */
final class Addresses {
    /** The address passes. */
    static final int FINE = 0;

    private static final int LIMITED_BROADCAST = -1;
    private static final int MULTICAST = 0xe;
    private static final int RESERVED = 0xf;
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

    /** What a packet to an address is, before anything else is looked at: {@link #FINE} or a verdict. */
    static int destination(int address) {
        if (address >>> 28 == MULTICAST) {
            return Verdict.host(HostTraffic.MULTICAST);
        }
        if (address == LIMITED_BROADCAST) {
            return Verdict.host(HostTraffic.BROADCAST);
        }
        if (address >>> 16 == LINK_LOCAL) {
            return Verdict.host(HostTraffic.LINK_LOCAL);
        }
        return isNoHost(address) || address >>> 28 == RESERVED ? Verdict.refused(Refusal.MARTIAN_DESTINATION) : FINE;
    }

    /** What a packet from an address is: {@link #FINE} or a verdict. */
    static int source(int address) {
        if (address >>> 16 == LINK_LOCAL) {
            return Verdict.host(HostTraffic.LINK_LOCAL);
        }
        return isNoHost(address) || address >>> 28 >= MULTICAST ? Verdict.refused(Refusal.MARTIAN_SOURCE) : FINE;
    }

    private static boolean isNoHost(int address) {
        int first = address >>> 24;
        return first == 0 || first == 127;
    }
}
