package io.github.culvert.gateway.replay;

import io.github.culvert.gateway.report.CallCount;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.packet.Ipv4Address;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The calls of a recording, by the Call IDs that GRE may carry. Where a Call ID is used again, the latest call counts. */
final class Calls {
    /** How many calls that left with one Call ID are remembered, the latest ones. */
    private static final int MOST_ALIKE = 16;

    private final Map<FlowKey, Call> byInside = new HashMap<>();
    private final Map<FlowKey, List<Call>> byOutside = new HashMap<>();
    private final Map<FlowKey, Call> byRemote = new HashMap<>();
    private final Map<FlowKey, Call> latest = new HashMap<>();
    private final Map<Ipv4Address, List<Call>> ofHost = new HashMap<>();
    private final Map<Call, FlowKey> hosts = new LinkedHashMap<>();

    /** An inside host has named a call. */
    void named(Ipv4Address inside, Ipv4Address remote, Call call) {
        byInside.put(key(inside, call.insideId(), remote, 0), call);
        latest.put(key(inside, 0, remote, 0), call);
        hosts.put(call, key(inside, call.insideId(), remote, 0));
        List<Call> calls = ofHost.computeIfAbsent(inside, host -> new ArrayList<>());
        calls.removeIf(Call::isOverNow);
        calls.add(call);
    }

    /** Its name has left. */
    void left(Ipv4Address address, Ipv4Address remote, Call call) {
        List<Call> alike = byOutside.computeIfAbsent(key(address, call.outsideId(), remote, 0), k -> new ArrayList<>());
        alike.add(0, call);
        alike.subList(Math.min(MOST_ALIKE, alike.size()), alike.size()).clear();
    }

    /** The remote host has a Call ID for it. */
    void linked(Ipv4Address inside, Ipv4Address remote, int remoteId, Call call) {
        byRemote.put(key(inside, 0, remote, remoteId), call);
        hosts.replace(call, key(inside, call.insideId(), remote, remoteId));
    }

    /** All of them, in their order. */
    List<CallCount> counts() {
        return hosts.entrySet().stream()
                .map(entry -> entry.getKey().counted(entry.getValue()))
                .toList();
    }

    /** The inside host of a call and its Call ID. */
    Optional<Endpoint> insideOf(Call call) {
        return Optional.ofNullable(hosts.get(call)).map(FlowKey::inside);
    }

    /** How many calls of an inside host are not over. */
    int countOf(Ipv4Address inside) {
        return (int) ofHost.getOrDefault(inside, List.of()).stream()
                .filter(call -> !call.isOverNow())
                .count();
    }

    /** The call that an inside host knows by this Call ID of its own. */
    Optional<Call> byInside(Ipv4Address inside, int id, Ipv4Address remote) {
        return Optional.ofNullable(byInside.get(key(inside, id, remote, 0)));
    }

    /**
     * The calls that a remote host knows by this Call ID at this public address: one, unless the NAT was not told enough
     * of another to give it a Call ID of its own.
     */
    List<Call> byOutside(Ipv4Address address, int id, Ipv4Address remote) {
        return byOutside.getOrDefault(key(address, id, remote, 0), List.of());
    }

    /** The call for which a remote host has this Call ID. */
    Optional<Call> byRemote(Ipv4Address inside, Ipv4Address remote, int id) {
        return Optional.ofNullable(byRemote.get(key(inside, 0, remote, id)));
    }

    /** The latest call of two hosts. */
    Optional<Call> latest(Ipv4Address inside, Ipv4Address remote) {
        return Optional.ofNullable(latest.get(key(inside, 0, remote, 0)));
    }

    private static FlowKey key(Ipv4Address near, int nearId, Ipv4Address remote, int remoteId) {
        return new FlowKey(Datagram.GRE, new Endpoint(near, nearId), new Endpoint(remote, remoteId));
    }
}
