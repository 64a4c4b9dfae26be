package io.github.culvert.pptp;

import io.github.culvert.nat.packet.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Ways to cut a stream. */
final class Pieces {
    private Pieces() {}

    static List<Octets> bytes(Octets octets) {
        List<Octets> pieces = new ArrayList<>();
        for (int i = 0; i < octets.length(); i++) {
            pieces.add(octets.slice(i, 1));
        }
        return pieces;
    }

    /** One cut, if the stream is long enough. */
    static List<Octets> at(Octets octets, int cut) {
        return cut <= 0 || cut >= octets.length() ? List.of(octets) : List.of(octets.slice(0, cut), octets.from(cut));
    }

    /** Pieces of random lengths, most of them short. */
    static List<Octets> random(Octets octets, Random random) {
        List<Octets> pieces = new ArrayList<>();
        int at = 0;
        while (at < octets.length()) {
            int length = Math.min(octets.length() - at, 1 + random.nextInt(random.nextBoolean() ? 15 : 200));
            pieces.add(octets.slice(at, length));
            at += length;
        }
        return pieces;
    }
}
