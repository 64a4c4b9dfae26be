package io.github.culvert.gateway.replay;

import io.github.culvert.gateway.report.Bystander;
import io.github.culvert.gateway.report.CallCount;
import io.github.culvert.gateway.report.Finding;
import io.github.culvert.gateway.report.FlowCount;
import io.github.culvert.gateway.report.Tally;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.refusal.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Says of each packet that the NAT gives back whether it is what the recording asks for. */
final class Judge {
    private final LearnedEndpoints learned = new LearnedEndpoints();
    private final Pending pending = new Pending();
    private final Ledger ledger;
    private final OutsideView view;
    private final Expectation expectation;
    private final RefusalJudge refusals;
    private final FragmentBook fragments;
    private final OwnMessages messages;
    private final CallBook calls;

    Judge(NatConfig config, PptpScope pptp, Consumer<Finding> findings) {
        ledger = new Ledger(findings);
        calls = new CallBook(pptp);
        view = new OutsideView(learned, calls, config);
        expectation = new Expectation(config, view, calls);
        refusals = new RefusalJudge(learned, calls, config);
        fragments = new FragmentBook(config.timeouts().fragments());
        messages = new OwnMessages(config);
    }

    Tally tally() {
        return ledger.tally();
    }

    List<FlowCount> flows() {
        return ledger.flows();
    }

    List<CallCount> calls() {
        return calls.counts();
    }

    /** A packet is about to go in. */
    Passage goesIn(Recorded recorded, long now) {
        if (!expectation.isExempt(recorded) && !expectation.turnsRound(recorded)) {
            calls.goesIn(recorded, now);
        }
        boolean readdressed = recorded.direction() == Direction.INBOUND && !expectation.isExempt(recorded);
        Passage passage = Passage.of(recorded, readdressed ? view.beforeNat(recorded) : OutsideView.asItIs(recorded));
        fragments.goesIn(recorded.datagram(), now).ifPresent(passage::belongsTo);
        messages.goesIn(passage);
        pending.add(passage);
        return passage;
    }

    /** A packet left as the one that went in. */
    void left(Passage passage, Direction way, Datagram out, long now) {
        Recorded recorded = passage.recorded();
        if (passage.isSettled() || !expectation.mayLeave(recorded, way)) {
            ledger.unexpected(recorded, "a packet left to the " + (way == Direction.OUTBOUND ? "outside" : "inside"));
        } else if (expectation.fits(out, way)) {
            compare(passage, out, now);
        } else {
            wrong(passage, "it is larger than the MTU of " + expectation.mtu(way));
        }
    }

    private void compare(Passage passage, Datagram out, long now) {
        Recorded recorded = passage.recorded();
        Optional<String> difference = expectation
                .difference(recorded, out)
                .or(() -> passage.fragments().flatMap(f -> fragments.identification(f, recorded.datagram(), out, now)))
                .or(() -> isTranslated(recorded) ? calls.fault(recorded, out) : Optional.empty());
        if (isTranslated(recorded)) {
            learned.learn(recorded.flow(), Recorded.endpoint(out, Place.SOURCE), now);
        }
        if (difference.isEmpty()) {
            if (isTranslated(recorded)) {
                calls.left(recorded, out);
            }
            calls.cameOut(recorded);
            cameOut(passage);
            ledger.asRecorded(passage);
        } else if (isMisdirected(passage, out, now)) {
            cameOut(passage);
            Endpoint to = Recorded.endpoint(out, Place.DESTINATION);
            ledger.settle(passage, Finding.Kind.MISDIRECTED, passage.seen().endpoint() + " stands for " + to);
        } else {
            wrong(passage, difference.get());
        }
    }

    private boolean isTranslated(Recorded recorded) {
        return recorded.direction() == Direction.OUTBOUND && !expectation.isExempt(recorded);
    }

    private void wrong(Passage passage, String detail) {
        cameOut(passage);
        ledger.settle(passage, Finding.Kind.WRONG_BYTE, detail);
    }

    /** Whether the public endpoint that a packet was sent to, by guess or long after it was learned, is another's now. */
    private boolean isMisdirected(Passage passage, Datagram out, long now) {
        Recorded recorded = passage.recorded();
        if (recorded.direction() == Direction.OUTBOUND || calls.mustPass(recorded)) {
            return false;
        }
        Endpoint to = Recorded.endpoint(out, Place.DESTINATION);
        Optional<Endpoint> holder =
                view.holder(recorded.datagram().protocol(), passage.seen().endpoint());
        return calls.isOfOther(recorded, passage.seen().endpoint().address(), out)
                || holder.filter(to::equals).isPresent() && !refusals.mustHaveMapping(recorded, now);
    }

