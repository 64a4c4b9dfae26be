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

/** The calls of a recording, by the Call IDs that GRE may carry. Each map has the latest call of a key. */
final class Calls {
    private final Map<FlowKey, Call> byInside = new HashMap<>();
    private final Map<FlowKey, Call> byOutside = new HashMap<>();
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

    /** Its name has left; one that the NAT need not open takes none away from a call that is open. */
    void left(Ipv4Address address, Ipv4Address remote, Call call, long now) {
        byOutside.merge(
                key(address, call.outsideId(), remote, 0),
                call,
                (holder, other) -> holder.mustPass(now) && !other.isCertain() ? holder : other);
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

    /** The call that a remote host knows by this Call ID at this public address. */
    Optional<Call> byOutside(Ipv4Address address, int id, Ipv4Address remote) {
        return Optional.ofNullable(byOutside.get(key(address, id, remote, 0)));
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
