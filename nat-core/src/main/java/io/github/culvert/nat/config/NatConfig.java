package io.github.culvert.nat.config;

import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Prefix;
import java.util.List;
import java.util.Set;

/**
 *
 * <p>The configuration of a NAT: an immutable value. {@link #problems()} names all that is wrong with it at once.
 *
 * <p>Example: {@code NatConfig.of(List.of(Ipv4Prefix.parse("192.168.1.0/24")),
 * List.of(Ipv4Address.parse("203.0.113.1"))).withForwards(...)}.
 *
 * @param insideNetworks the networks whose hosts are translated; a packet from the inside with another source is
 *     refused
 * @param publicAddresses the public addresses, any set of up to 4096, each in none of the inside networks
 * @param forwards the static forwards of single endpoints
 * @param addressForwards the public addresses that stand for one inside address each
 * @param exemptions traffic that is not translated
 * @param behaviours how flows are mapped and filtered
 * @param identifiers how public identifiers are chosen
 * @param udp what is special about UDP
 * @param tcp what is special about TCP
 * @param icmp which ICMP messages pass, and which the NAT sends
 * @param fragments how fragments are held
 * @param path the links on both sides
 * @param timeouts how long state stays without traffic
 * @param limits how much state there may be
 * @param rates how fast state may come to be
 * @param portless protocols without identifiers that are translated by address only, 0 to 255, none of 1, 6, 17 and
 *     51; for each only one inside host at a time talks to one remote address; none by default
 */