    private void cameOut(Passage passage) {
        pending.remove(passage);
        messages.cameOut(passage);
    }

    /** A packet left that is not the one just handed in: one that was held, a piece, or a message of the NAT. */
    void leftBesides(Direction way, Datagram out, long now, long captureNanos) {
        Optional<Passage> whole = pending.whole(
                out,
                way,
                p -> expectation.mayLeave(p.recorded(), way)
                        && expectation.difference(p.recorded(), out).isEmpty());
        if (messages.isOne(out)) {
            message(way, out, captureNanos);
        } else if (whole.isPresent()) {
            left(whole.get(), way, out, now);
        } else {
            pending.cut(out, way)
                    .ifPresentOrElse(
                            passage -> piece(passage, way, out, now), () -> outOfNowhere(way, out, captureNanos));
        }
    }

    private void message(Direction way, Datagram out, long captureNanos) {
        Optional<String> fault = messages.fault(out, way);
        if (fault.isPresent()) {
            ledger.unexpected(new Recorded(0, captureNanos, way, out), "a message of the NAT: " + fault.get());
        } else {
            ledger.tally().sent(OwnMessages.name(out));
        }
    }

    private void piece(Passage passage, Direction way, Datagram out, long now) {
        if (!expectation.fits(out, way)) {
            wrong(passage, "a piece is larger than the MTU of " + expectation.mtu(way));
        } else if (!InternetSum.headerIsRight(out)) {
            wrong(passage, "the header checksum of a piece is wrong");
        } else {
            passage.joint().add(out).ifPresent(joined -> compare(passage, joined, now));
        }
    }

    /** A packet came out that nobody handed in. */
    private void outOfNowhere(Direction way, Datagram out, long captureNanos) {
        ledger.unexpected(new Recorded(0, captureNanos, way, out), "no recorded packet led to it");
    }

    /** A packet was left to the machine that the NAT runs on. */
    void toHost(Passage passage, HostTraffic kind) {
        cameOut(passage);
        switch (kind) {
            case IPV6 -> ledger.bystander(passage, Bystander.IPV6);
            case MULTICAST -> ledger.bystander(passage, Bystander.MULTICAST);
            case BROADCAST -> ledger.bystander(passage, Bystander.BROADCAST);
            case LINK_LOCAL -> ledger.bystander(passage, Bystander.LINK_LOCAL);
            case NOT_OURS, RESERVED, OWN ->
                ledger.settle(passage, Finding.Kind.LOST, "it was taken for the host: " + kind);
        }
    }

    /** The packet that went in was refused. */
    void refused(Passage passage, Refusal reason, long now) {
        pending.remove(passage);
        Recorded recorded = passage.recorded();
        Optional<String> contradiction = passage.fragments()
                .flatMap(f -> fragments.contradiction(reason, f, recorded.datagram(), now))
                .or(() -> refusals.contradiction(reason, recorded, recorded.ofWhole(passage.fragments()), now));
        calls.refused(recorded);
        if (contradiction.isPresent()) {
            ledger.settle(passage, Finding.Kind.LOST, "refused as " + reason + ", but " + contradiction.get());
        } else {
            ledger.settle(
                    passage, Finding.Kind.REFUSED, reason.name(), reason.kind().name());
        }
    }

    /** A packet was refused that is not the one just handed in: one that was held. */
    void refusedBesides(Datagram packet, Refusal reason, long now, long captureNanos) {
        pending.unchanged(packet)
                .ifPresentOrElse(
                        passage -> refused(passage, reason, now),
                        () -> outOfNowhere(Direction.OUTBOUND, packet, captureNanos));
    }

    /** The replay ends: what is still in never comes out; a fragment may still have waited for the others. */
    void end() {
        for (Passage passage : pending.drain()) {
            if (passage.fragments().filter(f -> !f.areComplete()).isPresent()) {
                ledger.settle(
                        passage, Finding.Kind.REFUSED, "HELD", "the recording ends before its datagram is complete");
            } else if (calls.isAhead(passage.recorded())) {
                ledger.settle(
                        passage,
                        Finding.Kind.REFUSED,
                        "HELD",
                        "the recording lacks what comes before it in its stream");
            } else {
                ledger.settle(passage, Finding.Kind.LOST, "it never came out");
            }
        }
    }
}
