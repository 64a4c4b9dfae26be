package io.github.culvert.gateway.options;

import io.github.culvert.nat.config.Limits;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.Rate;
import io.github.culvert.nat.config.Rates;
import io.github.culvert.nat.config.Thresholds;
import io.github.culvert.nat.config.Timeouts;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.Function;

/** How long state stays, how much there may be, and how fast it may come to be. */
final class StateSettings {
    private static final Part<Timeouts> TIMEOUTS = Part.ofNat(NatConfig::timeouts, NatConfig::withTimeouts);
    private static final Part<Limits> LIMITS = Part.ofNat(NatConfig::limits, NatConfig::withLimits);
    private static final Part<Thresholds> THRESHOLDS = Part.ofNat(
            config -> config.limits().thresholds(),
            (config, thresholds) -> config.withLimits(config.limits().withThresholds(thresholds)));
    private static final Part<Rates> RATES = Part.ofNat(NatConfig::rates, NatConfig::withRates);

    private static final Section OF_TIMEOUTS = Section.mixed(
            "timeouts",
            "How long state stays without traffic; a number with its unit: d, h, m, s.",
            timeout("udp", Timeouts::udp, Timeouts::withUdp),
            timeout("tcp-established", Timeouts::tcpEstablished, Timeouts::withTcpEstablished),
            timeout("tcp-opening", Timeouts::tcpOpening, Timeouts::withTcpOpening),
            timeout("tcp-closing", Timeouts::tcpClosing, Timeouts::withTcpClosing),
            timeout("tcp-reset", Timeouts::tcpReset, Timeouts::withTcpReset),
            timeout("icmp-query", Timeouts::icmpQuery, Timeouts::withIcmpQuery),
            timeout("portless", Timeouts::portless, Timeouts::withPortless),
            timeout("held-syn", Timeouts::heldSyn, Timeouts::withHeldSyn),
            timeout("fragments", Timeouts::fragments, Timeouts::withFragments));

    private static final Section OF_LIMITS = Section.mixed(
            "limits",
            "How much state there may be.",
            limit("sessions", Limits::sessions, Limits::withSessions),
            limit("hosts", Limits::hosts, Limits::withHosts),
            limit("mappings", Limits::mappings, Limits::withMappings),
            limit("mappings-per-host", Limits::mappingsPerHost, Limits::withMappingsPerHost),
            limit("udp-mappings-per-host", Limits::udpMappingsPerHost, Limits::withUdpMappingsPerHost),
            limit("tcp-mappings-per-host", Limits::tcpMappingsPerHost, Limits::withTcpMappingsPerHost),
            limit("icmp-mappings-per-host", Limits::icmpMappingsPerHost, Limits::withIcmpMappingsPerHost),
            limit("sessions-per-host", Limits::sessionsPerHost, Limits::withSessionsPerHost),
            limit("sessions-per-mapping", Limits::sessionsPerMapping, Limits::withSessionsPerMapping),
            limit("held-syns", Limits::heldSyns, Limits::withHeldSyns));

    private static final Section OF_THRESHOLDS = Section.mixed(
            "thresholds",
            "From which fill on the log warns; 8000000 is never.",
            threshold(
                    "addresses-high",
                    Thresholds::addressesHigh,
                    (t, n) -> new Thresholds(n, t.addressesLow(), t.mappings(), t.mappingsPerHost(), t.hosts())),
            threshold(
                    "addresses-low",
                    Thresholds::addressesLow,
                    (t, n) -> new Thresholds(t.addressesHigh(), n, t.mappings(), t.mappingsPerHost(), t.hosts())),
            threshold(
                    "mappings",
                    Thresholds::mappings,
                    (t, n) -> new Thresholds(t.addressesHigh(), t.addressesLow(), n, t.mappingsPerHost(), t.hosts())),
            threshold(
                    "mappings-per-host",
                    Thresholds::mappingsPerHost,
                    (t, n) -> new Thresholds(t.addressesHigh(), t.addressesLow(), t.mappings(), n, t.hosts())),
            threshold(
                    "hosts",
                    Thresholds::hosts,
                    (t, n) ->
                            new Thresholds(t.addressesHigh(), t.addressesLow(), t.mappings(), t.mappingsPerHost(), n)));

    private static final Section OF_RATES = Section.mixed(
            "rates",
            "How many may come to be a second, and at once (N:BURST).",
            rate("sessions-per-host", Rates::sessionsPerHost, Rates::withSessionsPerHost),
            rate("sessions", Rates::sessions, Rates::withSessions),
            rate("mid-stream", Rates::midStream, Rates::withMidStream));

    static final Group GROUP = Group.of("State", OF_TIMEOUTS, OF_LIMITS, OF_THRESHOLDS, OF_RATES);

    private StateSettings() {}

    private static Setting<Duration> timeout(
            String name, Function<Timeouts, Duration> get, BiFunction<Timeouts, Duration, Timeouts> set) {
        return TIMEOUTS.one(name, Forms.TIME, get, set);
    }

    private static Setting<Integer> limit(
            String name, Function<Limits, Integer> get, BiFunction<Limits, Integer, Limits> set) {
        return LIMITS.one(name, Forms.COUNT, get, set);
    }

    private static Setting<Integer> threshold(
            String name, Function<Thresholds, Integer> get, BiFunction<Thresholds, Integer, Thresholds> set) {
        return THRESHOLDS.one(name, Forms.COUNT, get, set);
    }

    private static Setting<Rate> rate(String name, Function<Rates, Rate> get, BiFunction<Rates, Rate, Rates> set) {
        return RATES.one(name, Forms.RATE, get, set);
    }
}
