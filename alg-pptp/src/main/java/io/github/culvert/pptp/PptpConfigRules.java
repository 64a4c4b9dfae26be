package io.github.culvert.pptp;

import io.github.culvert.pptp.PptpConfig.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a {@link PptpConfig} must fulfil. */
final class PptpConfigRules {
    private static final int MOST_PORTS = 16;

    private final List<Problem> problems = new ArrayList<>();

    private PptpConfigRules() {}

    static List<Problem> problems(PptpConfig config) {
        PptpConfigRules rules = new PptpConfigRules();
        rules.ports(config.controlPorts());
        rules.time("expected", config.expected(), 30);
        rules.time("idle", config.idle(), 120);
        rules.time("rest", config.rest(), 0);
        rules.time("linger", config.linger(), 0);
        rules.range("calls-per-connection", config.callsPerConnection(), 1, 256);
        rules.range("calls-per-host", config.callsPerHost(), 1, 65_534);
        return List.copyOf(rules.problems);
    }

    private void ports(List<Integer> ports) {
        require(
                !ports.isEmpty() && ports.size() <= MOST_PORTS,
                "control-ports",
                ports,
                "one port to " + MOST_PORTS + " ports");
        Set<Integer> seen = new HashSet<>();
        for (int port : ports) {
            range("control-ports", port, 1, 65_535);
            require(seen.add(port), "control-ports", port, "each port once");
        }
    }

    private void time(String setting, Duration value, long floorSeconds) {
        boolean allowed =
                value.compareTo(Duration.ofSeconds(floorSeconds)) >= 0 && value.compareTo(PptpConfig.LONGEST) <= 0;
        require(allowed, setting, value, floorSeconds + " s to 20 days");
    }

    private void range(String setting, int value, int least, int most) {
        require(value >= least && value <= most, setting, value, least + " to " + most);
    }

    private void require(boolean allowed, String setting, Object value, String what) {
        if (!allowed) {
            problems.add(new Problem(setting, value.toString(), what));
        }
    }
}
