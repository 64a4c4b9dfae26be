package io.github.culvert.gateway.replay;

import io.github.culvert.nat.mapping.Direction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The packets that have gone in and not come out yet, in their order. */
final class Pending {
    private final Map<Integer, List<Passage>> byProtocol = new LinkedHashMap<>();

    void add(Passage passage) {
        byProtocol
                .computeIfAbsent(passage.recorded().datagram().protocol(), protocol -> new ArrayList<>())
                .add(passage);
    }

    void remove(Passage passage) {
        List<Passage> same =
                byProtocol.getOrDefault(passage.recorded().datagram().protocol(), List.of());
        int last = same.lastIndexOf(passage);
        if (last >= 0) {
            same.remove(last);
        }
    }

    /** All of them, and none are left. */
    List<Passage> drain() {
        List<Passage> all = byProtocol.values().stream().flatMap(List::stream).toList();
        byProtocol.clear();
        return all;
    }

    /** The packet that left as this one, whole: one that it equals, else one that it should have equalled. */
    Optional<Passage> whole(Datagram out, Direction way, Predicate<Passage> equal) {
        List<Passage> alike = of(out).stream()
                .filter(p -> isAlike(p.recorded().datagram(), out))
                .toList();
        return alike.stream()
                .filter(equal)
                .findFirst()
                .or(() -> alike.stream()
                        .filter(p -> p.recorded().direction() == way && hasSameRemote(p.recorded(), out))
                        .findFirst());
    }

    private static boolean isAlike(Datagram in, Datagram out) {
        return (in.fragmentBits() & 0x3fff) == (out.fragmentBits() & 0x3fff)
                && in.payloadLength() == out.payloadLength();
    }

    private static boolean hasSameRemote(Recorded recorded, Datagram out) {
        Place remote = recorded.insidePlace().other();
        return recorded.datagram().address(remote) == out.address(remote);
    }

    /** The packet of which this one may be a piece. */
    Optional<Passage> cut(Datagram piece, Direction way) {
        return of(piece).stream()
                .filter(p -> p.recorded().direction() == way
                        && hasSameRemote(p.recorded(), piece)
                        && p.joint().isOne(piece))
                .findFirst();
    }

    /** The packet that these very bytes are, as they went in. */
    Optional<Passage> unchanged(Datagram packet) {
        return of(packet).stream().filter(p -> p.wentInAs(packet)).findFirst();
    }

    private List<Passage> of(Datagram packet) {
        return packet.hasAddresses() ? byProtocol.getOrDefault(packet.protocol(), List.of()) : List.of();
    }
}
