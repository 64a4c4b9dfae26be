package io.github.culvert.nat.mapping;

import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Prefix;
import java.time.Duration;
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
        rules.timeouts();
        rules.limits();
        rules.check(
                config.outsideMtu() >= 68 && config.outsideMtu() <= NatConfig.LARGEST_MTU,
                "outside-mtu",
                config.outsideMtu(),
                "68 to 65535 bytes");
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
        boolean inside = config.insideNetworks().stream()
                .anyMatch(n -> n.contains(forward.inside().address().bits()));
        if (!inside) {
            broken.add("an inside address within the inside networks");
        }
        if (forward.protocol() == Protocol.ICMP) {
            broken.add("protocol tcp or udp");
        }
        if (!isPort(forward.outside()) || !isPort(forward.inside())) {
            broken.add("identifiers of 1 to 65535");
        }
        return broken;
    }

    private static boolean isPort(Endpoint endpoint) {
        return endpoint.identifier() >= 1 && endpoint.identifier() <= 65_535;
    }

    private static boolean isUnicast(Ipv4Address address) {
        int first = address.bits() >>> 24;
        return first != 0 && first != 127 && first < 224;
    }

    private void timeouts() {
        Timeouts timeouts = config.timeouts();
        timeout("timeouts.udp", timeouts.udp(), 120, "RFC 4787 REQ-5");
        timeout("timeouts.tcp-established", timeouts.tcpEstablished(), 7440, "RFC 5382 REQ-5");
        timeout("timeouts.tcp-opening", timeouts.tcpOpening(), 1, "RFC 7857 section 2.1");
        timeout("timeouts.tcp-closing", timeouts.tcpClosing(), 240, "RFC 5382 REQ-5");
        timeout("timeouts.tcp-reset", timeouts.tcpReset(), 1, "RFC 7857 section 2.2");
        timeout("timeouts.icmp-query", timeouts.icmpQuery(), 60, "RFC 5508 REQ-2");
    }

    private void timeout(String setting, Duration value, long floorSeconds, String source) {
        boolean allowed =
                value.compareTo(Duration.ofSeconds(floorSeconds)) >= 0 && value.compareTo(Timeouts.LONGEST) <= 0;
        check(allowed, setting, value, floorSeconds + " s to 20 days (" + source + ")");
    }

    private void limits() {
        Limits limits = config.limits();
        limit("limits.sessions", limits.sessions());
        limit("limits.hosts", limits.hosts());
        limit("limits.mappings-per-host", limits.mappingsPerHost());
        limit("limits.sessions-per-host", limits.sessionsPerHost());
    }

    private void limit(String setting, int value) {
        check(value >= 1 && value <= Limits.MOST, setting, value, "1 to " + Limits.MOST);
    }

    private void check(boolean allowed, String setting, Object value, String what) {
        if (!allowed) {
            problems.add(new ConfigProblem(setting, String.valueOf(value), what));
        }
    }
}
