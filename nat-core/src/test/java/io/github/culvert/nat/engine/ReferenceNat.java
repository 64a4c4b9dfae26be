package io.github.culvert.nat.engine;

import io.github.culvert.nat.config.Behaviour;
import io.github.culvert.nat.mapping.Dependence;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.packet.Ipv4Address;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A NAT for UDP behind one public address in the plainest words: a list of sessions that is searched from end to end. It
 * does not choose identifiers, but says what it would not choose.
 */
final class ReferenceNat {
    /** A session; {@code outside} is the public identifier. */
    record Flow(Endpoint inside, Endpoint remote, int outside) {}

    private final Behaviour behaviour;
    private final List<Flow> flows = new ArrayList<>();
    /** For whom each mapping was made. */
    private final Map<Integer, Endpoint> firstRemotes = new HashMap<>();

    ReferenceNat(Behaviour behaviour) {
        this.behaviour = behaviour;
    }

    void forget() {
        flows.clear();
        firstRemotes.clear();
    }

    int size() {
        return flows.size();
    }

    List<Integer> identifiers() {
        return List.copyOf(firstRemotes.keySet());
    }

    private Optional<Flow> flow(Endpoint inside, Endpoint remote) {
        return flows.stream()
                .filter(flow -> flow.inside.equals(inside) && flow.remote.equals(remote))
                .findFirst();
    }

    /** The identifier by which a packet goes out, if it is not free to choose. */
    Optional<Integer> identifier(Endpoint inside, Endpoint remote) {
        return flows.stream()
                .filter(flow -> flow.inside.equals(inside) && sharesMapping(flow.remote, remote))
                .map(Flow::outside)
                .findFirst();
    }

    private boolean sharesMapping(Endpoint one, Endpoint other) {
        return switch (behaviour.mapping()) {
            case ENDPOINT_INDEPENDENT -> true;
            case ADDRESS_DEPENDENT -> one.address().equals(other.address());
            case ADDRESS_AND_PORT_DEPENDENT -> one.equals(other);
        };
    }

    /** Whether an identifier may be chosen for an inside endpoint: it is free, and its own if that is. */
    boolean mayChoose(Endpoint inside, int identifier) {
        boolean kept = identifier == inside.identifier();
        return !firstRemotes.containsKey(identifier) && (kept || firstRemotes.containsKey((int) inside.identifier()));
    }

    /** A packet has gone out. */
    void sent(Endpoint inside, Endpoint remote, int identifier) {
        firstRemotes.putIfAbsent(identifier, remote);
        if (flow(inside, remote).isEmpty()) {
            flows.add(new Flow(inside, remote, identifier));
        }
    }

    /** What becomes of a packet from the outside: the inside endpoint, or the name of a refusal. It is let in if so. */
    Object received(Endpoint remote, int identifier) {
        Optional<Flow> any =
                flows.stream().filter(flow -> flow.outside == identifier).findFirst();
        if (any.isEmpty()) {
            return "NO_MAPPING";
        }
        Endpoint inside = any.get().inside;
        Optional<Flow> own = flow(inside, remote);
        if (own.isPresent()) {
            return own.get().outside == identifier ? inside : "FILTERED";
        }
        if (!admits(inside, remote, identifier)) {
            return "FILTERED";
        }
        flows.add(new Flow(inside, remote, identifier));
        return inside;
    }

    private boolean admits(Endpoint inside, Endpoint remote, int identifier) {
        boolean known = switch (behaviour.filtering()) {
            case ENDPOINT_INDEPENDENT -> true;
            case ADDRESS_DEPENDENT -> hasSentTo(inside, remote.address(), identifier);
            case ADDRESS_AND_PORT_DEPENDENT -> false;
        };
        Optional<Integer> answered = identifier(inside, remote);
        return known && (answered.isEmpty() || answered.get() == identifier);
    }

    private boolean hasSentTo(Endpoint inside, Ipv4Address remote, int identifier) {
        if (behaviour.mapping() != Dependence.ENDPOINT_INDEPENDENT) {
            return firstRemotes.get(identifier).address().equals(remote);
        }
        return flows.stream()
                .anyMatch(flow ->
                        flow.inside.equals(inside) && flow.remote.address().equals(remote));
    }
}
