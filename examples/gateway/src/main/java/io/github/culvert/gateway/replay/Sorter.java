package io.github.culvert.gateway.replay;

import io.github.culvert.gateway.capture.CapturedFrame;
import io.github.culvert.gateway.capture.LinkPayload;
import io.github.culvert.gateway.report.Bystander;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Prefix;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells the packets that are for the NAT from the others: those with exactly one address inside. */
final class Sorter {
    private final List<Ipv4Prefix> inside;
    private final List<Ipv4Address> publicAddresses;
    private final Consumer<Bystander> bystanders;

    /**
     * A sorter.
     *
     * @param config which networks are behind the NAT, and which addresses are its own
     * @param bystanders is told of each packet that is not for the NAT
     */
    Sorter(NatConfig config, Consumer<Bystander> bystanders) {
        inside = config.insideNetworks();
        publicAddresses = config.publicAddresses();
        this.bystanders = bystanders;
    }

    Optional<Recorded> sort(CapturedFrame frame) {
        LinkPayload payload = LinkPayload.of(frame);
        return switch (payload.kind()) {
            case IPV4 -> direct(frame, new Datagram(frame.bytes(payload.offset(), frame.length())));
            case IPV6 -> bystander(Bystander.IPV6);
            case NOT_IP -> bystander(Bystander.NOT_IP);
            case CUT_IN_LINK -> bystander(Bystander.CUT_IN_LINK);
            case UNKNOWN_LINK -> bystander(Bystander.UNKNOWN_LINK);
        };
    }

    private Optional<Recorded> direct(CapturedFrame frame, Datagram datagram) {
        if (!datagram.hasAddresses()) {
            return bystander(Bystander.NO_IPV4_HEADER);
        }
        boolean from = isInside(datagram.address(Place.SOURCE));
        boolean to = isInside(datagram.address(Place.DESTINATION));
        if (from == to) {
            return bystander(from ? Bystander.BOTH_INSIDE : Bystander.NONE_INSIDE);
        }
        if (to && publicAddresses.contains(new Ipv4Address(datagram.address(Place.SOURCE)))) {
            return bystander(Bystander.HAIRPINNED);
        }
        Direction direction = from ? Direction.OUTBOUND : Direction.INBOUND;
        return Optional.of(new Recorded(frame.number(), frame.timeNanos(), direction, datagram));
    }

    private Optional<Recorded> bystander(Bystander why) {
        bystanders.accept(why);
        return Optional.empty();
    }

    private boolean isInside(int address) {
        return inside.stream().anyMatch(network -> network.contains(address));
    }
}
