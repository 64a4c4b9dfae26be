package io.github.culvert.nat.alg;

import io.github.culvert.nat.packet.Ipv4Address;
import java.util.random.RandomGenerator;

/**
 * What a {@link Tracker} may ask while it is called; not to be kept. The answers hold until it returns: an identifier
 * that is free can be bound by the actions that it gives.
 */
public interface Context {
    /**
     * The time.
     *
     * @return nanoseconds since some moment, never going back
     */
    long now();

    /**
     * The source of unpredictable choices.
     *
     * @return the engine's
     */
    RandomGenerator random();

    /**
     * Whether an identifier may be bound at the public address and towards the remote address of the scope: nobody has
     * it, it does not rest, and it is not held but for this scope.
     *
     * @param protocol the protocol number
     * @param identifier 0 to 2^32 - 1
     * @return true if it may
     */
    boolean isFree(int protocol, long identifier);

    /**
     * Whether the inside host, that of the control channel or who has sent the packet at hand, may have so many more bound sessions: by its quota and by all limits of the engine. Those
     * that the actions of this call bind are not there yet: a tracker that binds a second one asks for two.
     *
     * @param sessions how many, at least 1
     * @return true if it may
     */
    boolean hasRoom(int sessions);

    /**
     * The same for any inside host of a pair; a control channel has only one.
     *
     * @param inside the inside host
     * @param sessions how many, at least 1
     * @return true if it may
     */
    default boolean hasRoom(Ipv4Address inside, int sessions) {
        return hasRoom(sessions);
    }
}
