package io.github.culvert.nat.table;

import io.github.culvert.nat.config.DeterministicRanges;
import io.github.culvert.nat.config.IdentifierPolicy;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.Pairing;
import io.github.culvert.nat.mapping.Dependence;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.wire.IcmpLayout;
import org.jspecify.annotations.Nullable;

/**
 * Which public endpoint a new mapping gets, as the {@link IdentifierPolicy} says. A choice changes nothing until it is
 * taken. An endpoint is one int: the number of the public address above 16 bits of identifier. Static forwards and
 * reservations name their endpoints themselves and do not come here. Not safe for use by several threads.
 */
final class Assigner {
    private static final int NONE = IdentifierSpace.NONE;
    private static final int FIRST_DYNAMIC = 1024;
    private static final int LAST = 0xffff;
    /** How many other addresses are tried for a host whose own is full: a refused flow shall not cost more. */
    private static final int MOST_TRIED = 16;

    private final TableParts parts;
    private final IdentifierPolicy policy;
    private final @Nullable DeterministicRanges ranges;
    private final @Nullable PortBlocks blocks;
    private final Resting resting;
    /** Whether identifiers rest once they are free, by the ordinal of the protocol. */
    private final boolean[] rests;
    /** Before this tick no identifier that would rest is given out. */
    private final long coldUntil;
    /** Where among the shared addresses the search for another one starts. */
    private int start;

    Assigner(TableParts parts, NatConfig config, @Nullable DeterministicRanges ranges) {
        this.parts = parts;
        this.policy = config.identifiers();
        this.ranges = ranges;
        this.blocks = PortBlocks.of(parts, policy.assignment());
        this.resting = parts.resting;
        this.rests = new boolean[Protocol.values().length];
        for (Protocol protocol : Protocol.values()) {
            rests[protocol.ordinal()] = config.behaviours().of(protocol).filtering() == Dependence.ENDPOINT_INDEPENDENT;
        }
        this.coldUntil =
                policy.rest().afterColdStart() ? Ticks.ofTimeout(policy.rest().time()) : 0;
    }

    /** The endpoint for a new mapping of a host, to be {@link #take}n; or the complement of a refusal. */
    int choose(int host, long ids) {
        int index = parts.hosts.publicIndex(host);
        int protocol = Record.protocol(ids);
        if (parts.fixed.insideOf(index) != 0) {
            return endpoint(index, Record.insideId(ids));
        }
        if (isCold(protocol)) {
            return ~Refusal.IDENTIFIERS_EXHAUSTED.ordinal();
        }
        int own = chooseAt(index, host, protocol, Record.insideId(ids));
        if (own != NONE) {
            return endpoint(index, own);
        }
        return policy.pairing() == Pairing.FALL_OVER && ranges == null && !isAlone(host, index)
                ? elsewhere(index, host, ids)
                : ~Refusal.IDENTIFIERS_EXHAUSTED.ordinal();
    }

    /** The same, but at a public address if the host may have that and it has room; -1 is none in particular. */
    int choose(int host, long ids, int preferred) {
        int own = parts.hosts.publicIndex(host);
        boolean moves = preferred >= 0
                && preferred != own
                && ranges == null
                && !isAlone(host, own)
                && !isCold(Record.protocol(ids));
        int chosen = moves ? chooseAt(preferred, host, Record.protocol(ids), Record.insideId(ids)) : NONE;
        return chosen == NONE ? choose(host, ids) : endpoint(preferred, chosen);
    }

    /** The same, but the endpoint that somebody asks for if the host could have drawn it. */
    int choose(int host, long ids, Endpoint suggested) {
        int index = parts.hosts.publicIndex(host);
        int wanted = (int) suggested.identifier();
        boolean shared = parts.fixed.insideOf(index) == 0 && (blocks == null || isAlone(host, index));
        boolean sameClass = wanted < FIRST_DYNAMIC == Record.insideId(ids) < FIRST_DYNAMIC;
        boolean granted = shared
                && !isCold(Record.protocol(ids))
                && sameClass
                && wanted <= LAST
                && suggested.address().bits() == parts.pool.address(index)
                && parts.pool.space(index, Record.protocol(ids)).isAvailable(wanted);
        return granted ? endpoint(index, wanted) : choose(host, ids);
    }

    private int elsewhere(int index, int host, long ids) {
        int all = parts.pool.sharedCount();
        for (int n = 0; n < Math.min(all, MOST_TRIED + 1); n++) {
            int other = parts.pool.shared((start + n) % all);
            int chosen = other == index ? NONE : chooseAt(other, host, Record.protocol(ids), Record.insideId(ids));
            if (chosen != NONE) {
                start = (start + n) % all;
                return endpoint(other, chosen);
            }
        }
        start = (start + MOST_TRIED) % all;
        return ~(all <= MOST_TRIED + 1 ? Refusal.ADDRESSES_EXHAUSTED : Refusal.IDENTIFIERS_EXHAUSTED).ordinal();
    }

