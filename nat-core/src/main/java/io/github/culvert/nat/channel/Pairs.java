package io.github.culvert.nat.channel;

import io.github.culvert.nat.alg.Action;
import io.github.culvert.nat.alg.End;
import io.github.culvert.nat.alg.Scope;
import io.github.culvert.nat.alg.Tracker;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.table.FlowTable;
import io.github.culvert.nat.wire.Ipv4Layout;
import io.github.culvert.nat.wire.PacketWindow;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Pairs of a public and a remote address that are followed for ALGs, by protocols whose packets do not tell whose they
 * are. A pair begins with a packet that goes out, so that nobody outside can have one made; it ends as soon as nothing is
 * bound, held or armed for it. Not safe for use by several threads.
 */
public final class Pairs {
    /** How many pairs all ALGs together may have. */
    public static final int MOST = 1 << 14;

    private static final Ipv4Address NOBODY = new Ipv4Address(0);

    private final Channels channels;
    private final Services services;
    private final Roster roster;
    private final Trackers trackers;
    private final FlowTable table;
    private final Notices notices;
    private final Map<Long, Pair> all = new HashMap<>();

    Pairs(Channels channels, Services services, Roster roster, Trackers trackers, FlowTable table, Notices notices) {
        this.channels = channels;
        this.services = services;
        this.roster = roster;
        this.trackers = trackers;
        this.table = table;
        this.notices = notices;
    }

    Collection<Pair> all() {
        return all.values();
    }

    List<Pair> of(Service service) {
        return all.values().stream().filter(pair -> pair.service == service).toList();
    }

    private static long key(int protocol, int publicIndex, int remote) {
        return (long) remote << 32 | (long) publicIndex << 8 | protocol;
    }

    private static long key(Pair pair) {
        return key(pair.scope.protocol(), pair.publicIndex, pair.remote());
    }

    /** Whether anybody wants to know of packets of a protocol that go out and are bound to nothing. */
    public boolean follow(int protocol) {
        return services.told(protocol) != null;
    }

    /** Whether anybody wants to know of a packet that comes in and is bound to nothing. */
    public boolean know(int protocol, int publicIndex, int remote) {
        return services.told(protocol) != null && all.containsKey(key(protocol, publicIndex, remote));
    }

    /**
     * A packet of an inside host that is bound to nothing.
     *
     * @param packet the packet, checked, IPv4 header first
     * @param total its length without padding
     */
    public Told out(PacketWindow packet, int transport, int total, int identifier, long now) {
        channels.settle(now);
        int protocol = Ipv4Layout.protocol(packet.i64(Ipv4Layout.WORD1));
        int sender = Ipv4Layout.source(packet.i64(Ipv4Layout.WORD1));
        int remote = packet.i32(Ipv4Layout.DESTINATION);
        int publicIndex = table.bound().publicIndexFor(sender);
        Pair known = find(protocol, publicIndex, remote);
        Pair pair = known == null ? begin(protocol, publicIndex, remote) : known;
        if (pair == null) {
            return Told.REFUSED;
        }
        pair.sender = sender;
        Octets payload = payload(packet, transport, total);
        try {
            boolean passes = trackers.tell(
                    pair,
                    context -> pair.tracker.onUnbound(
                            Direction.OUTBOUND, new Ipv4Address(sender), identifier & 0xffff_ffffL, payload, context),
                    Trackers.NOTHING_PASSES);
            table.bound().settled();
            return new Told(passes, List.of());
        } finally {
            pair.sender = 0;
        }
    }

    /**
     * A packet that comes in to a public address and is bound to nothing.
     *
     * @param packet the packet, checked, IPv4 header first
     * @param total its length without padding
     */
    public Told in(PacketWindow packet, int transport, int total, int identifier, int publicIndex, long now) {
        channels.settle(now);
        long word1 = packet.i64(Ipv4Layout.WORD1);
        Pair pair = find(Ipv4Layout.protocol(word1), publicIndex, Ipv4Layout.source(word1));
        if (pair == null) {
            return Told.REFUSED;
        }
        Candidates candidates = new Candidates(pair);
        Octets payload = payload(packet, transport, total);
        boolean passes = trackers.tell(
                pair,
                context ->
                        pair.tracker.onUnbound(Direction.INBOUND, NOBODY, identifier & 0xffff_ffffL, payload, context),
                candidates);
        table.bound().settled();
        return passes && pair.isFollowed()
                ? new Told(true, List.copyOf(candidates.hosts))
                : new Told(passes, List.of());
    }

    private static Octets payload(PacketWindow packet, int transport, int total) {
        byte[] bytes = new byte[total - transport];
        packet.copyInto(bytes, 0, transport, bytes.length);
        return Octets.of(bytes);
    }

    private @Nullable Pair find(int protocol, int publicIndex, int remote) {
        Pair pair = all.get(key(protocol, publicIndex, remote));
        if (pair != null && isGone(pair)) {
            endIfIdle(pair);
            return null;
        }
        return pair;
    }

    /** Whether the public address of a pair went; its number may be that of another one now. */
    private boolean isGone(Pair pair) {
        return table.publicAddress(pair.publicIndex) != pair.scope.outside().bits();
    }

    private @Nullable Pair begin(int protocol, int publicIndex, int remote) {
        Service service = services.told(protocol);
        if (service == null) {
            return null;
        }
        Scope.Pair scope =
                new Scope.Pair(protocol, new Ipv4Address(table.publicAddress(publicIndex)), new Ipv4Address(remote));
        if (all.size() >= MOST) {
            notices.report(service.alg.name(), scope, CoreNotice.ALG_NO_ROOM);
            return null;
        }
        Optional<Tracker> tracker = trackers.begin(service, scope);
        if (tracker.isEmpty()) {
            return null;
        }
        Pair pair = new Pair(roster.number(), service, scope, tracker.get(), publicIndex, trackers.tick());
        all.put(key(pair), pair);
        roster.add(pair);
        return pair;
    }

    /** Ends a pair for which nothing is bound, held or armed any more. */
    void endIfIdle(Pair pair) {
        if ((pair.isIdle() || isGone(pair)) && all.get(key(pair)) == pair) {
            all.remove(key(pair));
            roster.removePair(pair);
            try {
                trackers.end(pair, End.EXPIRED);
            } finally {
                channels.remove(pair);
            }
        }
    }

    /** Who gets a copy of the packet at hand: hosts that have a session of the pair. */
    private static final class Candidates implements Actions.Edits {
        final Set<Ipv4Address> hosts = new LinkedHashSet<>();
        private final Pair pair;

        Candidates(Pair pair) {
            this.pair = pair;
        }

        @Override
        public boolean edit(Action.Edit edit) {
            return false;
        }

        @Override
        public boolean deliver(Action.Deliver deliver) {
            hosts.addAll(deliver.candidates());
            return deliver.candidates().stream().allMatch(host -> pair.has(host.bits()));
        }
    }
}
