package io.github.culvert.nat.alg;

import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Octets;
import java.util.List;

/**
 * Follows one {@link Scope}: a state machine that is told what happens, and answers with what is to be done. The engine
 * carries out the actions of one call in their order, all or none; if it cannot, or if a tracker throws, the scope is
 * followed no longer, all that it bound ends, and its packets pass or not as {@link Action.Stop} says for {@link
 * Action.Aftermath#PASS}.
 *
 * <p>A tracker has no clock, no randomness and no table: it is given a {@link Context}. The same calls with the same
 * contexts give the same actions. Its memory is bounded whatever it is told. Used by one thread at a time.
 */
public interface Tracker {
    /**
     * The next bytes of a stream, in order, each byte once: what is lost, doubled or out of order is the engine's
     * business. They leave with this call, as {@link Action.Edit} says; none can be held back.
     *
     * @param direction which way they go
     * @param position how many bytes came before them in this direction
     * @param bytes one byte or more
     * @param context what may be asked
     * @return what to do
     */
    default List<Action> onStream(Direction direction, long position, Octets bytes, Context context) {
        return List.of();
    }

    /**
     * A datagram of a UDP control channel. Edits count from the first byte of its payload.
     *
     * @param direction which way it goes
     * @param payload what is behind the UDP header
     * @param context what may be asked
     * @return what to do
     */
    default List<Action> onDatagram(Direction direction, Octets payload, Context context) {
        return List.of();
    }

    /**
     * A packet of a {@link Demux}'s protocol whose identifier is bound to no session; told to trackers of a {@link
     * Scope.Pair}, if {@link Demux#unbound()} says so. It passes if after the actions it is bound: if it goes out by
     * {@link Action.Open} or {@link Action.Learn}, if it comes in by {@link Action.Bind}; else it is refused in silence.
     *
     * @param direction which way it goes
     * @param inside the inside host that sent it; 0.0.0.0 if it comes in, since then that is what is to be found out
     * @param identifier the identifier in the packet
     * @param packet what is behind the IPv4 header
     * @param context what may be asked
     * @return what to do
     */
    default List<Action> onUnbound(
            Direction direction, Ipv4Address inside, long identifier, Octets packet, Context context) {
        return List.of();
    }

    /**
     * A session that was bound has ended by its timeout, and its identifier rests.
     *
     * @param protocol its protocol number
     * @param identifier its outside identifier
     * @param context what may be asked
     * @return what to do
     */
    default List<Action> onIdle(int protocol, long identifier, Context context) {
        return List.of();
    }

    /**
     * A session that {@link Action.Open} has opened has ended by its timeout.
     *
     * @param protocol its protocol number
     * @param inside its inside host
     * @param remoteId the identifier of the remote host
     * @param context what may be asked
     * @return what to do
     */
    default List<Action> onIdleOut(int protocol, Ipv4Address inside, long remoteId, Context context) {
        return List.of();
    }

    /**
     * The control channel has been closed by both sides, reset, has timed out, or the ALG was switched off; or nothing is
     * left of the pair, which is {@link End#EXPIRED} too. No other call
     * follows, unless the channel was reset: then it may be revived (RFC 7857 section 2.2). What is still bound after an
     * end that is final is released by the engine.
     *
     * @param end how it ended
     * @param context what may be asked
     * @return what to do
     */
    default List<Action> onEnd(End end, Context context) {
        return List.of();
    }

    /**
     * The time of a timer has come.
     *
     * @param timer the number that it was armed with
     * @param context what may be asked
     * @return what to do
     */
    default List<Action> onTimer(int timer, Context context) {
        return List.of();
    }

    /**
     * All that this tracker knows, for {@link Alg#restore}. Timers that are armed are saved by the engine.
     *
     * @return bytes that depend on nothing but its state
     */
    Octets save();

    /**
     * What the owner of the network should know of this scope.
     *
     * @return what was observed; the engine adds hosts, times and bytes
     */
    List<Observation> observations();
}
