package io.github.culvert.gateway.replay;

import io.github.culvert.nat.config.Behaviour;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.Timeouts;
import io.github.culvert.nat.mapping.Dependence;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.refusal.Refusal;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Says whether a refusal is borne out by the packet, or by what passed before it. A NAT that refuses the answer to what
 * it has just let out, or calls a right checksum wrong, is not excused by naming a reason.
 */
final class RefusalJudge {
    private static final int LEAST_MTU = 68;
    private static final Set<Refusal> FRAGMENTS = EnumSet.of(
            Refusal.BAD_FRAGMENT,
            Refusal.TINY_FRAGMENT,
            Refusal.FRAGMENT_OVERLAP,
            Refusal.FRAGMENT_DUPLICATE,
            Refusal.FRAGMENT_TIMEOUT,
            Refusal.FRAGMENT_LIMIT);

    private static final Set<Refusal> CONTROL = EnumSet.of(
            Refusal.STREAM_OUT_OF_ORDER,
            Refusal.STREAM_OUT_OF_WINDOW,
            Refusal.STREAM_INCONSISTENT,
            Refusal.STREAM_LIMIT,
            Refusal.CHANNEL_CUT,
            Refusal.CHANNEL_REFUSED);

    private interface Rule {
        /** What contradicts the refusal of a packet at a moment, empty if nothing does. */
        Optional<String> contradiction(Recorded packet, long now);
    }

    /** Rules that look at the packet itself. */
    private final Map<Refusal, Rule> rules = new EnumMap<>(Refusal.class);
    /** Rules that look at its flow, which only the first fragment of a datagram shows. */
    private final Map<Refusal, Rule> flowRules = new EnumMap<>(Refusal.class);

    private final LearnedEndpoints learned;
    private final CallBook calls;
    private final NatConfig config;

    RefusalJudge(LearnedEndpoints learned, CallBook calls, NatConfig config) {
        this.learned = learned;
        this.calls = calls;
        this.config = config;
        flowRules.put(Refusal.NO_MAPPING, this::asked);
        flowRules.put(Refusal.FILTERED, this::asked);
        flowRules.put(Refusal.TCP_WITHOUT_SYN, this::open);
        rules.put(Refusal.NO_QUOTED_SESSION, this::quotes);
        Rule control = (p, now) -> says(!calls.mayRead(p.flow()), "it is of no control connection");
        CONTROL.forEach(reason -> rules.put(reason, control));
        rules.put(
                Refusal.STREAM_OUT_OF_ORDER,
                (p, now) -> control.contradiction(p, now)
                        .or(() -> says(calls.isInOrder(p), "all bytes of its stream before it have passed")));
        seenInThePacket();
    }

    private void seenInThePacket() {
        rules.put(Refusal.CUT_SHORT, (p, now) -> says(p.datagram().whole(), "all of its bytes were captured"));
        rules.put(
                Refusal.BAD_IP_CHECKSUM,
                (p, now) -> says(InternetSum.headerIsRight(p.datagram()), "its IPv4 header checksum is right"));
        Rule fragment = (p, now) -> says(!p.datagram().isFragment(), "it is no fragment");
        FRAGMENTS.forEach(reason -> rules.put(reason, fragment));
        rules.put(Refusal.SPOOFED_INSIDE, (p, now) -> says(true, "its source is inside"));
        Rule checksum = (p, now) -> says(
                InternetSum.transport(p.datagram()).isPresent(), "its checksum is right, or was said to be trusted");
        rules.put(Refusal.BAD_TRANSPORT_CHECKSUM, checksum);
        rules.put(Refusal.BAD_ICMP_CHECKSUM, checksum);
        rules.put(
                Refusal.TOO_BIG,
                (p, now) -> says(p.datagram().totalLength() <= mtu(p), "it fits the MTU of " + mtu(p)));
        rules.put(
                Refusal.BAD_INNER_IP_CHECKSUM,
                (p, now) -> p.datagram()
                        .quote()
                        .flatMap(q -> says(InternetSum.headerIsRight(q), "the header that it quotes is right")));
        rules.put(
                Refusal.MTU_TOO_SMALL,
                (p, now) -> says(p.datagram().u16(p.datagram().transport() + 6) >= LEAST_MTU, "its MTU is possible"));
        rules.put(
                Refusal.ICMP_DISABLED,
                (p, now) -> says(Stream.of(0, 3, 8, 11).anyMatch(t -> t == icmpType(p)), "its type always passes"));
    }

    private static int icmpType(Recorded packet) {
        return packet.datagram().u8(packet.datagram().transport());
    }

    private int mtu(Recorded packet) {
        return packet.direction() == Direction.OUTBOUND
                ? config.path().outsideMtu()
                : config.path().insideMtu();
    }

