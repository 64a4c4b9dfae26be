package io.github.culvert.nat.config;

import io.github.culvert.nat.mapping.Dependence;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What the single values of a {@link NatConfig} must be. */
final class ValueRules {
    private static final int MOST_TOKENS = 100_000_000;
    private static final int LEAST_FRAGMENT_BYTES = 65_536;
    private static final int MOST_FRAGMENT_BYTES = 1 << 30;

    private final NatConfig config;
    private final List<ConfigProblem> problems;

    ValueRules(NatConfig config, List<ConfigProblem> problems) {
        this.config = config;
        this.problems = problems;
    }

    void check() {
        timeouts();
        limits();
        rates();
        identifiers();
        assignment();
        udp();
        tcp();
        fragments();
        path();
        exemptions();
        portless();
    }

    private void timeouts() {
        Timeouts timeouts = config.timeouts();
        timeout("timeouts.udp", timeouts.udp(), 120, "RFC 4787 REQ-5");
        timeout("timeouts.tcp-established", timeouts.tcpEstablished(), 7440, "RFC 5382 REQ-5");
        timeout("timeouts.tcp-opening", timeouts.tcpOpening(), 1, "RFC 7857 section 2.1");
        timeout("timeouts.tcp-closing", timeouts.tcpClosing(), 240, "RFC 5382 REQ-5");
        timeout("timeouts.tcp-reset", timeouts.tcpReset(), 1, "RFC 7857 section 2.2");
        timeout("timeouts.icmp-query", timeouts.icmpQuery(), 60, "RFC 5508 REQ-2");
        timeout("timeouts.portless", timeouts.portless(), 120, "as for UDP");
        timeout("timeouts.held-syn", timeouts.heldSyn(), 6, "RFC 5382 REQ-4");
        timeout("timeouts.fragments", timeouts.fragments(), 2, "RFC 791 section 3.2");
    }

    private void timeout(String setting, Duration value, long floorSeconds, String source) {
        boolean allowed =
                value.compareTo(Duration.ofSeconds(floorSeconds)) >= 0 && value.compareTo(Timeouts.LONGEST) <= 0;
        require(allowed, setting, value, floorSeconds + " s to 20 days (" + source + ")");
    }

    private void limits() {
        Limits limits = config.limits();
        limit("limits.sessions", limits.sessions());
        limit("limits.hosts", limits.hosts());
        limit("limits.mappings", limits.mappings());
        limit("limits.mappings-per-host", limits.mappingsPerHost());
        limit("limits.udp-mappings-per-host", limits.udpMappingsPerHost());
        limit("limits.tcp-mappings-per-host", limits.tcpMappingsPerHost());
        limit("limits.icmp-mappings-per-host", limits.icmpMappingsPerHost());
        limit("limits.sessions-per-host", limits.sessionsPerHost());
        limit("limits.sessions-per-mapping", limits.sessionsPerMapping());
        limit("limits.held-syns", limits.heldSyns());
        thresholds(limits.thresholds());
    }

    private void thresholds(Thresholds thresholds) {
        limit("limits.thresholds.addresses-high", thresholds.addressesHigh());
        range("limits.thresholds.addresses-low", thresholds.addressesLow(), 0, thresholds.addressesHigh());
        limit("limits.thresholds.mappings", thresholds.mappings());
        limit("limits.thresholds.mappings-per-host", thresholds.mappingsPerHost());
        limit("limits.thresholds.hosts", thresholds.hosts());
    }

    private void limit(String setting, int value) {
        range(setting, value, 1, Limits.MOST);
    }

    private void rates() {
        rate("rates.sessions-per-host", config.rates().sessionsPerHost());
        rate("rates.sessions", config.rates().sessions());
        rate("rates.mid-stream", config.rates().midStream());
        rate("icmp.answer-rate", config.icmp().answerRate());
    }

    private void rate(String setting, Rate rate) {
        range(setting + ".per-second", rate.perSecond(), 1, MOST_TOKENS);
        range(setting + ".burst", rate.burst(), 1, MOST_TOKENS);
    }

