package io.github.culvert.nat.alg;

import io.github.culvert.nat.mapping.Protocol;

/**
 * Control channels that an ALG reads: those to a service port. That is the remote port of what an inside host opens,
 * and the inside port of what comes in by a static forward. A TCP connection is read as two streams of bytes from its
 * very beginning, or not at all; UDP as datagrams.
 *
 * @param protocol TCP or UDP
 * @param port the service port, 1 to 65535
 */
public record Control(Protocol protocol, int port) {
    /**
     * Checks the values.
     *
     * @param protocol the protocol
     * @param port the port
     * @throws IllegalArgumentException if the protocol has no ports, or the port is not within 1 to 65535
     */
    public Control {
        if (protocol == Protocol.ICMP) {
            throw new IllegalArgumentException("ICMP has no control channels");
        }
        if (port < 1 || port > 0xffff) {
            throw new IllegalArgumentException("port " + port + " is not within 1..65535");
        }
    }
}
