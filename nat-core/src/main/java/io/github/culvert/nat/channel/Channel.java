package io.github.culvert.nat.channel;

import io.github.culvert.nat.alg.Scope;
import io.github.culvert.nat.alg.Tracker;
import java.util.Optional;

/** A control channel that is followed, with its streams. One thread. */
final class Channel extends Followed {
    final Scope.Channel scope;
    final int session;
    /** By direction. */
    final ByteStream[] streams = {new ByteStream(), new ByteStream()};
    /** What waits for the bytes before it, by direction. */
    final Backlog[] backlogs = {new Backlog(), new Backlog()};

    /** Bytes of bound sessions that have ended. */
    long bytesBefore;

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
    }

    @Override
    Scope scope() {
        return scope;
    }

    @Override
    int inside() {
        return scope.insideEnd().address().bits();
    }

    @Override
    boolean mayBind(int protocol, int inside) {
        return inside == inside();
    }

    /** Begins anew with another tracker; without one its packets pass. */
    void restart(Optional<Tracker> next) {
        next.ifPresent(other -> tracker = other);
        mode = next.isPresent() ? Mode.FOLLOWED : Mode.PASSES;
        streams[0] = new ByteStream();
        streams[1] = new ByteStream();
    }
}
