package io.github.culvert.nat.config;

import io.github.culvert.nat.mapping.Protocol;

/**
 * How flows are mapped and filtered, for each protocol on its own (RFC 4787 REQ-8, RFC 5382 REQ-3, RFC 5508 REQ-1).
 *
 * @param udp UDP
 * @param tcp TCP
 * @param icmp ICMP queries; what they have instead of a remote port is 0
 */
public record Behaviours(Behaviour udp, Behaviour tcp, Behaviour icmp) {

    /** {@link Behaviour#STANDARD} for all. */
    public static final Behaviours STANDARD = all(Behaviour.STANDARD);

    /**
     * The same behaviour for all protocols.
     *
     * @param behaviour the behaviour
     * @return the behaviours
     */
    public static Behaviours all(Behaviour behaviour) {
        return new Behaviours(behaviour, behaviour, behaviour);
    }

    /**
     * The behaviour of a protocol.
     *
     * @param protocol the protocol
     * @return how its flows are mapped and filtered
     */
    public Behaviour of(Protocol protocol) {
        return switch (protocol) {
            case UDP -> udp;
            case TCP -> tcp;
            case ICMP -> icmp;
        };
    }

    /**
     * The same with another {@link #udp()}.
     *
     * @param changed UDP
     * @return a new value
     */
    public Behaviours withUdp(Behaviour changed) {
        return new Behaviours(changed, tcp, icmp);
    }

    /**
     * The same with another {@link #tcp()}.
     *
     * @param changed TCP
     * @return a new value
     */
    public Behaviours withTcp(Behaviour changed) {
        return new Behaviours(udp, changed, icmp);
    }

    /**
     * The same with another {@link #icmp()}.
     *
     * @param changed ICMP queries; what they have instead of a remote port is 0
     * @return a new value
     */
    public Behaviours withIcmp(Behaviour changed) {
        return new Behaviours(udp, tcp, changed);
    }
}
