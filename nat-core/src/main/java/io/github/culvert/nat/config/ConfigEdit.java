package io.github.culvert.nat.config;

import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Prefix;
import java.util.List;
import java.util.Set;

/** A configuration that is being changed: what stands behind the with-methods of {@link NatConfig}. */
final class ConfigEdit {
    List<Ipv4Prefix> insideNetworks;
    List<Ipv4Address> publicAddresses;
    List<StaticForward> forwards;
    List<AddressForward> addressForwards;
    List<Exemption> exemptions;
    Behaviours behaviours;
    IdentifierPolicy identifiers;
    UdpPolicy udp;
    TcpPolicy tcp;
    IcmpPolicy icmp;
    FragmentPolicy fragments;
    PathPolicy path;
    Timeouts timeouts;
    Limits limits;
    Rates rates;
    Set<Integer> portless;

    ConfigEdit(NatConfig from) {
        insideNetworks = from.insideNetworks();
        publicAddresses = from.publicAddresses();
        forwards = from.forwards();
        addressForwards = from.addressForwards();
        exemptions = from.exemptions();
        behaviours = from.behaviours();
        identifiers = from.identifiers();
        udp = from.udp();
        tcp = from.tcp();
        icmp = from.icmp();
        fragments = from.fragments();
        path = from.path();
        timeouts = from.timeouts();
        limits = from.limits();
        rates = from.rates();
        portless = from.portless();
    }

    NatConfig done() {
        return new NatConfig(
                insideNetworks,
                publicAddresses,
                forwards,
                addressForwards,
                exemptions,
                behaviours,
                identifiers,
                udp,
                tcp,
                icmp,
                fragments,
                path,
                timeouts,
                limits,
                rates,
                portless);
    }
}
