package io.github.culvert.nat.testkit.lab;

import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.testkit.bed.Packets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The names of the lab's hosts, such as {@code IN1}, and routes between them as text. */
final class Names {
    private static final Map<String, Ipv4Address> ADDRESSES = addresses();

    private Names() {}

    private static Map<String, Ipv4Address> addresses() {
        Map<String, Ipv4Address> names = new LinkedHashMap<>();
        names.put("IN1", Packets.IN1);
        names.put("IN2", Packets.IN2);
        names.put("IN3", Packets.IN3);
        names.put("EXT1", Packets.EXT1);
        names.put("EXT2", Packets.EXT2);
        names.put("EXT3", Packets.EXT3);
        names.put("EXT4", Packets.EXT4);
        names.put("OUT1", Packets.OUT1);
        names.put("OUT2", Packets.OUT2);
        return names;
    }

    /** The address of a name, or of its text. */
    static Ipv4Address address(String name) {
        Ipv4Address known = ADDRESSES.get(name);
        return known == null ? Ipv4Address.parse(name) : known;
    }

    /** The endpoint {@code NAME:identifier}; without a colon the identifier is 0. */
    static Endpoint endpoint(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? new Endpoint(address(text), 0)
                : new Endpoint(address(text.substring(0, colon)), Long.parseLong(text.substring(colon + 1)));
    }

    /** Where a packet from an address enters the NAT. */
    static Side side(Ipv4Address source) {
        return source.toString().startsWith("192.168.1.") ? Side.INSIDE : Side.OUTSIDE;
    }

    /** The route of a packet, with names for the addresses that have one. */
    static String route(Ipv4Packet packet) {
        String route = Packets.route(packet);
        for (Map.Entry<String, Ipv4Address> entry : ADDRESSES.entrySet()) {
            route = route.replaceAll(
                    "(?<![0-9.])" + entry.getValue().toString().replace(".", "\\.") + "(?![0-9.])", entry.getKey());
        }
        return route;
    }
}
