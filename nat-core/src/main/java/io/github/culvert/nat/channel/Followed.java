package io.github.culvert.nat.channel;

import io.github.culvert.nat.alg.Action.Aftermath;
import io.github.culvert.nat.alg.Scope;
import io.github.culvert.nat.alg.Tracker;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A scope that a tracker follows, with what was bound for it. One thread. */
abstract sealed class Followed permits Channel, Pair {
    /** What happens to its packets. */
    enum Mode {
        /** An ALG reads them. */
        FOLLOWED,
        /** They pass; what was edited before stays so. */
        PASSES,
        /** They are refused. */
        CUT
    }

    /** Above 0; a bound session has it in its record. */
    final int number;

    final Service service;
    final int publicIndex;
    /** Sessions by protocol and outside identifier. */
    final Map<Long, Integer> bound = new HashMap<>();
    /** Keys of sessions that have ended by themselves, of which the tracker is still to be told. */
    final Set<Long> untold = new HashSet<>();
    /** Identifiers that are held. */
    final Set<Long> held = new HashSet<>();
    /** When each timer is due. */
    final Map<Integer, Long> timers = new TreeMap<>();

    final long firstTick;
    Tracker tracker;
    Mode mode = Mode.FOLLOWED;

    Followed(int number, Service service, Tracker tracker, int publicIndex, long tick) {
        this.number = number;
        this.service = service;
        this.tracker = tracker;
        this.publicIndex = publicIndex;
        this.firstTick = tick;
    }

    abstract Scope scope();

    /** The inside host, or that of the packet at hand; 0 if there is none. */
    abstract int inside();

    /** Whether a session may be bound for an inside host. */
    abstract boolean mayBind(int protocol, int inside);

    final int remote() {
        return scope().remote().bits();
    }

    final boolean isFollowed() {
        return mode == Mode.FOLLOWED;
    }

    final void leave(Aftermath aftermath) {
        mode = aftermath == Aftermath.CUT ? Mode.CUT : Mode.PASSES;
    }

    /** The key of an identifier in {@link #bound} and {@link #held}. */
    static long key(int protocol, long identifier) {
        return (long) protocol << 32 | identifier & 0xffff_ffffL;
    }

    static int protocolOf(long key) {
        return (int) (key >>> 32);
    }

    static int identifierOf(long key) {
        return (int) key;
    }
}
