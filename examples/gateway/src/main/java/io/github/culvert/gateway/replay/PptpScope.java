package io.github.culvert.gateway.replay;

import io.github.culvert.gateway.options.AlgName;
import io.github.culvert.gateway.options.GatewayConfig;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.packet.Ipv4Prefix;
import io.github.culvert.pptp.PptpConfig;
import java.util.List;
import java.util.Set;

/**
 * Which control connections of PPTP the NAT is told to read, and how many calls it is told to let in.
 *
 * @param ports the service ports; none if PPTP is off
 * @param inside the inside networks that it is for; all if there is none
 * @param remotes the remote networks that it is for, likewise
 * @param mostPerConnection calls of one control connection
 * @param mostPerHost calls of one inside host
 */
record PptpScope(
        Set<Integer> ports, List<Ipv4Prefix> inside, List<Ipv4Prefix> remotes, int mostPerConnection, int mostPerHost) {

    /** PPTP is off: its packets are like any others. */
    static final PptpScope OFF = new PptpScope(Set.of(), List.of(), List.of(), 0, 0);

    /** What a configuration says of it. */
    static PptpScope of(GatewayConfig config) {
        PptpConfig pptp = config.pptp();
        return config.isEnabled(AlgName.PPTP)
                ? new PptpScope(
                        Set.copyOf(pptp.controlPorts()),
                        pptp.insideNetworks(),
                        pptp.remotes(),
                        pptp.callsPerConnection(),
                        pptp.callsPerHost())
                : OFF;
    }

    boolean isOff() {
        return ports.isEmpty();
    }

    /** Whether a connection to this service is one of those. */
    boolean reads(Endpoint service, Endpoint insideEnd, Endpoint remoteEnd) {
        return ports.contains((int) service.identifier()) && has(inside, insideEnd) && has(remotes, remoteEnd);
    }

    private static boolean has(List<Ipv4Prefix> networks, Endpoint end) {
        return networks.isEmpty()
                || networks.stream()
                        .anyMatch(network -> network.contains(end.address().bits()));
    }
}
