package io.github.culvert.nat.table;

import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.packet.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** What somebody could send who knows the secrets of the indexes. */
public final class Crowd {
    /** The source of an engine whose secrets are known. */
    public static final RandomGenerator KNOWN = () -> 7;

    private static final IndexTable HASHES = new IndexTable(6, 7, 7);

    private Crowd() {}

    /** Remote addresses whose sessions with an inside endpoint have their homes close together in the index. */
    public static List<Ipv4Address> remotes(Protocol protocol, Ipv4Address inside, int insideId, int count) {
        List<Ipv4Address> crowd = new ArrayList<>();
        for (int n = 1; crowd.size() < count; n++) {
            long parties = Keys.parties(inside.bits(), 0x10000000 + n);
            if (HASHES.hash(parties, Keys.ids(insideId, protocol.number(), 0)) >>> 20 == 5) {
                crowd.add(new Ipv4Address(0x10000000 + n));
            }
        }
        return crowd;
    }
}
