package io.github.culvert.nat.table;

import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.table.TableModel.Inside;
import java.util.List;
import java.util.SplittableRandom;

/** Endpoints at random, out of so few that they meet. */
final class Choices {
    /** How many hosts, identifiers of each, remote addresses and remote identifiers there are. */
    record Scope(int hosts, int identifiers, int remotes, int remoteIdentifiers) {}

    private final SplittableRandom random;
    private final List<Ipv4Address> pool;
    private final Scope scope;

    Choices(SplittableRandom random, List<Ipv4Address> pool, Scope scope) {
        this.random = random;
        this.pool = pool;
        this.scope = scope;
    }

    /** Whether there are more identifiers than a host may find free. */
    boolean areMany() {
        return scope.identifiers > 40;
    }

    Protocol protocol() {
        return Protocol.values()[random.nextInt(3)];
    }

    /** Of the identifiers at both ends of their range, and some in the middle. */
    Inside inside() {
        int[] bases = {0, 5000, 65_530};
        int identifier = Math.min(65_535, bases[random.nextInt(3)] + random.nextInt(scope.identifiers));
        int address = 0x0a000001 + random.nextInt(scope.hosts);
        return new Inside(protocol(), new Endpoint(new Ipv4Address(address), identifier));
    }

    Endpoint remote(Protocol protocol) {
        int identifier = protocol == Protocol.ICMP ? 0 : random.nextInt(scope.remoteIdentifiers);
        return new Endpoint(new Ipv4Address(0x08080800 + random.nextInt(scope.remotes)), identifier);
    }

    StaticForward forward() {
        Inside inside = inside();
        Endpoint outside = new Endpoint(pool.get(random.nextInt(pool.size())), 1 + random.nextInt(8));
        return new StaticForward(inside.protocol(), outside, inside.endpoint());
    }
}
