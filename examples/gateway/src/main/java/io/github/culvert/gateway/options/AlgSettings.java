package io.github.culvert.gateway.options;

import io.github.culvert.nat.alg.Action.Aftermath;
import io.github.culvert.nat.alg.AddressUse;
import io.github.culvert.pptp.PptpConfig;
import io.github.culvert.pptp.PptpQuirk;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Which application level gateways are on, and what they are told. */
final class AlgSettings {
    private static final Part<GatewayConfig> ALL = new Part<>(config -> config, (config, changed) -> changed);
    private static final Part<PptpConfig> PPTP = new Part<>(GatewayConfig::pptp, GatewayConfig::withPptp);

    private static final Setting<AlgName> ENABLE = ALL.many(
                    "enable",
                    Form.choice(List.of(AlgName.values())),
                    GatewayConfig::enabled,
                    GatewayConfig::withEnabled)
            .helped("Application level gateways to switch on: pptp. Without them their protocols pass like any others,"
                    + " as far as a NAT lets them.");

    private static final Section OF_PPTP = Section.mixed(
            "pptp",
            "What the ALG of PPTP is told, where enable names it.",
            PPTP.many("control-ports", Forms.COUNT, PptpConfig::controlPorts, PptpConfig::withControlPorts),
            PPTP.one("expected", Forms.TIME, PptpConfig::expected, PptpConfig::withExpected),
            PPTP.one("idle", Forms.TIME, PptpConfig::idle, PptpConfig::withIdle),
            PPTP.one("rest", Forms.TIME, PptpConfig::rest, PptpConfig::withRest),
            PPTP.one("linger", Forms.TIME, PptpConfig::linger, PptpConfig::withLinger),
            PPTP.one(
                    "calls-per-connection",
                    Forms.COUNT,
                    PptpConfig::callsPerConnection,
                    PptpConfig::withCallsPerConnection),
            PPTP.one("calls-per-host", Forms.COUNT, PptpConfig::callsPerHost, PptpConfig::withCallsPerHost),
            PPTP.one(
                    "on-desync",
                    Form.choice(List.of(Aftermath.values())),
                    PptpConfig::onDesync,
                    PptpConfig::withOnDesync),
            PPTP.many("inside-net", Forms.NETWORK, PptpConfig::insideNetworks, PptpConfig::withInsideNetworks),
            PPTP.many("remotes", Forms.NETWORK, PptpConfig::remotes, PptpConfig::withRemotes),
            PPTP.one(
                    "addresses",
                    Form.choice(List.of(AddressUse.values())),
                    PptpConfig::addressUse,
                    PptpConfig::withAddressUse),
            PPTP.many(
                    "quirks",
                    Form.choice(List.of(PptpQuirk.values())),
                    config -> ordered(config.quirks()),
                    (config, quirks) -> config.withQuirks(Set.copyOf(quirks))));

    static final Group GROUP = Group.of("Protocols that need help", ENABLE, OF_PPTP);

    private AlgSettings() {}

    private static List<PptpQuirk> ordered(Set<PptpQuirk> quirks) {
        return Arrays.stream(PptpQuirk.values()).filter(quirks::contains).toList();
    }
}