    private void identifiers() {
        IdentifierPolicy policy = config.identifiers();
        policy.excluded().forEach(id -> range("identifiers.excluded", id, 0, 65_535));
        Rest rest = policy.rest();
        boolean open = Stream.of(config.behaviours().udp(), config.behaviours().tcp())
                .anyMatch(b -> b.filtering() == Dependence.ENDPOINT_INDEPENDENT);
        long floor = open ? 120 : 0;
        boolean allowed = rest.time().compareTo(Duration.ofSeconds(floor)) >= 0
                && rest.time().compareTo(Timeouts.LONGEST) <= 0;
        require(allowed, "identifiers.rest.time", rest.time(), floor + " s to 20 days (RFC 6888 REQ-8)");
        range("identifiers.rest.most", rest.most(), 0, Limits.MOST);
    }

    private void assignment() {
        Assignment assignment = config.identifiers().assignment();
        if (assignment instanceof Assignment.Blocks blocks) {
            block("identifiers.assignment.block", blocks.size());
        } else if (assignment instanceof Assignment.Deterministic fixed) {
            block("identifiers.assignment.overflow-block", fixed.overflowBlock());
            int ports = fixed.overflowPorts();
            boolean allowed = ports >= 0 && ports <= 32_768 && ports % Math.max(1, fixed.overflowBlock()) == 0;
            String what = "0 to 32768, a multiple of the overflow block of " + fixed.overflowBlock();
            require(allowed, "identifiers.assignment.overflow-ports", ports, what);
            if (allowed) {
                DeterministicRanges.shortage(config, fixed).ifPresent(problems::add);
            }
        }
    }

    private void block(String setting, int size) {
        boolean allowed = size >= 64 && size <= 16_384 && Integer.bitCount(size) == 1;
        require(allowed, setting, size, "a power of two, 64 to 16384");
    }

    private void udp() {
        int ports = config.udp().shortTimeouts().size();
        range("udp.short-timeouts.count", ports, 0, UdpPolicy.MOST_SHORT_TIMEOUTS);
        config.udp().shortTimeouts().forEach((port, timeout) -> {
            range("udp.short-timeouts", port, 1, 1023);
            timeout("udp.short-timeouts." + port, timeout, 1, "RFC 4787 REQ-5a");
        });
    }

    private void tcp() {
        clamp("tcp.mss-from-inside", config.tcp().mssFromInside());
        clamp("tcp.mss-from-outside", config.tcp().mssFromOutside());
    }

    private void clamp(String setting, MssClamp clamp) {
        if (clamp instanceof MssClamp.To to) {
            range(setting, to.bytes(), 28, 65_495);
        }
    }

    private void fragments() {
        FragmentPolicy fragments = config.fragments();
        range("fragments.bytes", fragments.bytes(), LEAST_FRAGMENT_BYTES, MOST_FRAGMENT_BYTES);
        range("fragments.bytes-per-source", fragments.bytesPerSource(), LEAST_FRAGMENT_BYTES, MOST_FRAGMENT_BYTES);
        range("fragments.pieces-per-datagram", fragments.piecesPerDatagram(), 2, 8_192);
    }

    private void path() {
        mtu("path.inside-mtu", config.path().insideMtu());
        mtu("path.outside-mtu", config.path().outsideMtu());
    }

    private void mtu(String setting, int value) {
        require(value >= 68 && value <= PathPolicy.LARGEST_MTU, setting, value, "68 to 65535 bytes");
    }

    private void exemptions() {
        for (Exemption exemption : config.exemptions()) {
            boolean allowed = exemption.firstPort() >= 0
                    && exemption.firstPort() <= exemption.lastPort()
                    && exemption.lastPort() <= 65_535;
            require(allowed, "exemptions", exemption, "a range of ports within 0 to 65535");
        }
    }

    private void portless() {
        Set<Integer> never = Set.of(1, 6, 17, 51);
        for (int protocol : config.portless()) {
            boolean allowed = protocol >= 0 && protocol <= 255 && !never.contains(protocol);
            require(
                    allowed,
                    "portless",
                    protocol,
                    "0 to 255, but not 1, 6 and 17, which have identifiers, nor AH (51)");
        }
    }

    private void range(String setting, int value, int least, int most) {
        require(value >= least && value <= most, setting, value, least + " to " + most);
    }

    private void require(boolean allowed, String setting, Object value, String what) {
        if (!allowed) {
            problems.add(new ConfigProblem(setting, String.valueOf(value), what));
        }
    }
}
