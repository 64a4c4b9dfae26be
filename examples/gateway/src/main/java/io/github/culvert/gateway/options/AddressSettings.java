package io.github.culvert.gateway.options;

import io.github.culvert.nat.config.AddressForward;
import io.github.culvert.nat.config.Exemption;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Prefix;
import java.util.Set;
import java.util.TreeSet;

/** Who is translated, to what, and who is not. */
final class AddressSettings {
    /** Stands in for a public address where there is none; then the missing address is the problem to report. */
    private static final Ipv4Address NO_ADDRESS = new Ipv4Address(0);

    private static final Part<NatConfig> NAT = Part.ofNat(config -> config, (config, changed) -> changed);

    static final Setting<Ipv4Prefix> INSIDE_NET = NAT.many(
                    "inside-net", Forms.NETWORK, NatConfig::insideNetworks, NatConfig::withInsideNetworks)
            .helped("Networks behind the NAT. Packets from inside with another source are refused.");

    static final Setting<Ipv4Address> PUBLIC = NAT.many(
                    "public", Forms.ADDRESS, NatConfig::publicAddresses, NatConfig::withPublicAddresses)
            .helped("Public addresses that stand for the inside hosts; in none of the inside networks.");

    static final Setting<StaticForward> FORWARD = NAT.many(
                    "forward", Forms.forward(NO_ADDRESS), NatConfig::forwards, NatConfig::withForwards)
            .formed(config -> Forms.forward(firstPublic(config.nat())))
            .helped("Public ports that lead to inside hosts, such as tcp:8080=192.168.77.11:80 or"
                    + " udp:203.0.113.2:53=192.168.77.12:53. Without an address the first public one is meant.");

    static final Setting<AddressForward> ADDRESS_FORWARD = NAT.many(
                    "address-forward",
                    Forms.ADDRESS_FORWARD,
                    NatConfig::addressForwards,
                    NatConfig::withAddressForwards)
            .helped("Public addresses that stand for one inside host each, with all ports and protocols, such as"
                    + " 203.0.113.2=192.168.77.12.");

    private static final Setting<Exemption> NO_NAT = NAT.many(
                    "no-nat", Forms.EXEMPTION, NatConfig::exemptions, NatConfig::withExemptions)
            .helped("Remote addresses to and from which nothing is translated, such as 10.9.0.0/16 or, with remote"
                    + " ports, 10.9.0.1/32:8000-8999.");

    private static final Setting<Integer> PORTLESS = NAT.many(
                    "portless",
                    Forms.COUNT,
                    config -> new TreeSet<>(config.portless()),
                    (config, numbers) -> config.withPortless(Set.copyOf(numbers)))
            .helped("Protocols without ports, by number, that are translated by address alone, such as 47 (GRE) or 50"
                    + " (ESP): for each, one inside host at a time with one remote address.");

    static final Group GROUP = Group.of("Addresses", INSIDE_NET, PUBLIC, FORWARD, ADDRESS_FORWARD, NO_NAT, PORTLESS);

    private AddressSettings() {}

    private static Ipv4Address firstPublic(NatConfig config) {
        return config.publicAddresses().stream().findFirst().orElse(NO_ADDRESS);
    }
}
