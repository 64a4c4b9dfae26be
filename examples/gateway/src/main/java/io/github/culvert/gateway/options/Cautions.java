package io.github.culvert.gateway.options;

import io.github.culvert.nat.config.Timeouts;
import io.github.culvert.pptp.PptpConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is allowed, but should not go without a word: less than an RFC asks for, or a protocol that is broken. */
public final class Cautions {
    /** What RFC 5382 REQ-5 asks for connections that are neither established nor gone. */
    private static final Duration TRANSITORY = Duration.ofMinutes(4);

    private Cautions() {}

    /**
     * What to warn of.
     *
     * @param config a configuration
     * @return a line for each setting that is worth a warning
     */
    public static List<String> of(GatewayConfig config) {
        Timeouts timeouts = config.nat().timeouts();
        return Stream.of(
                        shorter("timeouts.tcp-opening", timeouts.tcpOpening(), "RFC 7857 section 2.1"),
                        shorter("timeouts.tcp-reset", timeouts.tcpReset(), "RFC 7857 section 2.2"),
                        broken(config),
                        idle(config))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Who lets PPTP through should know what it is worth. */
    private static Optional<String> broken(GatewayConfig config) {
        return config.isEnabled(AlgName.PPTP)
                ? Optional.of("enable: pptp is on, whose MS-CHAPv2 and MPPE are broken: who records a login can decrypt"
                        + " all that follows. Use WireGuard or IKEv2 instead, which need no ALG")
                : Optional.empty();
    }

    private static Optional<String> idle(GatewayConfig config) {
        boolean idle = !config.isEnabled(AlgName.PPTP) && !config.pptp().equals(PptpConfig.STANDARD);
        return idle
                ? Optional.of("pptp: its settings have no effect, since enable does not name it")
                : Optional.empty();
    }

    private static Optional<String> shorter(String key, Duration value, String allowedBy) {
        return value.compareTo(TRANSITORY) < 0
                ? Optional.of(key + ": " + Values.durationText(value)
                        + " is shorter than the 240 s of RFC 5382 REQ-5, as " + allowedBy + " allows")
                : Optional.empty();
    }
}
