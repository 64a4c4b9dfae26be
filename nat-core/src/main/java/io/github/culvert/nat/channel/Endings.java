package io.github.culvert.nat.channel;

import io.github.culvert.nat.alg.Action;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.table.BoundSessions;
import io.github.culvert.nat.table.FlowTable;
import io.github.culvert.nat.table.Record;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What the table tells in the middle of its work: sessions that have ended. Their trackers are told once it is whole
 * again. One thread.
 */
final class Endings {
    private final FlowTable table;
    private final BoundSessions bound;
    private final Roster roster;
    private final Trackers trackers;
    private final Actions actions;
    private final Consumer<Pair> afterPair;
    private final ArrayDeque<Runnable> later = new ArrayDeque<>();

    Endings(FlowTable table, Roster roster, Trackers trackers, Actions actions, Consumer<Pair> afterPair) {
        this.table = table;
        this.bound = table.bound();
        this.roster = roster;
        this.trackers = trackers;
        this.actions = actions;
        this.afterPair = afterPair;
    }

    /** A session has ended, maybe that of a control channel, with which something is to be done. */
    void closed(int session, Consumer<Channel> forget) {
        Channel channel = roster.removeSession(session);
        if (channel != null) {
            later.add(() -> forget.accept(channel));
        }
    }

    /** A bound session has ended. */
    void boundClosed(int session) {
        Followed followed = roster.followed(bound.channel(session));
        if (followed == null) {
            return;
        }
        ByteBuffer chunk = table.chunk(session);
        int at = FlowTable.at(session);
        int inside = Record.insideAddress(Record.parties(chunk, at));
        if (followed instanceof Channel channel) {
            channel.bytesBefore += Record.bytes(chunk, at, 0) + Record.bytes(chunk, at, 1);
        } else if (followed instanceof Pair pair) {
            pair.count(inside, -1);
        }
        followed.service.bound--;
        int protocol = Record.protocol(Record.ids(chunk, at));
        if (bound.letsIn(session)) {
            unbound(followed, Followed.key(protocol, bound.outsideId(session)));
        } else if (followed instanceof Pair pair) {
            unopened(pair, inside, bound.remoteId(session));
        }
    }

    private void unbound(Followed followed, long key) {
        followed.bound.remove(key);
        tellLater(
                followed,
                followed.untold,
                key,
                context -> followed.tracker.onIdle(
                        Followed.protocolOf(key), Followed.identifierOf(key) & 0xffff_ffffL, context));
    }

    private void unopened(Pair pair, int inside, int remoteId) {
        long way = Pair.way(inside, remoteId);
        pair.opened.remove(way);
        tellLater(
                pair,
                pair.untoldWays,
                way,
                context -> pair.tracker.onIdleOut(
                        pair.scope.protocol(), new Ipv4Address(inside), remoteId & 0xffff_ffffL, context));
    }

    /** What was released is no news. */
    private void tellLater(Followed followed, Set<Long> untold, long key, Function<Surroundings, List<Action>> call) {
        if (!actions.isReleasing()) {
            untold.add(key);
            // before the end of its channel, whose tracker would release what is not there any more
            later.addFirst(() -> {
                untold.remove(key);
                if (followed.isFollowed()) {
                    trackers.tell(followed, call);
                } else if (followed instanceof Pair pair) {
                    afterPair.accept(pair);
                }
            });
        }
    }

    /** Whether nobody is to be told anything. */
    boolean isEmpty() {
        return later.isEmpty();
    }

    /** The table is whole. */
    void settle() {
        for (Runnable next = later.poll(); next != null; next = later.poll()) {
            next.run();
            bound.settled();
        }
    }
}
