package io.github.culvert.gateway.replay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The fragments of one recorded datagram that have gone in so far. */
final class Fragments {
    private static final int LARGEST = 65_535;
    private static final int UNIT = 8;

    private final long since;
    private final List<Datagram> pieces = new ArrayList<>();
    private int outside = -1;

    Fragments(long now) {
        since = now;
    }

    void add(Datagram piece) {
        pieces.add(piece);
    }

    /** When the first of them came. */
    long since() {
        return since;
    }

    int count() {
        return pieces.size();
    }

    /** The one with the transport header. */
    Optional<Datagram> first() {
        return pieces.stream().filter(piece -> !piece.isLaterFragment()).findFirst();
    }

    /** Whether another identification than before stands in a fragment that left. */
    boolean changesIdentification(Datagram out) {
        int before = outside;
        outside = out.identification();
        return before >= 0 && before != outside;
    }

    /** Whether nothing is missing. */
    boolean areComplete() {
        int reached = 0;
        for (Datagram piece : ordered()) {
            if (piece.fragmentOffset() > reached) {
                return false;
            }
            reached = Math.max(reached, end(piece));
            if (!piece.hasMoreFragments()) {
                return true;
            }
        }
        return false;
    }

    /** Whether the same fragment came more than once. */
    boolean hasTwice(Datagram piece) {
        return pieces.stream()
                        .filter(p -> p.fragmentOffset() == piece.fragmentOffset() && end(p) == end(piece))
                        .count()
                > 1;
    }

    /** Whether two of them share a byte. */
    boolean overlap() {
        List<Datagram> ordered = ordered();
        for (int i = 1; i < ordered.size(); i++) {
            if (ordered.get(i).fragmentOffset() < end(ordered.get(i - 1))) {
                return true;
            }
        }
        return false;
    }

    /** Whether one of them cannot be a fragment, or contradicts another one. */
    boolean areImpossible() {
        int ends = pieces.stream()
                .filter(piece -> !piece.hasMoreFragments())
                .mapToInt(Fragments::end)
                .min()
                .orElse(LARGEST);
        return pieces.stream().anyMatch(piece -> isImpossible(piece) || end(piece) > ends)
                || pieces.stream()
                                .filter(piece -> !piece.hasMoreFragments())
                                .mapToInt(Fragments::end)
                                .distinct()
                                .count()
                        > 1;
    }

    private static boolean isImpossible(Datagram piece) {
        boolean uneven = piece.hasMoreFragments() && piece.payloadLength() % UNIT != 0;
        return uneven || piece.payloadLength() == 0 || piece.headerLength() + end(piece) > LARGEST;
    }

    /** Whether one of them cuts the header of a TCP segment (RFC 3128). */
    boolean cutTcp() {
        return pieces.stream().anyMatch(piece -> piece.protocol() == Datagram.TCP && piece.fragmentOffset() == UNIT);
    }

    private List<Datagram> ordered() {
        return pieces.stream()
                .sorted(Comparator.comparingInt(Datagram::fragmentOffset))
                .toList();
    }

    private static int end(Datagram piece) {
        return piece.fragmentOffset() + piece.payloadLength();
    }
}
