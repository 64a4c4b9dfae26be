package io.github.culvert.nat.mapping;

import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Prefix;
import java.util.List;

/**
 * The configuration of a NAT: an immutable value. {@link #problems()} names all that is wrong with it at once.
 *
 * <p>Example: {@code NatConfig.of(List.of(Ipv4Prefix.parse("192.168.1.0/24")),
 * List.of(Ipv4Address.parse("203.0.113.1"))).withForwards(...)}.
 *
 * @param insideNetworks the networks whose hosts are translated; a packet from the inside with another source is
 *     refused
 * @param publicAddresses the public addresses, each in none of the inside networks
 * @param forwards the static forwards
 * @param timeouts how long sessions stay without traffic
 * @param limits how much state there may be
 * @param hop whether the NAT counts as a hop: then it takes one from the time to live
 * @param sourceRoutes whether packets with a source route option pass; refused by default
 * @param outsideMtu the largest IPv4 packet that may leave to the outside, in bytes, 68 to 65535
 */
public record NatConfig(
        List<Ipv4Prefix> insideNetworks,
        List<Ipv4Address> publicAddresses,
        List<StaticForward> forwards,
        Timeouts timeouts,
        Limits limits,
        boolean hop,
        boolean sourceRoutes,
        int outsideMtu) {

    /** The largest and default {@link #outsideMtu()}: what an IPv4 packet can have, 65535 bytes. */
    public static final int LARGEST_MTU = 65_535;

    /**
     * Copies the lists.
     *
     * @param insideNetworks the networks whose hosts are translated
     * @param publicAddresses the public addresses
     * @param forwards the static forwards
     * @param timeouts how long sessions stay without traffic
     * @param limits how much state there may be
     * @param hop whether the NAT counts as a hop
     * @param sourceRoutes whether packets with a source route option pass
     * @param outsideMtu the largest IPv4 packet that may leave to the outside, in bytes
     */
    public NatConfig {
        insideNetworks = List.copyOf(insideNetworks);
        publicAddresses = List.copyOf(publicAddresses);
        forwards = List.copyOf(forwards);
    }

    /**
     * A configuration with every default: no forwards, {@link Timeouts#STANDARD}, {@link Limits#STANDARD}, not a hop.
     *
     * @param insideNetworks the networks whose hosts are translated
     * @param publicAddresses the public addresses
     * @return the configuration
     */
    public static NatConfig of(List<Ipv4Prefix> insideNetworks, List<Ipv4Address> publicAddresses) {
        return new NatConfig(
                insideNetworks,
                publicAddresses,
                List.of(),
                Timeouts.STANDARD,
                Limits.STANDARD,
                false,
                false,
                LARGEST_MTU);
    }

    /**
     * The same with other static forwards.
     *
     * @param changed the forwards
     * @return a new configuration
     */
    public NatConfig withForwards(List<StaticForward> changed) {
        return new NatConfig(insideNetworks, publicAddresses, changed, timeouts, limits, hop, sourceRoutes, outsideMtu);
    }

    /**
     * The same with other timeouts.
     *
     * @param changed the timeouts
     * @return a new configuration
     */
    public NatConfig withTimeouts(Timeouts changed) {
        return new NatConfig(insideNetworks, publicAddresses, forwards, changed, limits, hop, sourceRoutes, outsideMtu);
    }

    /**
     * The same with other limits.
     *
     * @param changed the limits
     * @return a new configuration
     */
    public NatConfig withLimits(Limits changed) {
        return new NatConfig(
                insideNetworks, publicAddresses, forwards, timeouts, changed, hop, sourceRoutes, outsideMtu);
    }

    /**
     * The same, counting as a hop or not.
     *
     * @param changed whether to take one from the time to live
     * @return a new configuration
     */
    public NatConfig withHop(boolean changed) {
        return new NatConfig(
                insideNetworks, publicAddresses, forwards, timeouts, limits, changed, sourceRoutes, outsideMtu);
    }

    /**
     * The same, passing source routes or not.
     *
     * @param changed whether packets with a source route option pass
     * @return a new configuration
     */
    public NatConfig withSourceRoutes(boolean changed) {
        return new NatConfig(insideNetworks, publicAddresses, forwards, timeouts, limits, hop, changed, outsideMtu);
    }

    /**
     * The same with another MTU of the outside.
     *
     * @param changed bytes, 68 to 65535
     * @return a new configuration
     */
    public NatConfig withOutsideMtu(int changed) {
        return new NatConfig(insideNetworks, publicAddresses, forwards, timeouts, limits, hop, sourceRoutes, changed);
    }

    /**
     * Everything that is wrong with this configuration.
     *
     * @return the problems, empty if there are none
     */
    public List<ConfigProblem> problems() {
        return ConfigRules.problems(this);
    }

    /**
     * Everything that is wrong with a static forward under this configuration.
     *
     * @param forward the forward
     * @return the problems, empty if there are none
     */
    public List<ConfigProblem> problemsOf(StaticForward forward) {
        return ConfigRules.forwardRules(this, forward).stream()
                .map(rule -> new ConfigProblem("forwards", forward.toString(), rule))
                .toList();
    }

    /**
     * This configuration, if there is nothing wrong with it.
     *
     * @return this
     * @throws InvalidConfigException with all problems otherwise
     */
    public NatConfig validate() {
        List<ConfigProblem> problems = problems();
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(problems);
        }
        return this;
    }
}
