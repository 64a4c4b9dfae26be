package io.github.culvert.gateway.options;

import io.github.culvert.nat.config.NatConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All settings of the gateway, in the order in which they are read and shown. */
final class Catalogue {
    /** A configuration with every default. */
    static final GatewayConfig DEFAULTS = GatewayConfig.of(NatConfig.of(List.of(), List.of()));

    /** What is the same for every NAT. */
    static final List<Group> NAT = List.of(
            AddressSettings.GROUP,
            BehaviourSettings.GROUP,
            AlgSettings.GROUP,
            ProtocolSettings.GROUP,
            PathSettings.GROUP,
            StateSettings.GROUP);

    /** How the library names in its problems what has another key here. */
    private static final Map<String, String> KEYS = Map.of(
            "inside-networks", "inside-net",
            "public-addresses", "public",
            "forwards", "forward",
            "address-forwards", "address-forward",
            "exemptions", "no-nat",
            "identifiers.rest.time", "identifiers.rest",
            "identifiers.rest.most", "identifiers.rest-most",
            "path.outside-mtu", "mtu",
            "path.inside-mtu", "inside-mtu");

    private Catalogue() {}

    static Stream<Entry> entries() {
        return Stream.concat(Stream.of(DeviceSettings.GROUP), NAT.stream()).flatMap(group -> group.entries().stream());
    }

    /** The settings of the NAT, in an order in which each comes after those that it depends on. */
    static Stream<Setting<?>> natSettings() {
        return NAT.stream().flatMap(group -> group.entries().stream()).flatMap(entry -> entry.settings().stream());
    }

    static Stream<Setting<?>> settings() {
        return entries().flatMap(entry -> entry.settings().stream());
    }

    static Optional<Setting<?>> ofKey(String key) {
        return settings().filter(setting -> setting.key().equals(key)).findFirst();
    }

    static Optional<Section> section(String key) {
        return entries()
                .filter(entry -> entry.key().equals(key))
                .filter(Section.class::isInstance)
                .map(Section.class::cast)
                .findFirst();
    }

    /** The setting that a problem of a configuration names, perhaps with a part of its value behind a dot. */
    static Optional<Setting<?>> ofProblem(String name) {
        String key = KEYS.getOrDefault(name, name).replaceFirst("^limits\\.thresholds", "thresholds");
        return settings()
                .filter(setting -> key.equals(setting.key()) || key.startsWith(setting.key() + "."))
                .findFirst();
    }
}
