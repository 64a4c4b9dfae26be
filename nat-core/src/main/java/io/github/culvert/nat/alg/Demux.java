package io.github.culvert.nat.alg;

import io.github.culvert.nat.wire.PacketWindow;

/**
 * Finds the identifier that tells the sessions of a protocol without ports apart: a GRE Call ID, an SPI, an L2TPv3
 * session id. One for protocol 17 finds that in the payload of datagrams to the ports that a {@link Control} shares, which
 * is folded into 32 bits if it is wider; what is equal then cannot be bound twice. Stateless, asked for each packet before its session is looked up; allocates nothing and never fails.
 * Safe for use by any thread.
 */
public interface Demux {
    /** What becomes of a packet whose identifier is bound to no session. */
    enum Unbound {
        /** It is refused in silence: identifiers are known before they are used. */
        REFUSED,
        /** Trackers of a {@link Scope.Pair} are told of it and may find out whose it is. */
        TOLD
    }

    /** What {@link #identifier} gives for a packet that is none of its own. */
    long NONE = -1;

    /**
     * The protocol.
     *
     * @return the protocol number of the IPv4 header
     */
    int protocol();

    /**
     * What becomes of a packet whose identifier is bound to no session.
     *
     * @return the same for the life of this demultiplexer
     */
    default Unbound unbound() {
        return Unbound.REFUSED;
    }

    /**
     * The identifier by which the receiver of a packet tells whose it is.
     *
     * @param packet the packet, its IPv4 header checked and at offset 0, also where an ICMP error quotes it
     * @param transport where the header behind the IPv4 header starts, from the first byte of the packet
     * @param length how many bytes are there from that offset on: more may be in the window, but they are padding; fewer
     *     than a whole header in what an ICMP error quotes
     * @return 0 to 2^32 - 1; {@link #NONE} if the packet is not of the kind that the ALG knows, or malformed
     */
    long identifier(PacketWindow packet, int transport, int length);
}
