package io.github.culvert.gateway.replay;

import io.github.culvert.gateway.report.Bystander;
import io.github.culvert.gateway.report.Finding;
import io.github.culvert.gateway.report.FlowCount;
import io.github.culvert.gateway.report.Tally;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Keeps the counts of a replay, and passes on what is found. */
final class Ledger {
    private final Map<FlowKey, FlowCount> flows = new LinkedHashMap<>();
    private final Tally tally = new Tally();
    private final Consumer<Finding> findings;

    Ledger(Consumer<Finding> findings) {
        this.findings = findings;
    }

    Tally tally() {
        return tally;
    }

    List<FlowCount> flows() {
        return List.copyOf(flows.values());
    }

    /** A packet came out as recorded. */
    void asRecorded(Passage passage) {
        passage.settle();
        Recorded recorded = passage.recorded();
        tally.offered(protocol(recorded), recorded.direction());
        tally.asRecorded(protocol(recorded));
        count(recorded, 1);
    }

    /** A packet did not come out as recorded, for no other reason than its kind. */
    void settle(Passage passage, Finding.Kind kind, String detail) {
        settle(passage, kind, kind.name(), detail);
    }

    /** A packet did not come out as recorded. */
    void settle(Passage passage, Finding.Kind kind, String reason, String detail) {
        passage.settle();
        Recorded recorded = passage.recorded();
        tally.offered(protocol(recorded), recorded.direction());
        count(recorded, 0);
        finding(recorded, kind, reason, detail);
    }

    /** A packet was not for the NAT after all. */
    void bystander(Passage passage, Bystander why) {
        passage.settle();
        tally.bystander(why);
    }

    /** Something happened that is no fate of a recorded packet. */
    void unexpected(Recorded recorded, String detail) {
        finding(recorded, Finding.Kind.UNEXPECTED, Finding.Kind.UNEXPECTED.name(), detail);
    }

    private void finding(Recorded recorded, Finding.Kind kind, String reason, String detail) {
        Finding finding = new Finding(
                recorded.number(), recorded.timeNanos(), recorded.direction(), recorded.text(), kind, reason, detail);
        tally.found(finding);
        findings.accept(finding);
    }

    private void count(Recorded recorded, int asRecorded) {
        FlowKey key = recorded.flow();
        FlowCount before = flows.get(key);
        FlowCount flow = before != null ? before : FlowCount.of(protocol(recorded), key.insideText(), key.remoteText());
        flows.put(key, flow.plus(recorded.direction(), asRecorded));
    }

    private static String protocol(Recorded recorded) {
        return ProtocolName.of(recorded.datagram().protocol());
    }
}
