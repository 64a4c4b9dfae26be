package io.github.culvert.nat.engine;

import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.refusal.Refusal;

/**
 * Takes what comes out of the engine: one method for each outcome. Called by the thread of the engine, within the call
 * that it was passed to; one packet in may give none, one or several packets out.
 *
 * <p>A sink may look into the NAT table and change it. It must not call {@code translate}, {@code advance},
 * {@code handOver} or {@code close} of the engine that calls it: the engine is in the middle of a call then. What it has
 * to send belongs into the next call.
 *
 * <p>Ownership, where {@code P} is a Netty buffer: the first three methods own the packet, also if they throw; a
 * refused packet is only lent for the length of the call. Where {@code P} is a {@link java.nio.ByteBuffer}, every
 * packet is lent.
 *
 * @param <P> the packets: {@link io.netty.buffer.ByteBuf} or {@link java.nio.ByteBuffer}, from the first byte of the
 *     IPv4 header to the last byte of the packet
 */
public interface PacketSink<P> {
    /**
     * A translated packet for an inside host.
     *
     * @param packet the packet
     */
    void toInside(P packet);

    /**
     * A translated packet for the public network.
     *
     * @param packet the packet
     */
    void toOutside(P packet);

    /**
     * A packet that is not for the NAT but for the machine that it runs on, unchanged but for
     * {@link HostTraffic#OWN}.
     *
     * @param packet the packet
     * @param kind why it is not for the NAT
     */
    void toHost(P packet, HostTraffic kind);

    /**
     * A packet that is not forwarded, unchanged.
     *
     * @param packet the packet, lent
     * @param reason why
     */
    void refused(P packet, Refusal reason);
}