    /** Whether a host has its public address in another way than the rest: alone, or since it is the NAT's machine. */
    private boolean isAlone(int host, int index) {
        return parts.fixed.insideOf(index) != 0 || parts.fixed.isOwn(parts.hosts.address(host));
    }

    static int endpoint(int index, int identifier) {
        return index << 16 | identifier;
    }

    static int index(int endpoint) {
        return endpoint >>> 16;
    }

    static int identifier(int endpoint) {
        return endpoint & LAST;
    }

    private int chooseAt(int index, int host, int protocol, int insideId) {
        PortBlocks own = blocks;
        if (own == null || isAlone(host, index)) {
            return chooseShared(parts.pool.space(index, protocol), protocol, insideId);
        }
        int fixed = ranges == null ? NONE : chooseFixed(ranges, index, host, protocol);
        return fixed != NONE ? fixed : own.draw(host, index, protocol);
    }

    /** Out of all: the same if it may be and is free, else by chance within the class and, if possible, the parity. */
    private int chooseShared(IdentifierSpace space, int protocol, int insideId) {
        if (policy.preserved() && space.isAvailable(insideId)) {
            return insideId;
        }
        if (protocol == IcmpLayout.PROTOCOL) {
            return space.draw(1, LAST, Parity.ANY, parts.random);
        }
        int first = insideId < FIRST_DYNAMIC ? 1 : FIRST_DYNAMIC;
        int last = insideId < FIRST_DYNAMIC ? FIRST_DYNAMIC - 1 : LAST;
        Parity parity = policy.parity() ? Parity.having(insideId) : Parity.ANY;
        int drawn = space.draw(first, last, parity, parts.random);
        return drawn != NONE || parity == Parity.ANY ? drawn : space.draw(first, last, Parity.ANY, parts.random);
    }

    /** Out of the range that follows from the inside address, which lies at its own public address. */
    private int chooseFixed(DeterministicRanges fixed, int index, int host, int protocol) {
        int number = fixed.numberOf(parts.hosts.address(host));
        if (number < 0 || parts.pool.shared(number / fixed.hostsPerAddress()) != index) {
            return NONE;
        }
        int first = fixed.firstPort(number);
        return parts.pool
                .space(index, protocol)
                .draw(first, first + fixed.portsPerHost() - 1, Parity.ANY, parts.random);
    }

    /** A new mapping of a host takes an endpoint that was chosen for it. */
    void take(int host, int endpoint, int protocol, int owner) {
        int index = index(endpoint);
        int before = parts.hosts.publicIndex(host);
        if (index != before) {
            if (parts.hosts.mappings(host) > 0) {
                parts.events.pairingBroken(parts.hosts.address(host), before, index);
            }
            parts.hosts.move(host, index);
        }
        parts.hosts.addMappings(host, protocol, 1);
        if (blocks != null && !isAlone(host, index)) {
            blocks.take(host, index, identifier(endpoint));
        }
        parts.pool.space(index, protocol).take(identifier(endpoint), owner);
    }

    /** A mapping of a host gives an endpoint back, which rests if it should. */
    void release(int host, int endpoint, int protocol, Freed freed) {
        int index = index(endpoint);
        parts.pool.space(index, protocol).release(identifier(endpoint));
        if (freed == Freed.LOOSE) {
            rest(endpoint, protocol);
        }
        if (blocks != null && !isAlone(host, index)) {
            blocks.release(host, index, identifier(endpoint));
        }
        parts.hosts.addMappings(host, protocol, -1);
    }

    /** Has an endpoint rest that is free now, if it should. */
    void rest(int endpoint, int protocol) {
        int index = index(endpoint);
        if (rests(protocol) && parts.fixed.insideOf(index) == 0) {
            resting.add(parts.tick, PublicPool.place(index, protocol), identifier(endpoint));
        }
    }

    private boolean isCold(int protocol) {
        return parts.tick < coldUntil && rests(protocol);
    }

    private boolean rests(int protocol) {
        return rests[Protocol.ofNumber(protocol).ordinal()];
    }

    /** Whether somebody outside may still use an endpoint that is freed. */
    enum Freed {
        /** All its connections were seen to close. */
        CLOSED,
        /** Some have not, or there are no connections. */
        LOOSE
    }

    /** Forgets a public address that nobody uses any more. */
    void forget(int publicIndex) {
        resting.forget(publicIndex);
        if (blocks != null) {
            blocks.forget(publicIndex);
        }
    }

    long memory() {
        return resting.memory() + (blocks == null ? 0 : blocks.memory());
    }
}
