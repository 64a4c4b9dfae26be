package io.github.culvert.gateway.options;

import io.github.culvert.gateway.options.SettingReader.Read;
import io.github.culvert.nat.config.ConfigProblem;
import io.github.culvert.nat.config.Limits;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.PathPolicy;
import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.config.Timeouts;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds the configuration of the NAT from the settings, and names its problems by where the values stand. */
final class NatSettings {
    /** Stands in for a public address where there is none; then the missing address is the problem to report. */
    private static final Ipv4Address NO_ADDRESS = new Ipv4Address(0);

    private final SettingReader reader;
    /** Every value in the form in which the configuration's problems quote it. */
    private final List<Read<?>> read = new ArrayList<>();

    NatSettings(SettingReader reader) {
        this.reader = reader;
    }

    NatConfig config() {
        List<Ipv4Prefix> networks = all(Setting.INSIDE_NET, Values::network);
        List<Ipv4Address> addresses = all(Setting.PUBLIC, Values::address);
        Ipv4Address first = addresses.isEmpty() ? NO_ADDRESS : addresses.get(0);
        List<StaticForward> forwards = all(Setting.FORWARD, text -> Values.forward(text, first));
        all(Setting.ENABLE, Values::alg);
        NatConfig config = NatConfig.of(networks, addresses)
                .withForwards(forwards)
                .withTimeouts(timeouts())
                .withLimits(limits())
                .withPath(path());
        boolean judgesForwards = !networks.isEmpty()
                && !addresses.isEmpty()
                && !reader.isBroken(Setting.INSIDE_NET)
                && !reader.isBroken(Setting.PUBLIC);
        config.problems().stream()
                .filter(p -> judgesForwards || !p.setting().equals("forwards"))
                .forEach(this::report);
        return config;
    }

    private PathPolicy path() {
        PathPolicy standard = PathPolicy.STANDARD;
        return standard.withHop(one(Setting.TTL, Values::truth, standard.hop()))
                .withSourceRoutes(one(Setting.SOURCE_ROUTES, Values::truth, standard.sourceRoutes()))
                .withOutsideMtu(one(Setting.MTU, Values::number, standard.outsideMtu()));
    }

    private Timeouts timeouts() {
        Timeouts standard = Timeouts.STANDARD;
        return Timeouts.of(
                one(Setting.TIMEOUT_UDP, Values::duration, standard.udp()),
                one(Setting.TIMEOUT_TCP_ESTABLISHED, Values::duration, standard.tcpEstablished()),
                one(Setting.TIMEOUT_TCP_OPENING, Values::duration, standard.tcpOpening()),
                one(Setting.TIMEOUT_TCP_CLOSING, Values::duration, standard.tcpClosing()),
                one(Setting.TIMEOUT_TCP_RESET, Values::duration, standard.tcpReset()),
                one(Setting.TIMEOUT_ICMP_QUERY, Values::duration, standard.icmpQuery()));
    }

    private Limits limits() {
        Limits standard = Limits.STANDARD;
        return Limits.of(
                one(Setting.LIMIT_SESSIONS, Values::number, standard.sessions()),
                one(Setting.LIMIT_HOSTS, Values::number, standard.hosts()),
                one(Setting.LIMIT_MAPPINGS_PER_HOST, Values::number, standard.mappingsPerHost()),
                one(Setting.LIMIT_SESSIONS_PER_HOST, Values::number, standard.sessionsPerHost()));
    }

    private <T> List<T> all(Setting setting, SettingReader.Reading<T> reading) {
        List<Read<T>> values = reader.all(setting, reading);
        read.addAll(values);
        return values.stream().map(Read::value).toList();
    }

    private <T> T one(Setting setting, SettingReader.Reading<T> reading, T standard) {
        List<T> values = all(setting, reading);
        return values.isEmpty() ? standard : values.get(0);
    }

    /** Reports a problem, unless it only says that what could not be read is missing. */
    private void report(ConfigProblem problem) {
        Optional<Setting> setting = Setting.ofNatName(problem.setting());
        if (setting.isEmpty()) {
            reader.problem(problem);
        } else if (!problem.value().isEmpty() || !reader.isBroken(setting.get())) {
            reader.problem(origin(problem, setting.get()));
        }
    }

    /** The problem as the user would say it: the place of the value and the value as it was written. */
    private ConfigProblem origin(ConfigProblem problem, Setting setting) {
        return read.stream()
                .filter(r -> String.valueOf(r.value()).equals(problem.value()) && reader.isFrom(setting, r.given()))
                .findFirst()
                .map(r -> new ConfigProblem(r.given().origin(), r.given().text(), problem.allowed()))
                .orElseGet(() -> new ConfigProblem(setting.option(), problem.value(), problem.allowed()));
    }
}
