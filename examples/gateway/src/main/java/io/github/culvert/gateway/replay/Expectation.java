package io.github.culvert.gateway.replay;

import io.github.culvert.nat.config.Exemption;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.PathPolicy;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.packet.Ipv4Address;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What should leave the NAT for a packet that went in: worked out from the packets and the configuration alone. */
final class Expectation {
    private final OutsideView view;
    private final CallBook calls;
    private final Set<Ipv4Address> publicAddresses;
    private final List<Exemption> exemptions;
    private final PathPolicy path;
    private final Clamp clamp;

    Expectation(NatConfig config, OutsideView view, CallBook calls) {
        this.view = view;
        this.calls = calls;
        publicAddresses = new HashSet<>(config.publicAddresses());
        exemptions = config.exemptions();
        path = config.path();
        clamp = new Clamp(config);
    }

    /** Whether a packet may leave on the other side than the one it came from, or turns round. */
    boolean mayLeave(Recorded recorded, Direction way) {
        return way == recorded.direction() && !turnsRound(recorded) || way == Direction.INBOUND && turnsRound(recorded);
    }

    /** The largest packet that may leave in a direction. */
    int mtu(Direction way) {
        return way == Direction.OUTBOUND ? path.outsideMtu() : path.insideMtu();
    }

    boolean fits(Datagram out, Direction way) {
        return out.end() - out.start() <= mtu(way);
    }

    /** Whether an inside host sends to a public address of its own NAT (RFC 4787 REQ-9). */
    boolean turnsRound(Recorded recorded) {
        return recorded.direction() == Direction.OUTBOUND && isPublic(recorded.datagram(), Place.DESTINATION);
    }

    /** Whether nothing is translated between an inside host and this remote. */
    boolean isExempt(Recorded recorded) {
        Endpoint remote = recorded.flow().remote();
        return exemptions.stream()
                .anyMatch(e -> e.remote().contains(remote.address().bits())
                        && e.firstPort() <= remote.identifier()
                        && remote.identifier() <= e.lastPort());
    }

    /** What is wrong with a packet that left, empty if nothing is. */
    Optional<String> difference(Recorded recorded, Datagram out) {
        if (turnsRound(recorded)) {
            return turned(recorded, out);
        }
        return switch (recorded.direction()) {
            case OUTBOUND -> outbound(recorded, out);
            case INBOUND -> compared(recorded.copy(), out, Direction.INBOUND);
        };
    }

    private Optional<String> outbound(Recorded recorded, Datagram out) {
        return isExempt(recorded)
                ? compared(recorded.copy(), out, Direction.OUTBOUND)
                : fromPublic(recorded, out).or(() -> translated(recorded, out));
    }

    private Optional<String> translated(Recorded recorded, Datagram out) {
        Datagram expected = behindNat(recorded, out);
        calls.behindNat(recorded, expected, out);
        return compared(expected, out, Direction.OUTBOUND);
    }

    private Optional<String> turned(Recorded recorded, Datagram out) {
        Endpoint to = Recorded.endpoint(recorded.datagram(), Place.DESTINATION);
        Optional<Endpoint> holder = view.holder(recorded.datagram().protocol(), to);
        if (holder.isEmpty()) {
            return Optional.of("no inside host is known to be " + to);
        }
        return fromPublic(recorded, out).or(() -> {
            Datagram expected = behindNat(recorded, out);
            Edit.endpoint(expected, Place.DESTINATION, holder.get());
            return compared(expected, out, Direction.INBOUND);
        });
    }

    private Datagram behindNat(Recorded recorded, Datagram out) {
        return view.behindNat(recorded, Recorded.endpoint(out, Place.SOURCE));
    }

    private Optional<String> fromPublic(Recorded recorded, Datagram out) {
        Ipv4Address source = new Ipv4Address(out.address(Place.SOURCE));
        if (!publicAddresses.contains(source)) {
            return Optional.of("its source " + source + " is no public address");
        }
        return view.addressOfQuoted(recorded)
                .filter(address -> !address.equals(source))
                .map(address -> "its source is " + source + ", but what it quotes went to " + address);
    }

    private Optional<String> compared(Datagram expected, Datagram out, Direction way) {
        clamp.apply(expected, way);
        return Comparison.difference(expected, out);
    }

    private boolean isPublic(Datagram datagram, Place place) {
        return publicAddresses.contains(new Ipv4Address(datagram.address(place)));
    }
}
