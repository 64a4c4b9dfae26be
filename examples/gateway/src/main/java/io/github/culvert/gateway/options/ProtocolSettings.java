package io.github.culvert.gateway.options;

import io.github.culvert.nat.config.IcmpPolicy;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.NoRoom;
import io.github.culvert.nat.config.OptionalIcmp;
import io.github.culvert.nat.config.TcpPolicy;
import io.github.culvert.nat.config.UdpPolicy;
import io.github.culvert.nat.config.UnsolicitedSyn;
import io.github.culvert.nat.mapping.Side;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What is special about UDP, TCP and ICMP. */
final class ProtocolSettings {
    private static final Part<UdpPolicy> UDP = Part.ofNat(NatConfig::udp, NatConfig::withUdp);
    private static final Part<TcpPolicy> TCP = Part.ofNat(NatConfig::tcp, NatConfig::withTcp);
    private static final Part<IcmpPolicy> ICMP = Part.ofNat(NatConfig::icmp, NatConfig::withIcmp);

    private static final Section OF_UDP = Section.mixed(
            "udp",
            "Shorter timeouts of sessions to well-known remote ports, such as short-timeouts=53:10s, and whether"
                    + " packets from the outside refresh a session.",
            UDP.many(
                    "short-timeouts",
                    Forms.SHORT_TIMEOUT,
                    ProtocolSettings::shortTimeouts,
                    ProtocolSettings::withShortTimeouts),
            UDP.one("inbound-refresh", Forms.SWITCH, UdpPolicy::inboundRefresh, UdpPolicy::withInboundRefresh));

    private static final Section OF_TCP = Section.mixed(
            "tcp",
            "The answer to an unsolicited SYN, connections found in their middle, and to what the MSS in a SYN is"
                    + " lowered.",
            TCP.one(
                    "unsolicited-syn",
                    Form.choice(List.of(UnsolicitedSyn.values())),
                    TcpPolicy::unsolicitedSyn,
                    TcpPolicy::withUnsolicitedSyn),
            TCP.one("mid-stream", Forms.SWITCH, TcpPolicy::midStream, TcpPolicy::withMidStream),
            TCP.one("mss-from-inside", Forms.CLAMP, TcpPolicy::mssFromInside, TcpPolicy::withMssFromInside),
            TCP.one("mss-from-outside", Forms.CLAMP, TcpPolicy::mssFromOutside, TcpPolicy::withMssFromOutside));

    private static final Section OF_ICMP = Section.mixed(
            "icmp",
            "Which messages pass besides echo, unreachable and time exceeded, and which the NAT sends itself.",
            ICMP.many(
                    "passes",
                    Form.choice(List.of(OptionalIcmp.values())),
                    policy -> sorted(policy.passes()),
                    (policy, types) -> policy.withPasses(Set.copyOf(types))),
            ICMP.one("no-room", Form.choice(List.of(NoRoom.values())), IcmpPolicy::noRoom, IcmpPolicy::withNoRoom),
            ICMP.many(
                    "answers",
                    Form.choice(List.of(Side.INSIDE, Side.OUTSIDE)),
                    policy -> sorted(policy.answers()),
                    (policy, sides) -> policy.withAnswers(Set.copyOf(sides))),
            ICMP.one("answer-rate", Forms.RATE, IcmpPolicy::answerRate, IcmpPolicy::withAnswerRate),
            ICMP.one("check-sequence", Forms.SWITCH, IcmpPolicy::checkSequence, IcmpPolicy::withCheckSequence),
            ICMP.optional("inside-address", Forms.ADDRESS, IcmpPolicy::insideAddress, IcmpPolicy::withInsideAddress));

    static final Group GROUP = Group.of("Protocols", OF_UDP, OF_TCP, OF_ICMP);

    private ProtocolSettings() {}

    private static Collection<Map.Entry<Integer, Duration>> shortTimeouts(UdpPolicy policy) {
        return policy.shortTimeouts().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .toList();
    }

    private static UdpPolicy withShortTimeouts(UdpPolicy policy, List<Map.Entry<Integer, Duration>> timeouts) {
        return policy.withShortTimeouts(timeouts.stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (earlier, later) -> later)));
    }

    private static <E extends Enum<E>> List<E> sorted(Set<E> set) {
        return set.stream().sorted().toList();
    }
}
