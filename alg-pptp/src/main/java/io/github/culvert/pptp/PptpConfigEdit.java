package io.github.culvert.pptp;

import io.github.culvert.nat.alg.Action.Aftermath;
import io.github.culvert.nat.alg.AddressUse;
import io.github.culvert.nat.packet.Ipv4Prefix;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A configuration that is being changed: what stands behind the with-methods of {@link PptpConfig}. */
final class PptpConfigEdit {
    List<Integer> controlPorts;
    Duration expected;
    Duration idle;
    Duration rest;
    Duration linger;
    int callsPerConnection;
    int callsPerHost;
    Aftermath onDesync;
    List<Ipv4Prefix> insideNetworks;
    List<Ipv4Prefix> remotes;
    AddressUse addressUse;
    Set<PptpQuirk> quirks;

    PptpConfigEdit(PptpConfig from) {
        controlPorts = from.controlPorts();
        expected = from.expected();
        idle = from.idle();
        rest = from.rest();
        linger = from.linger();
        callsPerConnection = from.callsPerConnection();
        callsPerHost = from.callsPerHost();
        onDesync = from.onDesync();
        insideNetworks = from.insideNetworks();
        remotes = from.remotes();
        addressUse = from.addressUse();
        quirks = from.quirks();
    }

    PptpConfig done() {
        return new PptpConfig(
                controlPorts,
                expected,
                idle,
                rest,
                linger,
                callsPerConnection,
                callsPerHost,
                onDesync,
                insideNetworks,
                remotes,
                addressUse,
                quirks);
    }
}