    /**
     * What contradicts a refusal.
     *
     * @param reason the reason that the NAT gave
     * @param packet the packet as it was recorded
     * @param whole the same, or the first fragment of its datagram
     * @param now the time that the NAT was told
     * @return the contradiction; empty if the refusal is explained
     */
    Optional<String> contradiction(Refusal reason, Recorded packet, Recorded whole, long now) {
        Rule rule = rules.getOrDefault(reason, (p, n) -> Optional.empty());
        Rule flowRule = flowRules.getOrDefault(reason, (p, n) -> Optional.empty());
        return rule.contradiction(packet, now)
                .or(() -> flowRule.contradiction(whole, now))
                .or(() -> ofCall(reason, whole));
    }

    /** Whether it is GRE of a call that the NAT has let happen. */
    private Optional<String> ofCall(Refusal reason, Recorded whole) {
        return switch (reason.kind()) {
            case UNSOLICITED, UNSUPPORTED -> says(calls.mustPass(whole), "its call is open");
            case MALFORMED, POLICY, LIMIT -> Optional.empty();
        };
    }

    /** Whether the NAT must still have a mapping of the inside endpoint of a packet. */
    boolean mustHaveMapping(Recorded packet, long now) {
        return learned.hasSentAnywhere(packet.flow(), since(packet, now));
    }

    /** Whether the inside endpoint has sent where the configuration lets an answer from this remote in for. */
    private Optional<String> asked(Recorded packet, long now) {
        FlowKey flow = packet.flow();
        long since = since(packet, now);
        boolean asked = packet.direction() == Direction.INBOUND
                && switch (strictest(packet)) {
                    case ENDPOINT_INDEPENDENT -> learned.hasSentAnywhere(flow, since);
                    case ADDRESS_DEPENDENT -> learned.hasSentToHost(flow, since);
                    case ADDRESS_AND_PORT_DEPENDENT -> learned.hasSent(flow, since);
                };
        String whom = strictest(packet) == Dependence.ENDPOINT_INDEPENDENT ? "" : " to this host";
        return says(asked, "the inside endpoint has sent" + whom + " within the timeout");
    }

    private Dependence strictest(Recorded packet) {
        Behaviour behaviour = switch (packet.datagram().protocol()) {
            case Datagram.TCP -> config.behaviours().tcp();
            case Datagram.UDP -> config.behaviours().udp();
            case Datagram.ICMP -> config.behaviours().icmp();
            default -> Behaviour.STANDARD;
        };
        return Stream.of(behaviour.mapping(), behaviour.filtering())
                .max(Dependence::compareTo)
                .orElseThrow();
    }

    private Optional<String> open(Recorded packet, long now) {
        boolean pickedUp =
                packet.direction() == Direction.OUTBOUND && config.tcp().midStream() && !isReset(packet.datagram());
        return says(
                        learned.hasSent(packet.flow(), since(packet, now)),
                        "packets of this connection have passed within the timeout")
                .or(() -> says(pickedUp, "connections of inside hosts are picked up in their middle"));
    }

    private static boolean isReset(Datagram datagram) {
        return datagram.hasTransport(14) && (datagram.u8(datagram.transport() + 13) & 0x04) != 0;
    }

    /** Whether what an ICMP error quotes belongs to a flow that must be known. */
    private Optional<String> quotes(Recorded packet, long now) {
        Place inside = packet.direction() == Direction.OUTBOUND ? Place.DESTINATION : Place.SOURCE;
        return packet.datagram()
                .quote()
                .filter(quoted -> !quoted.isFragment() && quoted.hasTransport(8))
                .map(quoted -> quoted(packet, quoted, inside))
                .filter(quoted -> learned.hasSent(quoted.flow(), since(quoted, now)))
                .map(quoted -> "what it quotes has been sent within the timeout");
    }

    /** A packet of the quoted flow, in the direction in which its inside endpoint stands where it does. */
    private static Recorded quoted(Recorded error, Datagram quoted, Place inside) {
        Direction direction = inside == Place.SOURCE ? Direction.OUTBOUND : Direction.INBOUND;
        return new Recorded(error.number(), error.timeNanos(), direction, quoted);
    }

    /** The earliest moment from which a session must still be alive, whatever state it is in. */
    private long since(Recorded packet, long now) {
        Timeouts timeouts = config.timeouts();
        Duration shortest = switch (packet.datagram().protocol()) {
            case Datagram.TCP -> shortestOfTcp(timeouts);
            case Datagram.ICMP -> timeouts.icmpQuery();
            case Datagram.UDP -> shortestOfUdp(packet.flow().remote());
            default -> timeouts.portless();
        };
        return now - shortest.toNanos();
    }

    private Duration shortestOfUdp(Endpoint remote) {
        Duration ofPort = config.udp().shortTimeouts().get((int) remote.identifier());
        Duration udp = config.timeouts().udp();
        return ofPort != null && ofPort.compareTo(udp) < 0 ? ofPort : udp;
    }

    private static Duration shortestOfTcp(Timeouts timeouts) {
        return Stream.of(timeouts.tcpOpening(), timeouts.tcpEstablished(), timeouts.tcpClosing(), timeouts.tcpReset())
                .min(Duration::compareTo)
                .orElseThrow();
    }

    private static Optional<String> says(boolean contradicted, String text) {
        return contradicted ? Optional.of(text) : Optional.empty();
    }
}
