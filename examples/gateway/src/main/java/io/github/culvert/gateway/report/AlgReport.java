package io.github.culvert.gateway.report;

import io.github.culvert.nat.audit.Advice;
import io.github.culvert.nat.audit.Finding;
import io.github.culvert.nat.engine.NatEngine;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the application level gateways have to tell.
 *
 * @param notices how often each notice was given, by name, without those that were not
 * @param vpns the VPNs that were seen, by inside host and remote address
 */
public record AlgReport(Map<String, Long> notices, List<Finding> vpns) {
    private static final Comparator<Finding> BY_HOSTS =
            Comparator.comparing(Finding::host).thenComparing(Finding::peer).thenComparing(Finding::protocol);

    /** Nothing. */
    public static final AlgReport NOTHING = new AlgReport(Map.of(), List.of());

    /** Sorts both. */
    public AlgReport {
        notices = Map.copyOf(notices);
        vpns = vpns.stream().sorted(BY_HOSTS).toList();
    }

    /**
     * What those of an engine have to tell now.
     *
     * @param engine the engine, in its own thread
     * @return the report
     */
    public static AlgReport of(NatEngine engine) {
        return new AlgReport(engine.counters().notices(), engine.table().findings());
    }

    /**
     * The notices, sorted by name.
     *
     * @return how often each was given
     */
    public Map<String, Long> sortedNotices() {
        return new TreeMap<>(notices);
    }

    /**
     * What to do about what was seen.
     *
     * @return each advice once
     */
    public List<Advice> advice() {
        return vpns.stream().map(Finding::advice).distinct().toList();
    }
}
