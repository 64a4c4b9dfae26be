package io.github.culvert.nat.channel;

import io.github.culvert.nat.alg.Scope;
import io.github.culvert.nat.alg.Tracker;
import java.util.Optional;

/** A control channel that is followed, with its streams. One thread. */
final class Channel extends Followed {
    /** No direction. */
    static final int NOBODY = -1;

    final Scope.Channel scope;
    final int session;
    /** By direction. */
    final ByteStream[] streams = {new ByteStream(), new ByteStream()};
    /** What waits for the bytes before it, by direction. */
    final Backlog[] backlogs;

    /** Bytes of bound sessions that have ended. */
    long bytesBefore;

    /**
     * The number of a SYN that came while the connection was up, and who sent it: only if the other side takes it does a
     * new connection begin.
     */
    int proposed;

    int proposer = NOBODY;

    Channel(
            int number,
            Service service,
            Scope.Channel scope,
            Tracker tracker,
            int session,
            int publicIndex,
            long tick) {
        super(number, service, tracker, publicIndex, tick);
        this.scope = scope;
        this.session = session;
        this.backlogs = new Backlog[] {new Backlog(inside()), new Backlog(inside())};
    }

    @Override
    Scope scope() {
        return scope;
    }

    @Override
    int inside() {
        return scope.insideEnd().address().bits();
    }

    /** Whether its packets pass as they are from now on. */
    boolean isDone() {
        return mode == Mode.PASSES
                && proposer == NOBODY
                && streams[0].isSettled()
                && streams[1].isSettled()
                && backlogs[0].count() + backlogs[1].count() == 0;
    }

    @Override
    boolean mayBind(int protocol, int inside) {
        return inside == inside();
    }

    /** Begins anew with another tracker; without one its packets pass. */
    void restart(Optional<Tracker> next) {
        next.ifPresent(other -> tracker = other);
        mode = next.isPresent() ? Mode.FOLLOWED : Mode.PASSES;
        proposer = NOBODY;
        streams[0] = new ByteStream();
        streams[1] = new ByteStream();
    }
}
