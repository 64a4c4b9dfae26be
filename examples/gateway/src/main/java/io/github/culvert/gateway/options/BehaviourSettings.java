package io.github.culvert.gateway.options;

import io.github.culvert.nat.config.Behaviour;
import io.github.culvert.nat.config.Behaviours;
import io.github.culvert.nat.config.IdentifierPolicy;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.Pairing;
import io.github.culvert.nat.config.Rest;
import io.github.culvert.nat.mapping.Dependence;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What kind of NAT it is: how flows are mapped and filtered, and how public identifiers are chosen. */
final class BehaviourSettings {
    private static final Part<NatConfig> NAT = Part.ofNat(config -> config, (config, changed) -> changed);
    private static final Part<IdentifierPolicy> IDENTIFIERS =
            Part.ofNat(NatConfig::identifiers, NatConfig::withIdentifiers);
    private static final Part<Rest> REST = Part.ofNat(
            config -> config.identifiers().rest(),
            (config, rest) -> config.withIdentifiers(config.identifiers().withRest(rest)));
    private static final Part<Behaviour> UDP =
            behaviour(config -> config.behaviours().udp(), Behaviours::withUdp);
    private static final Part<Behaviour> TCP =
            behaviour(config -> config.behaviours().tcp(), Behaviours::withTcp);
    private static final Part<Behaviour> ICMP =
            behaviour(config -> config.behaviours().icmp(), Behaviours::withIcmp);

    /** Comes before all that it changes the defaults of. */
    private static final Setting<Boolean> CARRIER = NAT.one(
                    "carrier", Forms.SWITCH, config -> false, (config, on) -> on ? config.asCarrier() : config)
            .helped("The defaults that RFC 6888 asks of a carrier's NAT: endpoint-independent filtering, and host"
                    + " unreachable where there is no room.");

    private static final Section MAPPING = Section.alike(
            "mapping",
            "Which flows of an inside port share a public one: all, those to one remote address, or those to one"
                    + " remote port.",
            mapping("udp", UDP),
            mapping("tcp", TCP),
            mapping("icmp", ICMP));

    private static final Section FILTER = Section.alike(
            "filter",
            "Which remotes may send to a public port: all, those whose address its inside host has sent to, or those"
                    + " whose port it has sent to.",
            filter("udp", UDP),
            filter("tcp", TCP),
            filter("icmp", ICMP));

    private static final Section CHOICE = Section.mixed(
            "identifiers",
            "How public ports and ping ids are chosen, and when a freed one is used again.",
            IDENTIFIERS.one("preserve", Forms.SWITCH, IdentifierPolicy::preserved, IdentifierPolicy::withPreserved),
            IDENTIFIERS.one("parity", Forms.SWITCH, IdentifierPolicy::parity, IdentifierPolicy::withParity),
            IDENTIFIERS.many(
                    "excluded",
                    Forms.PORTS,
                    policy -> PortRange.of(policy.excluded()),
                    (policy, ranges) -> policy.withExcluded(PortRange.ports(ranges))),
            IDENTIFIERS.one(
                    "assignment", Forms.ASSIGNMENT, IdentifierPolicy::assignment, IdentifierPolicy::withAssignment),
            IDENTIFIERS.one(
                    "pairing",
                    Form.choice(List.of(Pairing.values())),
                    IdentifierPolicy::pairing,
                    IdentifierPolicy::withPairing),
            REST.one("rest", Forms.TIME, Rest::time, Rest::withTime),
            REST.one("rest-most", Forms.COUNT, Rest::most, Rest::withMost),
            REST.one("rest-after-start", Forms.SWITCH, Rest::afterColdStart, Rest::withAfterColdStart));

    static final Group GROUP = Group.of("Behaviour", CARRIER, MAPPING, FILTER, CHOICE);

    private BehaviourSettings() {}

    private static Part<Behaviour> behaviour(
            Function<NatConfig, Behaviour> of, BiFunction<Behaviours, Behaviour, Behaviours> with) {
        return Part.ofNat(of, (config, behaviour) -> config.withBehaviours(with.apply(config.behaviours(), behaviour)));
    }

    private static Setting<Dependence> mapping(String protocol, Part<Behaviour> part) {
        return part.one(
                protocol, Form.choice(List.of(Dependence.values())), Behaviour::mapping, Behaviour::withMapping);
    }

    private static Setting<Dependence> filter(String protocol, Part<Behaviour> part) {
        return part.one(
                protocol, Form.choice(List.of(Dependence.values())), Behaviour::filtering, Behaviour::withFiltering);
    }
}
