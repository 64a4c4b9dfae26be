package io.github.culvert.nat.config;

import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Prefix;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a {@link NatConfig} must fulfil. */
final class ConfigRules {
    private final NatConfig config;
    private final List<ConfigProblem> problems = new ArrayList<>();

    private ConfigRules(NatConfig config) {
        this.config = config;
    }

    static List<ConfigProblem> problems(NatConfig config) {
        ConfigRules rules = new ConfigRules(config);
        rules.addresses();
        rules.forwards();
        rules.addressForwards();
        new ValueRules(config, rules.problems).check();
        return List.copyOf(rules.problems);
    }

    private void addresses() {
        check(!config.insideNetworks().isEmpty(), "inside-networks", "", "at least one network, such as 10.0.0.0/8");
        check(!config.publicAddresses().isEmpty(), "public-addresses", "", "at least one address");
        check(
                config.publicAddresses().size() <= 4096,
                "public-addresses",
                config.publicAddresses().size(),
                "up to 4096");
        Set<Ipv4Address> seen = new HashSet<>();
        for (Ipv4Address address : config.publicAddresses()) {
            check(seen.add(address), "public-addresses", address, "each address once");
            check(isUnicast(address), "public-addresses", address, "a unicast address that a host can have");
            for (Ipv4Prefix network : config.insideNetworks()) {
                check(
                        !network.contains(address.bits()),
                        "public-addresses",
                        address,
                        "an address outside of the inside network " + network + " (RFC 4787 REQ-7)");
            }
        }
    }

    private void forwards() {
        Set<String> seen = new HashSet<>();
        for (StaticForward forward : config.forwards()) {
            for (String rule : forwardRules(config, forward)) {
                check(false, "forwards", forward, rule);
            }
            check(
                    seen.add(forward.protocol() + " " + forward.outside()),
                    "forwards",
                    forward,
                    "each public endpoint once");
            check(
                    seen.add(forward.protocol() + " inside " + forward.inside()),
                    "forwards",
                    forward,
                    "each inside endpoint once, since a mapping is endpoint-independent");
        }
        long hosts = config.forwards().stream()
                .map(forward -> forward.inside().address())
                .distinct()
                .count();
        check(hosts <= config.limits().hosts(), "forwards", hosts + " inside hosts", "up to limits.hosts");
    }

    /** What one forward breaks by itself; the same rules hold for a forward that is added while running. */
    static List<String> forwardRules(NatConfig config, StaticForward forward) {
        List<String> broken = new ArrayList<>();
        if (!config.publicAddresses().contains(forward.outside().address())) {
            broken.add("a public address of this NAT");
        }
        if (!isInside(config, forward.inside().address())) {
            broken.add("an inside address within the inside networks");
        }
        if (forward.protocol() == Protocol.ICMP) {
            broken.add("protocol tcp or udp");
        }
        if (!isPort(forward.outside()) || !isPort(forward.inside())) {
            broken.add("identifiers of 1 to 65535");
        }
        boolean alone = config.addressForwards().stream()
                .noneMatch(f -> f.outside().equals(forward.outside().address())
                        || f.inside().equals(forward.inside().address()));
        if (!alone) {
            broken.add("addresses of no address forward");
        }
        return broken;
    }

    private void addressForwards() {
        Set<Ipv4Address> seen = new HashSet<>();
        for (AddressForward forward : config.addressForwards()) {
            boolean outsideOnce = seen.add(forward.outside());
            boolean insideOnce = seen.add(forward.inside());
            check(outsideOnce && insideOnce, "address-forwards", forward, "each address once");
            check(
                    config.publicAddresses().contains(forward.outside()),
                    "address-forwards",
                    forward,
                    "a public address of this NAT");
            check(isInside(config, forward.inside()), "address-forwards", forward, "an inside address");
        }
    }

    private static boolean isInside(NatConfig config, Ipv4Address address) {
        return config.insideNetworks().stream().anyMatch(n -> n.contains(address.bits()));
    }

    private static boolean isPort(Endpoint endpoint) {
        return endpoint.identifier() >= 1 && endpoint.identifier() <= 65_535;
    }

    private static boolean isUnicast(Ipv4Address address) {
        int first = address.bits() >>> 24;
        return first != 0 && first != 127 && first < 224;
    }

    private void check(boolean allowed, String setting, Object value, String what) {
        if (!allowed) {
            problems.add(new ConfigProblem(setting, String.valueOf(value), what));
        }
    }
}
