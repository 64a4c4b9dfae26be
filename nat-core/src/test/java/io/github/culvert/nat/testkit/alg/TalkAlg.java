package io.github.culvert.nat.testkit.alg;

import io.github.culvert.nat.alg.Alg;
import io.github.culvert.nat.alg.Control;
import io.github.culvert.nat.alg.Demux;
import io.github.culvert.nat.alg.Notice;
import io.github.culvert.nat.alg.Scope;
import io.github.culvert.nat.alg.Terms;
import io.github.culvert.nat.alg.Tracker;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.packet.Octets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A made-up protocol on TCP port 7000, of letters with operands, which asks for all that a stream may want done:
 *
 * <pre>
 *   e            is edited to E
 *   C id         a client opens a call by its id, two bytes; the low one is edited if the id is taken outside
 *   S id id      the server answers: the id of the client as it is seen outside, and its own
 *   X id         the client ends a call
 *   T n          a timer of n seconds
 *   ?            the segment is refused
 *   !            the channel is cut
 *   .            the channel passes from now on
 *   #            the tracker throws
 * </pre>
 *
 * <p>Data goes by enhanced GRE.
 */
public final class TalkAlg implements Alg {
    /** The service port. */
    public static final int PORT = 7000;

    /** What it reports. */
    public enum Told implements Notice {
        /** A segment was refused. */
        TALK_REFUSED,
        /** A channel was cut, or let go. */
        TALK_STOPPED,
        /** A timer was due. */
        TALK_TIMER,
        /** A call had no packet for too long. */
        TALK_IDLE,
        /** A channel was closed. */
        TALK_CLOSED,
        /** A channel was reset. */
        TALK_RESET,
        /** A channel's session ended. */
        TALK_EXPIRED,
        /** The ALG was switched off. */
        TALK_OFF,
        /** There is no room for a call. */
        TALK_NO_ROOM
    }

    @Override
    public String name() {
        return "talk";
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(Protocol.TCP, PORT));
    }

    @Override
    public List<Demux> demuxes() {
        return List.of(new GreDemux());
    }

    @Override
    public Terms terms() {
        return new Terms(Duration.ofSeconds(300), Duration.ofSeconds(60), 4);
    }

    @Override
    public Optional<Tracker> follow(Scope scope) {
        return Optional.of(new TalkTracker((Scope.Channel) scope));
    }

    @Override
    public Tracker restore(Scope scope, Octets saved) {
        return new TalkTracker((Scope.Channel) scope).load(saved);
    }
}
