package io.github.culvert.gateway.options;

import io.github.culvert.nat.config.NatConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is allowed, but less than an RFC asks for. */
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
    public static List<String> of(NatConfig config) {
        return Stream.of(
                        shorter("timeouts.tcp-opening", config.timeouts().tcpOpening(), "RFC 7857 section 2.1"),
                        shorter("timeouts.tcp-reset", config.timeouts().tcpReset(), "RFC 7857 section 2.2"))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> shorter(String key, Duration value, String allowedBy) {
        return value.compareTo(TRANSITORY) < 0
                ? Optional.of(key + ": " + Values.durationText(value)
                        + " is shorter than the 240 s of RFC 5382 REQ-5, as " + allowedBy + " allows")
                : Optional.empty();
    }
}
