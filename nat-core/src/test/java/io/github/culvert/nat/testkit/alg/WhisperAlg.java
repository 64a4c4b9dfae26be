package io.github.culvert.nat.testkit.alg;

import io.github.culvert.nat.alg.Alg;
import io.github.culvert.nat.alg.Control;
import io.github.culvert.nat.alg.Demux;
import io.github.culvert.nat.alg.Notice;
import io.github.culvert.nat.alg.Scope;
import io.github.culvert.nat.alg.Terms;
import io.github.culvert.nat.alg.Tracker;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.wire.PacketWindow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A made-up protocol without ports, number 99: four bytes of identifier, that of the receiver, one letter, three bytes of
 * padding. Nobody says which identifier an inside host has chosen: the first one that comes in unknown is taken to be that
 * of the host which has waited longest. What is asked for by the letter of a packet that is bound to nothing:
 *
 * <pre>
 *   c id         the host claims an inbound identifier, four bytes more, that was given to another
 *   *            all hosts are to get a copy
 *   T            a timer of five seconds
 *   ?            the packet is refused
 *   !            the pair is followed no longer
 *   #            the tracker throws
 *   x            the tracker wants to bind for a host that never sent anything
 *   +            the tracker wants a copy for such a host
 * </pre>
 */
public final class WhisperAlg implements Alg {
    /** The protocol number. */
    public static final int PROTOCOL = 99;

    /** What it reports. */
    public enum Told implements Notice {
        /** A packet was refused. */
        WHISPER_REFUSED,
        /** A pair was let go. */
        WHISPER_STOPPED,
        /** A timer was due. */
        WHISPER_TIMER,
        /** What was bound had no packet for too long. */
        WHISPER_IDLE,
        /** What was opened had no packet for too long. */
        WHISPER_IDLE_OUT,
        /** There was nothing left of a pair. */
        WHISPER_EXPIRED,
        /** The ALG was switched off. */
        WHISPER_OFF,
        /** There is no room for a host. */
        WHISPER_NO_ROOM,
        /** It cannot be told whose a packet is. */
        WHISPER_AMBIGUOUS
    }

    @Override
    public String name() {
        return "whisper";
    }

    @Override
    public List<Control> controls() {
        return List.of();
    }

    @Override
    public List<Demux> demuxes() {
        return List.of(new FirstWord());
    }

    @Override
    public Terms terms() {
        return new Terms(Duration.ofSeconds(60), Duration.ZERO, 4);
    }

    @Override
    public Optional<Tracker> follow(Scope scope) {
        return Optional.of(new WhisperTracker());
    }

    @Override
    public Tracker restore(Scope scope, Octets saved) {
        return new WhisperTracker().load(saved);
    }

    private static final class FirstWord implements Demux {
        @Override
        public int protocol() {
            return PROTOCOL;
        }

        @Override
        public long identifier(PacketWindow packet, int transport, int length) {
            return Integer.toUnsignedLong(packet.i32(transport));
        }

        @Override
        public Unbound unbound() {
            return Unbound.TOLD;
        }
    }
}
