package io.github.culvert.gateway.replay;

import io.github.culvert.nat.config.Timeouts;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.refusal.Refusal;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says whether a refusal is borne out by the packet, or by what passed before it. A NAT that refuses the answer to what
 * it has just let out, or calls a right checksum wrong, is not excused by naming a reason.
 */
final class RefusalJudge {
    private interface Rule {
        /** What contradicts the refusal of a packet at a moment, empty if nothing does. */
        Optional<String> contradiction(Recorded packet, long now);
    }

    private final Map<Refusal, Rule> rules = new EnumMap<>(Refusal.class);
    private final LearnedEndpoints learned;
    private final Timeouts timeouts;

    RefusalJudge(LearnedEndpoints learned, Timeouts timeouts) {
        this.learned = learned;
        this.timeouts = timeouts;
        rules.put(Refusal.NO_MAPPING, this::asked);
        rules.put(Refusal.FILTERED, this::asked);
        rules.put(Refusal.TCP_WITHOUT_SYN, this::open);
        rules.put(Refusal.CUT_SHORT, (p, now) -> says(p.datagram().whole(), "all of its bytes were captured"));
        rules.put(
                Refusal.BAD_IP_CHECKSUM,
                (p, now) -> says(InternetSum.headerIsRight(p.datagram()), "its IPv4 header checksum is right"));
        Rule fragment = (p, now) -> says(!p.datagram().isFragment(), "it is no fragment");
        rules.put(Refusal.BAD_FRAGMENT, fragment);
        rules.put(Refusal.TINY_FRAGMENT, fragment);
        rules.put(Refusal.FRAGMENT_OVERLAP, fragment);
        rules.put(Refusal.FRAGMENT_DUPLICATE, fragment);
        rules.put(Refusal.FRAGMENT_TIMEOUT, fragment);
        rules.put(Refusal.FRAGMENT_LIMIT, fragment);
        rules.put(Refusal.SPOOFED_INSIDE, (p, now) -> says(true, "its source is inside"));
        Rule checksum = (p, now) -> says(
                InternetSum.transport(p.datagram()).isPresent(), "its checksum is right, or was said to be trusted");
        rules.put(Refusal.BAD_TRANSPORT_CHECKSUM, checksum);
        rules.put(Refusal.BAD_ICMP_CHECKSUM, checksum);
    }

    /**
     * What contradicts a refusal.
     *
     * @param reason the reason that the NAT gave
     * @param packet the packet as it was recorded
     * @param now the time that the NAT was told
     * @return the contradiction; empty if the refusal is explained
     */
    Optional<String> contradiction(Refusal reason, Recorded packet, long now) {
        Rule rule = rules.get(reason);
        return rule == null ? Optional.empty() : rule.contradiction(packet, now);
    }

    /** Whether the NAT must still have a mapping of the inside endpoint of a packet. */
    boolean mustHaveMapping(Recorded packet, long now) {
        return learned.hasSentAnywhere(packet.flow(), since(packet, now));
    }

    private Optional<String> asked(Recorded packet, long now) {
        return says(
                packet.direction() == Direction.INBOUND && learned.hasSentToHost(packet.flow(), since(packet, now)),
                "the inside endpoint has sent to this host within the timeout");
    }

    private Optional<String> open(Recorded packet, long now) {
        return says(
                learned.hasSent(packet.flow(), since(packet, now)),
                "packets of this connection have passed within the timeout");
    }

    /** The earliest moment from which a session must still be alive, whatever state it is in. */
    private long since(Recorded packet, long now) {
        Duration shortest = switch (packet.datagram().protocol()) {
            case Datagram.TCP -> shortestOfTcp();
            case Datagram.ICMP -> timeouts.icmpQuery();
            default -> timeouts.udp();
        };
        return now - shortest.toNanos();
    }

    private Duration shortestOfTcp() {
        return Stream.of(timeouts.tcpOpening(), timeouts.tcpEstablished(), timeouts.tcpClosing(), timeouts.tcpReset())
                .min(Duration::compareTo)
                .orElseThrow();
    }

    private static Optional<String> says(boolean contradicted, String text) {
        return contradicted ? Optional.of(text) : Optional.empty();
    }
}
