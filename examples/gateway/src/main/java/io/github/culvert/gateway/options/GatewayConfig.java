package io.github.culvert.gateway.options;

import io.github.culvert.nat.alg.Alg;
import io.github.culvert.nat.config.ConfigProblem;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.pptp.PptpAlg;
import io.github.culvert.pptp.PptpConfig;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a NAT and its application level gateways are told.
 *
 * @param nat the NAT
 * @param enabled the ALGs that are on
 * @param pptp what that of PPTP is told, if it is on
 */
public record GatewayConfig(NatConfig nat, List<AlgName> enabled, PptpConfig pptp) {
    /** Copies the list. */
    public GatewayConfig {
        enabled = List.copyOf(enabled);
    }

    /**
     * A NAT without ALGs.
     *
     * @param nat the NAT
     * @return the configuration
     */
    public static GatewayConfig of(NatConfig nat) {
        return new GatewayConfig(nat, List.of(), PptpConfig.STANDARD);
    }

    /**
     * Whether an ALG is on.
     *
     * @param alg the ALG
     * @return whether it is
     */
    public boolean isEnabled(AlgName alg) {
        return enabled.contains(alg);
    }

    /**
     * The ALGs that are on.
     *
     * @return for an engine
     */
    public List<Alg> algs() {
        return enabled.stream().distinct().map(this::alg).toList();
    }

    private Alg alg(AlgName name) {
        return switch (name) {
            case PPTP -> PptpAlg.of(pptp);
        };
    }

    GatewayConfig withNat(NatConfig changed) {
        return new GatewayConfig(changed, enabled, pptp);
    }

    /**
     * The same with other ALGs on.
     *
     * @param changed the ALGs
     * @return a new configuration
     */
    public GatewayConfig withEnabled(List<AlgName> changed) {
        return new GatewayConfig(nat, changed, pptp);
    }

    GatewayConfig withPptp(PptpConfig changed) {
        return new GatewayConfig(nat, enabled, changed);
    }

    /** All that is wrong. */
    List<ConfigProblem> problems() {
        return Stream.concat(
                        nat.problems().stream(),
                        pptp.problems().stream()
                                .map(p -> new ConfigProblem("pptp." + p.setting(), p.value(), p.allowed())))
                .toList();
    }
}
