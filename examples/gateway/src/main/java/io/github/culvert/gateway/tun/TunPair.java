package io.github.culvert.gateway.tun;

import java.io.IOException;

/**
 * The two devices of a gateway, and a way to wait for both at once.
 *
 * <p>Thread rule: one thread reads, writes, waits and closes; any thread may {@link #wakeUp()}.
 */
public interface TunPair extends AutoCloseable {
    /**
     * The device of the inside.
     *
     * @return always the same
     */
    TunDevice inside();

    /**
     * The device of the outside.
     *
     * @return always the same
     */
    TunDevice outside();

    /**
     * Waits until one of the devices has a packet or is gone, somebody calls {@link #wakeUp()}, or the time is over,
     * whatever comes first. It may also return early for no reason.
     *
     * @param nanos the longest time to wait, rounded up to milliseconds; 0 or less does not wait
     * @throws IOException if it cannot wait at all
     */
    void await(long nanos) throws IOException;

    /** Ends the {@link #await} of now, or else the next one. Does nothing after {@link #close()}. */
    void wakeUp();

    /** Gives up both devices; those that were created by opening vanish. */
    @Override
    void close();
}
