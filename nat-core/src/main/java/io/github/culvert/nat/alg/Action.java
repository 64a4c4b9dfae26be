package io.github.culvert.nat.alg;

import io.github.culvert.nat.packet.Ipv4Address;
import java.util.List;

/** What a {@link Tracker} wants done: a value. Identifiers are 0 to 2^32 - 1. */
public sealed interface Action {
    /**
     * Replaces one byte of what is passing. The same byte is replaced again whenever it is sent again.
     *
     * @param position where in the stream, or in the payload of a datagram
     * @param value the new byte, 0 to 255
     */
    record Edit(long position, int value) implements Action {}

    /**
     * Keeps an identifier from being used, towards the remote address of the scope, until it is bound or released, or the
     * scope ends.
     *
     * @param protocol the protocol number
     * @param identifier the identifier, which is free
     */
    record Hold(int protocol, long identifier) implements Action {}

    /**
     * Opens a session, a pinhole: packets that come in from the remote address of the scope with this identifier go to
     * the inside host, with the identifier that it chose itself. It lives as long as the {@link Terms} say, and no longer
     * than its scope.
     *
     * @param protocol the protocol number
     * @param outsideId the identifier on the outside, free or held by this scope
     * @param insideId what the inside host calls it; the same as outside where packets cannot be changed
     * @param inside the inside host: that of the control channel; for a pair who has sent the packet at hand, or has a
     *     session of the pair
     */
    record Bind(int protocol, long outsideId, long insideId, Ipv4Address inside) implements Action {}

    /**
     * Lets packets out by a session that is bound: those of its inside host to its remote address with the identifier
     * that the remote host chose.
     *
     * @param protocol the protocol number
     * @param outsideId the identifier that the session was bound by
     * @param remoteId the identifier of the remote host
     */
    record Learn(int protocol, long outsideId, long remoteId) implements Action {}

    /**
     * Lets packets out though nobody knows yet by which identifier their answers will come: those of an inside host to
     * the remote address with the identifier that the remote host chose. Opens a session of its own, by which nothing
     * comes in. For pairs alone.
     *
     * @param protocol the protocol number, that of the pair
     * @param remoteId the identifier of the remote host, by which this inside host lets nothing out yet
     * @param inside the inside host: who has sent the packet at hand, or has a session of the pair
     */
    record Open(int protocol, long remoteId, Ipv4Address inside) implements Action {}

    /**
     * Ends a session that lets packets out.
     *
     * @param protocol the protocol number
     * @param remoteId the identifier of the remote host that it was opened by
     * @param inside the inside host
     */
    record Close(int protocol, long remoteId, Ipv4Address inside) implements Action {}

    /**
     * Restarts the timeout of a session that is bound.
     *
     * @param protocol the protocol number
     * @param outsideId the identifier that it was bound by
     */
    record Extend(int protocol, long outsideId) implements Action {}

    /**
     * Ends a session that is bound, whose identifier rests then; or gives back an identifier that was held.
     *
     * @param protocol the protocol number
     * @param outsideId the identifier
     */
    record Release(int protocol, long outsideId) implements Action {}

    /**
     * Sends the packet at hand to several inside hosts, each its own copy, and binds nothing: for protocols whose owner
     * only the right host can tell. For pairs and for what comes in alone. A packet that came in fragments, or is too
     * large for the inside, is not copied.
     *
     * @param candidates the hosts, each of which has a session of the pair
     */
    record Deliver(List<Ipv4Address> candidates) implements Action {
        /**
         * Copies the list.
         *
         * @param candidates the hosts
         */
        public Deliver {
            candidates = List.copyOf(candidates);
        }
    }

    /**
     * Has {@link Tracker#onTimer} called once. A timer that is armed again is moved.
     *
     * @param timer any number that the tracker gives it
     * @param at when, in the nanoseconds of {@link Context#now()}
     */
    record Arm(int timer, long at) implements Action {}

    /**
     * Disarms a timer, armed or not.
     *
     * @param timer its number
     */
    record Disarm(int timer) implements Action {}

    /**
     * Drops the packet at hand; nothing of it counts as sent.
     *
     * @param notice why
     */
    record Refuse(Notice notice) implements Action {}

    /**
     * Follows the scope no longer: nothing more is read, all that it bound ends. Actions behind it are not carried out.
     * A pair, which has no packets of its own, begins anew with the next packet that goes out and is bound to nothing.
     *
     * @param aftermath what becomes of the packets of the control channel from now on
     * @param notice why
     */
    record Stop(Aftermath aftermath, Notice notice) implements Action {}

    /**
     * Counts something that is worth knowing, and tells the listeners.
     *
     * @param notice what
     */
    record Report(Notice notice) implements Action {}

    /** What becomes of a control channel that is followed no longer. */
    enum Aftermath {
        /** Its packets pass, translated like any others; bytes that were replaced before stay replaced. */
        PASS,
        /** None of its packets passes. */
        CUT
    }
}
