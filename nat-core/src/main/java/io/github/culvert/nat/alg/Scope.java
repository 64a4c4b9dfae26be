package io.github.culvert.nat.alg;

import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.packet.Ipv4Address;

/** What one {@link Tracker} follows. */
public sealed interface Scope {
    /**
     * The public address in use.
     *
     * @return the address, of the control channel if there is one
     */
    Ipv4Address outside();

    /**
     * The remote address.
     *
     * @return the address, of the control channel if there is one
     */
    Ipv4Address remote();

    /**
     * One control channel. What is bound for it is for its own inside host and its own remote address alone.
     *
     * @param control the control that it matched
     * @param insideEnd the inside endpoint
     * @param outsideEnd the public endpoint
     * @param remoteEnd the remote endpoint
     * @param opened which way its first packet went
     */
    record Channel(Control control, Endpoint insideEnd, Endpoint outsideEnd, Endpoint remoteEnd, Direction opened)
            implements Scope {
        @Override
        public Ipv4Address outside() {
            return outsideEnd.address();
        }

        @Override
        public Ipv4Address remote() {
            return remoteEnd.address();
        }
    }

    /**
     * All inside hosts that talk to one remote address from one public address by a protocol of a {@link Demux}, for
     * ALGs that must tell them apart without a control channel. It begins with a packet that goes out and is bound to
     * nothing, never with one that comes in. It ends as soon as there is nothing left that was bound or held for it, and
     * no timer is armed.
     *
     * @param protocol the protocol number
     * @param outside the public address
     * @param remote the remote address
     */
    record Pair(int protocol, Ipv4Address outside, Ipv4Address remote) implements Scope {}
}
