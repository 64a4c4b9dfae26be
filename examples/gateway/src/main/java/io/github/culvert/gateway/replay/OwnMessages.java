package io.github.culvert.gateway.replay;

import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.Ipv4Address;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The ICMP messages that the NAT sends of its own. Each must be about a packet that went in and did not come out, go
 * back to where that came from, and quote it as it went in (RFC 792, RFC 1812 section 4.3.2).
 */
final class OwnMessages {
    /** How many packets are remembered. */
    private static final int MOST = 65_536;

    private static final int ICMP_HEADER = 8;
    private static final int LEAST_QUOTED = 8;

    /** What tells quoted packets apart. */
    private record Key(int protocol, int source, int destination, int identification, int fragment) {
        static Key of(Datagram packet) {
            return new Key(
                    packet.protocol(),
                    packet.address(Place.SOURCE),
                    packet.address(Place.DESTINATION),
                    packet.identification(),
                    packet.fragmentBits());
        }
    }

    private final Set<Ipv4Address> addresses;
    private final Map<Key, Passage> without = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Passage> eldest) {
            return size() > MOST;
        }
    };

    OwnMessages(NatConfig config) {
        addresses = new HashSet<>(config.publicAddresses());
        config.icmp().insideAddress().ifPresent(addresses::add);
    }

    /** A packet goes in. */
    void goesIn(Passage passage) {
        without.put(Key.of(passage.seen().datagram()), passage);
    }

    /** A packet came out, so that nothing more is to be said of it. */
    void cameOut(Passage passage) {
        without.remove(Key.of(passage.seen().datagram()), passage);
    }

    /** Whether a packet that nobody handed in is a message of the NAT about one that somebody did. */
    boolean isOne(Datagram out) {
        return out.hasAddresses()
                && addresses.contains(new Ipv4Address(out.address(Place.SOURCE)))
                && out.quote().map(Key::of).filter(without::containsKey).isPresent();
    }

    /** What is wrong with such a message; empty if nothing is. */
    Optional<String> fault(Datagram message, Direction way) {
        Datagram quoted = message.quote().orElseThrow();
        Passage about = without.get(Key.of(quoted));
        if (about == null || (about.from() == Side.INSIDE) != (way == Direction.INBOUND)) {
            return Optional.of("it went to the other side");
        }
        if (message.address(Place.DESTINATION) != quoted.address(Place.SOURCE)) {
            return Optional.of("it went to somebody else");
        }
        if (InternetSum.transportIsWrong(message) || !InternetSum.headerIsRight(message)) {
            return Optional.of("a checksum of it is wrong");
        }
        Datagram packet = about.seen().datagram();
        if (packet.isIcmpError() || packet.isLaterFragment() || !InternetSum.headerIsRight(packet)) {
            return Optional.of("nothing may be said of such a packet (RFC 1812 section 4.3.2.7)");
        }
        return quotes(message, quoted, packet) ? Optional.empty() : Optional.of("it does not quote what went in");
    }

    private static boolean quotes(Datagram message, Datagram quoted, Datagram packet) {
        int length = message.end() - message.transport() - ICMP_HEADER;
        int whole = packet.end() - packet.start();
        if (length > whole || length < Math.min(whole, packet.headerLength() + LEAST_QUOTED)) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            boolean hop = i == Datagram.TTL || i / 2 == Datagram.HEADER_CHECKSUM / 2;
            if (!hop && quoted.u8(quoted.start() + i) != packet.u8(packet.start() + i)) {
                return false;
            }
        }
        return true;
    }

    /** Its type and code, for people. */
    static String name(Datagram message) {
        return "ICMP " + message.u8(message.transport()) + "/" + message.u8(message.transport() + 1);
    }
}
