package io.github.culvert.nat.alg;

import io.github.culvert.nat.mapping.Protocol;

/**
 * Control channels that an ALG reads: those to a service port. That is the remote port of what an inside host opens,
 * and the inside port of what comes in by a static forward. A TCP connection is read as two streams of bytes from its
 * very beginning, or not at all; UDP as datagrams.
 *
 * @param protocol TCP or UDP
 * @param port the service port, 1 to 65535
 * @param form which public ports the inside hosts get
 */
public record Control(Protocol protocol, int port, Form form) {
    /** Which public ports the inside hosts get towards the service port. */
    public enum Form {
        /** Each inside endpoint one of its own. */
        OWN,
        /**
         * All inside hosts that send from the service port keep it, as a public port that they share: for services that
         * take no other. What comes in is told apart by an identifier in the payload, which a {@link Demux} of the same
         * ALG for protocol 17 finds, and which the tracker of a channel has bound to its own inside host; anything else
         * is refused in silence. For the traffic between these two ports alone: what the same inside endpoints send
         * elsewhere gets ports as ever. Where the public port is somebody's own, or reserved, or the mapping of UDP
         * depends on the remote address, each has one of its own.
         *
         * <p>Deviation: RFC 4787 REQ-3 forbids to share a port, and REQ-1 has all that an inside endpoint sends come from
         * one; some servers answer to no port but the service port. Hence it is an ALG that asks for it, for one port.
         */
        SHARED
    }

    /**
     * Control channels with public ports of their own.
     *
     * @param protocol TCP or UDP
     * @param port the service port, 1 to 65535
     */
    public Control(Protocol protocol, int port) {
        this(protocol, port, Form.OWN);
    }

    /**
     * Checks the values.
     *
     * @param protocol the protocol
     * @param port the port
     * @param form the form
     * @throws IllegalArgumentException if the protocol has no ports, the port is not within 1 to 65535, or ports of
     *     another protocol than UDP are to be shared
     */
    public Control {
        if (protocol == Protocol.ICMP) {
            throw new IllegalArgumentException("ICMP has no control channels");
        }
        if (port < 1 || port > 0xffff) {
            throw new IllegalArgumentException("port " + port + " is not within 1..65535");
        }
        if (form == Form.SHARED && protocol != Protocol.UDP) {
            throw new IllegalArgumentException("only ports of UDP can be shared, not of " + protocol);
        }
    }
}
