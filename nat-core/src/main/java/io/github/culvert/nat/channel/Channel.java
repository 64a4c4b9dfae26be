package io.github.culvert.nat.channel;

import io.github.culvert.nat.alg.Action.Aftermath;
import io.github.culvert.nat.alg.Scope;
import io.github.culvert.nat.alg.Tracker;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A control channel that is followed: its tracker, its streams, and what was bound for it. One thread. */
final class Channel {
    /** What happens to its packets. */
    enum Mode {
        /** An ALG reads them. */
        FOLLOWED,
        /** They pass; what was edited before stays so. */
        PASSES,
        /** They are refused. */
        CUT
    }

    /** No direction. */
    static final int NOBODY = -1;

    /** Above 0; a bound session has it in its record. */
    final int number;

    final Service service;
    final Scope.Channel scope;
    final int session;
    final int publicIndex;
    /** By direction. */
    final ByteStream[] streams = {new ByteStream(), new ByteStream()};
    /** What waits for the bytes before it, by direction. */
    final Backlog[] backlogs;
    /** Sessions by protocol and outside identifier. */
    final Map<Long, Integer> bound = new HashMap<>();
    /** Identifiers that are held. */
    final Set<Long> held = new HashSet<>();
    /** When each timer is due. */
    final Map<Integer, Long> timers = new TreeMap<>();

    final long firstTick;
    /** Bytes of bound sessions that have ended. */
    long bytesBefore;

    /**
     * The number of a SYN that came while the connection was up, and who sent it: only if the other side takes it does a
     * new connection begin.
     */
    int proposed;

    int proposer = NOBODY;

    Tracker tracker;
    Mode mode = Mode.FOLLOWED;

    Channel(
            int number,
            Service service,
            Scope.Channel scope,
            Tracker tracker,
            int session,
            int publicIndex,
            long tick) {
        this.number = number;
        this.service = service;
        this.scope = scope;
        this.tracker = tracker;
        this.session = session;
        this.publicIndex = publicIndex;
        this.firstTick = tick;
        this.backlogs = new Backlog[] {new Backlog(inside()), new Backlog(inside())};
    }

    int inside() {
        return scope.insideEnd().address().bits();
    }

    int remote() {
        return scope.remote().bits();
    }

    boolean isFollowed() {
        return mode == Mode.FOLLOWED;
    }

    /** Whether its packets pass as they are from now on. */
    boolean isDone() {
        return mode == Mode.PASSES
                && proposer == NOBODY
                && streams[0].isSettled()
                && streams[1].isSettled()
                && backlogs[0].count() + backlogs[1].count() == 0;
    }

    void leave(Aftermath aftermath) {
        mode = aftermath == Aftermath.CUT ? Mode.CUT : Mode.PASSES;
    }

    /** Begins anew with another tracker; without one its packets pass. */
    void restart(Optional<Tracker> next) {
        next.ifPresent(other -> tracker = other);
        mode = next.isPresent() ? Mode.FOLLOWED : Mode.PASSES;
        proposer = NOBODY;
        streams[0] = new ByteStream();
        streams[1] = new ByteStream();
    }

    /** The key of an identifier in {@link #bound} and {@link #held}. */
    static long key(int protocol, long identifier) {
        return (long) protocol << 32 | identifier;
    }

    static int protocolOf(long key) {
        return (int) (key >>> 32);
    }

    static int identifierOf(long key) {
        return (int) key;
    }
}
