package io.github.culvert.gateway.report;

import io.github.culvert.nat.mapping.Mapping;
import io.github.culvert.nat.mapping.Session;
import java.util.List;

/**
 * What a replay found.
 *
 * @param input the name of the recording
 * @param tally the counts
 * @param damage where and how the file is damaged, empty if it is not
 * @param flows the flows, in the order of their first packets
 * @param mappings the mappings at the end
 * @param sessions the sessions at the end
 * @param calls the PPTP calls, in the order in which they were asked for
 * @param algs what the ALGs have to tell
 */
public record ReplayResult(
        String input,
        Tally tally,
        String damage,
        List<FlowCount> flows,
        List<Mapping> mappings,
        List<Session> sessions,
        List<CallCount> calls,
        AlgReport algs) {

    /** Copies the lists. */
    public ReplayResult {
        flows = List.copyOf(flows);
        mappings = List.copyOf(mappings);
        sessions = List.copyOf(sessions);
        calls = List.copyOf(calls);
    }
}
