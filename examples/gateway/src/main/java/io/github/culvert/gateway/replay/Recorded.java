package io.github.culvert.gateway.replay;

import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.packet.Ipv4Address;
import java.util.Optional;

/**
 * A packet of the recording that is for the NAT.
 *
 * @param number its number in the file
 * @param timeNanos capture time, nanoseconds since the epoch
 * @param direction which way it went
 * @param datagram the packet, with whatever padding was captured
 */
record Recorded(long number, long timeNanos, Direction direction, Datagram datagram) {

    /** Where the inside endpoint stands. */
    Place insidePlace() {
        return direction == Direction.OUTBOUND ? Place.SOURCE : Place.DESTINATION;
    }

    FlowKey flow() {
        return new FlowKey(
                datagram.protocol(),
                endpoint(insidePlace()),
                endpoint(insidePlace().other()));
    }

    private Endpoint endpoint(Place place) {
        return endpoint(datagram, place);
    }

    static Endpoint endpoint(Datagram datagram, Place place) {
        return new Endpoint(new Ipv4Address(datagram.address(place)), datagram.identifier(place));
    }

    /** The fragment of its datagram that shows who talks with whom, if it has come; else this. */
    Recorded ofWhole(Optional<Fragments> fragments) {
        return fragments
                .flatMap(Fragments::first)
                .map(first -> new Recorded(number, timeNanos, direction, first))
                .orElse(this);
    }

    /** Who sends to whom, for people. */
    String text() {
        FlowKey flow = flow();
        String inside = flow.insideText();
        String remote = flow.remoteText();
        return ProtocolName.of(datagram.protocol()) + " "
                + (direction == Direction.OUTBOUND ? inside + " > " + remote : remote + " > " + inside);
    }

    /** A copy of the packet that can be changed. */
    Datagram copy() {
        return new Datagram(datagram.array().clone());
    }
}
