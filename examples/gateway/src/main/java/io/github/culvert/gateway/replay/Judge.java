package io.github.culvert.gateway.replay;

import io.github.culvert.gateway.report.Bystander;
import io.github.culvert.gateway.report.Finding;
import io.github.culvert.gateway.report.FlowCount;
import io.github.culvert.gateway.report.Tally;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.refusal.Refusal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Says of each packet that the NAT gives back whether it is what the recording asks for, and keeps the counts. */
final class Judge {
    private final LearnedEndpoints learned = new LearnedEndpoints();
    private final Map<FlowKey, FlowCount> flows = new LinkedHashMap<>();
    private final Tally tally = new Tally();
    private final Set<Ipv4Address> publicAddresses;
    private final OutsideView view;
    private final RefusalJudge refusals;
    private final Consumer<Finding> findings;

    Judge(NatConfig config, Consumer<Finding> findings) {
        publicAddresses = new HashSet<>(config.publicAddresses());
        view = new OutsideView(
                learned, config.forwards(), config.publicAddresses().get(0));
        refusals = new RefusalJudge(learned, config.timeouts());
        this.findings = findings;
    }

    OutsideView view() {
        return view;
    }

    Tally tally() {
        return tally;
    }

    List<FlowCount> flows() {
        return List.copyOf(flows.values());
    }

    /** A packet left to the outside. */
    void toOutside(Passage passage, Datagram out, long now) {
        if (passage.recorded().direction() == Direction.INBOUND || passage.isSettled()) {
            finding(passage, Finding.Kind.UNEXPECTED, "a packet left to the outside");
            return;
        }
        Endpoint source = Recorded.endpoint(out, Place.SOURCE);
        if (!publicAddresses.contains(source.address())) {
            settle(passage, Finding.Kind.WRONG_BYTE, "its source " + source.address() + " is no public address");
            return;
        }
        Recorded recorded = passage.recorded();
        Optional<String> difference = Comparison.difference(view.behindNat(recorded, source), out);
        learned.learn(recorded.flow(), source, now);
        settle(passage, difference);
    }

    /** A packet left to the inside. */
    void toInside(Passage passage, Datagram out, long now) {
        Recorded recorded = passage.recorded();
        if (recorded.direction() == Direction.OUTBOUND || passage.isSettled()) {
            finding(passage, Finding.Kind.UNEXPECTED, "a packet left to the inside");
            return;
        }
        Optional<String> difference = Comparison.difference(recorded.datagram(), out);
        Endpoint to = Recorded.endpoint(out, Place.DESTINATION);
        if (difference.isPresent() && belongsTo(to, passage) && !refusals.mustHaveMapping(recorded, now)) {
            settle(passage, Finding.Kind.MISDIRECTED, passage.seen().endpoint() + " stands for " + to);
        } else {
            settle(passage, difference);
        }
    }

    /** Whether the public endpoint that a packet was sent to, by guess or long after it was learned, is another's now. */
    private boolean belongsTo(Endpoint to, Passage passage) {
        int protocol = passage.recorded().datagram().protocol();
        return view.holder(protocol, passage.seen().endpoint())
                .filter(to::equals)
                .isPresent();
    }

    /** A packet was left to the machine that the NAT runs on. */
    void toHost(Passage passage, HostTraffic kind) {
        switch (kind) {
            case IPV6 -> bystander(passage, Bystander.IPV6);
            case MULTICAST -> bystander(passage, Bystander.MULTICAST);
            case BROADCAST -> bystander(passage, Bystander.BROADCAST);
            case LINK_LOCAL -> bystander(passage, Bystander.LINK_LOCAL);
            case NOT_OURS, RESERVED, OWN -> settle(passage, Finding.Kind.LOST, "it was taken for the host: " + kind);
        }
    }

    private void bystander(Passage passage, Bystander why) {
        passage.settle();
        tally.bystander(why);
    }

    /** A packet was refused. */
    void refused(Passage passage, Refusal reason, long now) {
        Optional<String> contradiction = refusals.contradiction(reason, passage.recorded(), now);
        if (contradiction.isPresent()) {
            settle(passage, Finding.Kind.LOST, "refused as " + reason + ", but " + contradiction.get());
        } else {
            settle(passage, Finding.Kind.REFUSED, reason.name(), reason.kind().name());
        }
    }

    /** A packet never came out. */
    void neverCameOut(Passage passage) {
        settle(passage, Finding.Kind.LOST, "it never came out");
    }

    /** A packet came out that nobody handed in. */
    void outOfNowhere(Direction direction, Datagram out, long captureNanos) {
        Recorded none = new Recorded(0, captureNanos, direction, out);
        finding(none, Finding.Kind.UNEXPECTED, Finding.Kind.UNEXPECTED.name(), "no recorded packet led to it");
    }

    private void settle(Passage passage, Optional<String> difference) {
        if (difference.isPresent()) {
            settle(passage, Finding.Kind.WRONG_BYTE, difference.get());
            return;
        }
        passage.settle();
        Recorded recorded = passage.recorded();
        tally.offered(protocol(recorded), recorded.direction());
        tally.asRecorded(protocol(recorded));
        count(recorded, 1);
    }

    private void settle(Passage passage, Finding.Kind kind, String detail) {
        settle(passage, kind, kind.name(), detail);
    }

    private void settle(Passage passage, Finding.Kind kind, String reason, String detail) {
        passage.settle();
        Recorded recorded = passage.recorded();
        tally.offered(protocol(recorded), recorded.direction());
        count(recorded, 0);
        finding(recorded, kind, reason, detail);
    }

    private void finding(Passage passage, Finding.Kind kind, String detail) {
        finding(passage.recorded(), kind, kind.name(), detail);
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
