package io.github.culvert.gateway.replay;

import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.packet.Ipv4Address;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which public endpoint stands for which inside endpoint, learned only from packets that went in and came out: what
 * the hosts on the outside can know. The NAT is never asked.
 */
final class LearnedEndpoints {
    /** An endpoint of one protocol, on either side. */
    private record Key(int protocol, Endpoint endpoint) {}

    /** What a remote endpoint, or the world, has seen last of an inside endpoint, and when. */
    private record Seen(Endpoint outside, long nanos) {}

    private final Map<FlowKey, Seen> flows = new HashMap<>();
    private final Map<FlowKey, Long> remoteHosts = new HashMap<>();
    private final Map<Key, Seen> outsideOf = new HashMap<>();
    private final Map<Key, Endpoint> insideOf = new HashMap<>();
    private final Map<Ipv4Address, Ipv4Address> hosts = new HashMap<>();

    /** A packet of a flow left with this source. */
    void learn(FlowKey flow, Endpoint outside, long nanos) {
        Seen seen = new Seen(outside, nanos);
        flows.put(flow, seen);
        remoteHosts.put(remoteHost(flow), nanos);
        outsideOf.put(new Key(flow.protocol(), flow.inside()), seen);
        insideOf.put(new Key(flow.protocol(), outside), flow.inside());
        hosts.put(flow.inside().address(), outside.address());
    }

    /**
     * The endpoint to which a remote host would send its next packet of a flow: the one that it saw last itself, else
     * the one that the world saw last.
     */
    Optional<Endpoint> outsideOf(FlowKey flow) {
        Seen own = flows.get(flow);
        Seen any = own != null ? own : outsideOf.get(new Key(flow.protocol(), flow.inside()));
        return Optional.ofNullable(any).map(Seen::outside);
    }

    /** The public address that stood for an inside host last. */
    Optional<Ipv4Address> addressOf(Ipv4Address inside) {
        return Optional.ofNullable(hosts.get(inside));
    }

    /** The inside endpoint for which a public endpoint stood last. */
    Optional<Endpoint> insideOf(int protocol, Endpoint outside) {
        return Optional.ofNullable(insideOf.get(new Key(protocol, outside)));
    }

    /** Whether a packet of this flow left at or after a moment. */
    boolean hasSent(FlowKey flow, long since) {
        Seen seen = flows.get(flow);
        return seen != null && seen.nanos >= since;
    }

    /** Whether a packet from the inside endpoint of this flow to its remote host left at or after a moment. */
    boolean hasSentToHost(FlowKey flow, long since) {
        Long last = remoteHosts.get(remoteHost(flow));
        return last != null && last >= since;
    }

    /** Whether any packet from the inside endpoint of this flow left at or after a moment. */
    boolean hasSentAnywhere(FlowKey flow, long since) {
        Seen seen = outsideOf.get(new Key(flow.protocol(), flow.inside()));
        return seen != null && seen.nanos >= since;
    }

    private static FlowKey remoteHost(FlowKey flow) {
        return new FlowKey(
                flow.protocol(), flow.inside(), new Endpoint(flow.remote().address(), 0));
    }
}