public record NatConfig(
        List<Ipv4Prefix> insideNetworks,
        List<Ipv4Address> publicAddresses,
        List<StaticForward> forwards,
        List<AddressForward> addressForwards,
        List<Exemption> exemptions,
        Behaviours behaviours,
        IdentifierPolicy identifiers,
        UdpPolicy udp,
        TcpPolicy tcp,
        IcmpPolicy icmp,
        FragmentPolicy fragments,
        PathPolicy path,
        Timeouts timeouts,
        Limits limits,
        Rates rates,
        Set<Integer> portless) {

    /**
     * A configuration with every default: no forwards, nothing exempt, endpoint-independent mapping, address-dependent
     * filtering, not a hop.
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
                List.of(),
                List.of(),
                Behaviours.STANDARD,
                IdentifierPolicy.STANDARD,
                UdpPolicy.STANDARD,
                TcpPolicy.STANDARD,
                IcmpPolicy.STANDARD,
                FragmentPolicy.STANDARD,
                PathPolicy.STANDARD,
                Timeouts.STANDARD,
                Limits.STANDARD,
                Rates.STANDARD,
                Set.of());
    }

    /**
     * The same as a carrier would have it (RFC 6888): endpoint-independent filtering, and host unreachable where there is
     * no room.
     *
     * @return a new configuration
     */
    public NatConfig asCarrier() {
        return withBehaviours(Behaviours.all(Behaviour.TRANSPARENT)).withIcmp(icmp.withNoRoom(NoRoom.HOST_UNREACHABLE));
    }

    /**
     * Copies what could change.
     *
     * @param insideNetworks the networks whose hosts are translated; a packet from the inside with another source is
     *     refused
     * @param publicAddresses the public addresses, any set of up to 4096, each in none of the inside networks
     * @param forwards the static forwards of single endpoints
     * @param addressForwards the public addresses that stand for one inside address each
     * @param exemptions traffic that is not translated
     * @param behaviours how flows are mapped and filtered
     * @param identifiers how public identifiers are chosen
     * @param udp what is special about UDP
     * @param tcp what is special about TCP
     * @param icmp which ICMP messages pass, and which the NAT sends
     * @param fragments how fragments are held
     * @param path the links on both sides
     * @param timeouts how long state stays without traffic
     * @param limits how much state there may be
     * @param rates how fast state may come to be
     * @param portless protocols without identifiers that are translated by address only, 0 to 255, none of 1, 6, 17
     *     and 51; for each only one inside host at a time talks to one remote address; none by default
     */
    public NatConfig {
        insideNetworks = List.copyOf(insideNetworks);
        publicAddresses = List.copyOf(publicAddresses);
        forwards = List.copyOf(forwards);
        addressForwards = List.copyOf(addressForwards);
        exemptions = List.copyOf(exemptions);
        portless = Set.copyOf(portless);
    }

    /**
     * The same with other {@link #insideNetworks()}.
     *
     * @param changed the networks whose hosts are translated; a packet from the inside with another source is refused
     * @return a new configuration
     */
    public NatConfig withInsideNetworks(List<Ipv4Prefix> changed) {
        ConfigEdit edit = new ConfigEdit(this);
        edit.insideNetworks = changed;
        return edit.done();
    }

    /**
     * The same with other {@link #publicAddresses()}.
     *
     * @param changed the public addresses, any set of up to 4096, each in none of the inside networks
     * @return a new configuration
     */
    public NatConfig withPublicAddresses(List<Ipv4Address> changed) {
        ConfigEdit edit = new ConfigEdit(this);
        edit.publicAddresses = changed;
        return edit.done();
    }

    /**
     * The same with other {@link #forwards()}.
     *
     * @param changed the static forwards of single endpoints
     * @return a new configuration
     */
    public NatConfig withForwards(List<StaticForward> changed) {
        ConfigEdit edit = new ConfigEdit(this);
        edit.forwards = changed;
        return edit.done();
    }

    /**
     * The same with other {@link #addressForwards()}.
     *
     * @param changed the public addresses that stand for one inside address each
     * @return a new configuration
     */
    public NatConfig withAddressForwards(List<AddressForward> changed) {
        ConfigEdit edit = new ConfigEdit(this);
        edit.addressForwards = changed;
        return edit.done();
    }

    /**
     * The same with other {@link #exemptions()}.
     *
     * @param changed traffic that is not translated
     * @return a new configuration
     */
    public NatConfig withExemptions(List<Exemption> changed) {
        ConfigEdit edit = new ConfigEdit(this);
        edit.exemptions = changed;
        return edit.done();
    }

    /**
     * The same with other {@link #behaviours()}.
     *
     * @param changed how flows are mapped and filtered
     * @return a new configuration
     */
    public NatConfig withBehaviours(Behaviours changed) {
        ConfigEdit edit = new ConfigEdit(this);
        edit.behaviours = changed;
        return edit.done();
    }

    /**
     * The same with other {@link #identifiers()}.
     *
     * @param changed how public identifiers are chosen
     * @return a new configuration
     */
    public NatConfig withIdentifiers(IdentifierPolicy changed) {
        ConfigEdit edit = new ConfigEdit(this);
        edit.identifiers = changed;
        return edit.done();
    }

    /**
     * The same with other {@link #udp()}.
     *
     * @param changed what is special about UDP
     * @return a new configuration
     */
    public NatConfig withUdp(UdpPolicy changed) {
        ConfigEdit edit = new ConfigEdit(this);
        edit.udp = changed;
        return edit.done();
    }

    /**
     * The same with other {@link #tcp()}.
     *
     * @param changed what is special about TCP
     * @return a new configuration
     */
    public NatConfig withTcp(TcpPolicy changed) {
        ConfigEdit edit = new ConfigEdit(this);
        edit.tcp = changed;
        return edit.done();
    }

    /**
     * The same with other {@link #icmp()}.
     *
     * @param changed which ICMP messages pass, and which the NAT sends
     * @return a new configuration
     */
    public NatConfig withIcmp(IcmpPolicy changed) {
        ConfigEdit edit = new ConfigEdit(this);
        edit.icmp = changed;
        return edit.done();
    }

    /**
     * The same with other {@link #fragments()}.
     *
     * @param changed how fragments are held
     * @return a new configuration
     */
    public NatConfig withFragments(FragmentPolicy changed) {
        ConfigEdit edit = new ConfigEdit(this);
        edit.fragments = changed;
        return edit.done();
    }

    /**
     * The same with other {@link #path()}.
     *
     * @param changed the links on both sides
     * @return a new configuration
     */
    public NatConfig withPath(PathPolicy changed) {
        ConfigEdit edit = new ConfigEdit(this);
        edit.path = changed;
        return edit.done();
    }

    /**
     * The same with other {@link #timeouts()}.
     *
     * @param changed how long state stays without traffic
     * @return a new configuration
     */
    public NatConfig withTimeouts(Timeouts changed) {
        ConfigEdit edit = new ConfigEdit(this);
        edit.timeouts = changed;
        return edit.done();
    }

    /**
     * The same with other {@link #limits()}.
     *
     * @param changed how much state there may be
     * @return a new configuration
     */
    public NatConfig withLimits(Limits changed) {
        ConfigEdit edit = new ConfigEdit(this);
        edit.limits = changed;
        return edit.done();
    }

    /**
     * The same with other {@link #rates()}.
     *
     * @param changed how fast state may come to be
     * @return a new configuration
     */
    public NatConfig withRates(Rates changed) {
        ConfigEdit edit = new ConfigEdit(this);
        edit.rates = changed;
        return edit.done();
    }

    /**
     * The same with other {@link #portless()}.
     *
     * @param changed protocols without identifiers that are translated by address only, 0 to 255, none of 1, 6, 17
     *     and 51; for each only one inside host at a time talks to one remote address; none by default
     * @return a new configuration
     */
    public NatConfig withPortless(Set<Integer> changed) {
        ConfigEdit edit = new ConfigEdit(this);
        edit.portless = changed;
        return edit.done();
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
