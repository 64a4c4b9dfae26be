package io.github.culvert.nat.channel;

import io.github.culvert.nat.alg.Scope;
import io.github.culvert.nat.alg.Tracker;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A pair of a public and a remote address that is followed: all inside hosts that talk by it. One thread. */
final class Pair extends Followed {
    final Scope.Pair scope;
    /** Sessions that only let packets out, by inside address and identifier of the remote host. */
    final Map<Long, Integer> opened = new HashMap<>();
    /** Keys of {@link #opened} that have ended by themselves, of which the tracker is still to be told. */
    final Set<Long> untoldWays = new HashSet<>();
    /** How many sessions each inside host has. */
    private final Map<Integer, Integer> hosts = new HashMap<>();
    /** Who has sent the packet at hand, or 0. */
    int sender;

    Pair(int number, Service service, Scope.Pair scope, Tracker tracker, int publicIndex, long tick) {
        super(number, service, tracker, publicIndex, tick);
        this.scope = scope;
    }

    @Override
    Scope scope() {
        return scope;
    }

    @Override
    int inside() {
        return sender;
    }

    @Override
    boolean mayBind(int protocol, int inside) {
        return protocol == scope.protocol() && inside != 0 && (inside == sender || hosts.containsKey(inside));
    }

    /** Whether an inside host has a session. */
    boolean has(int inside) {
        return hosts.containsKey(inside);
    }

    /** Counts a session of an inside host that comes or goes. */
    void count(int inside, int change) {
        hosts.merge(inside, change, (before, more) -> before + more == 0 ? null : before + more);
    }

    /** Whether there is no reason to follow it any more, and its tracker knows. */
    boolean isIdle() {
        boolean knows = untold.isEmpty() && untoldWays.isEmpty();
        return knows && bound.isEmpty() && opened.isEmpty() && held.isEmpty() && timers.isEmpty();
    }

    /** The key of a session in {@link #opened}. */
    static long way(int inside, long remoteId) {
        return (long) inside << 32 | remoteId & 0xffff_ffffL;
    }
}
