package io.github.culvert.nat.config;

import java.time.Duration;

/**
 * How long state stays without traffic. The defaults are those that the RFCs ask for; below the floor a setting is
 * refused, above 20 days too.
 *
 * @param udp UDP, default 300 s, floor 120 s (RFC 4787 REQ-5)
 * @param tcpEstablished TCP with a SYN of both sides, default and floor 7440 s (RFC 5382 REQ-5); after it the session
 *     has as long as after a RST to show that it is alive (RFC 7857 section 2)
 * @param tcpOpening TCP with a SYN of one side, default 240 s, floor 1 s (RFC 5382 REQ-5, RFC 7857 section 2.1)
 * @param tcpClosing TCP after a FIN of both sides, default and floor 240 s (RFC 5382 REQ-5)
 * @param tcpReset TCP after a RST, default 240 s, floor 1 s (RFC 7857 section 2.2)
 * @param icmpQuery ICMP queries, default and floor 60 s (RFC 5508 REQ-2)
 * @param portless protocols without identifiers, default 300 s, floor 120 s
 * @param heldSyn how long an unsolicited SYN waits for the inside host to open the connection too, default and floor
 *     6 s (RFC 5382 REQ-4)
 * @param fragments how long the fragments of a datagram wait for the missing ones, default 15 s, floor 2 s (RFC 791
 *     section 3.2)
 */
public record Timeouts(
        Duration udp,
        Duration tcpEstablished,
        Duration tcpOpening,
        Duration tcpClosing,
        Duration tcpReset,
        Duration icmpQuery,
        Duration portless,
        Duration heldSyn,
        Duration fragments) {

    /** The defaults. */
    public static final Timeouts STANDARD = new Timeouts(
            Duration.ofSeconds(300),
            Duration.ofSeconds(7440),
            Duration.ofSeconds(240),
            Duration.ofSeconds(240),
            Duration.ofSeconds(240),
            Duration.ofSeconds(60),
            Duration.ofSeconds(300),
            Duration.ofSeconds(6),
            Duration.ofSeconds(15));

    /**
     * The timeouts of flows with identifiers; all else is standard.
     *
     * @param udp UDP
     * @param tcpEstablished TCP with a SYN of both sides
     * @param tcpOpening TCP with a SYN of one side
     * @param tcpClosing TCP after a FIN of both sides
     * @param tcpReset TCP after a RST
     * @param icmpQuery ICMP queries
     * @return the timeouts
     */
    public static Timeouts of(
            Duration udp,
            Duration tcpEstablished,
            Duration tcpOpening,
            Duration tcpClosing,
            Duration tcpReset,
            Duration icmpQuery) {
        return STANDARD.withUdp(udp)
                .withTcpEstablished(tcpEstablished)
                .withTcpOpening(tcpOpening)
                .withTcpClosing(tcpClosing)
                .withTcpReset(tcpReset)
                .withIcmpQuery(icmpQuery);
    }

    /** The longest timeout that can be set: 20 days. */
    public static final Duration LONGEST = Duration.ofDays(20);

    /**
     * The same with another {@link #udp()}.
     *
     * @param changed UDP, default 300 s, floor 120 s (RFC 4787 REQ-5)
     * @return a new value
     */
    public Timeouts withUdp(Duration changed) {
        return new Timeouts(
                changed, tcpEstablished, tcpOpening, tcpClosing, tcpReset, icmpQuery, portless, heldSyn, fragments);
    }

    /**
     * The same with another {@link #tcpEstablished()}.
     *
     * @param changed TCP with a SYN of both sides, default and floor 7440 s (RFC 5382 REQ-5)
     * @return a new value
     */
    public Timeouts withTcpEstablished(Duration changed) {
        return new Timeouts(udp, changed, tcpOpening, tcpClosing, tcpReset, icmpQuery, portless, heldSyn, fragments);
    }

    /**
     * The same with another {@link #tcpOpening()}.
     *
     * @param changed TCP with a SYN of one side, default 240 s, floor 1 s (RFC 5382 REQ-5, RFC 7857 section 2.1)
     * @return a new value
     */
    public Timeouts withTcpOpening(Duration changed) {
        return new Timeouts(
                udp, tcpEstablished, changed, tcpClosing, tcpReset, icmpQuery, portless, heldSyn, fragments);
    }

    /**
     * The same with another {@link #tcpClosing()}.
     *
     * @param changed TCP after a FIN of both sides, default and floor 240 s (RFC 5382 REQ-5)
     * @return a new value
     */
    public Timeouts withTcpClosing(Duration changed) {
        return new Timeouts(
                udp, tcpEstablished, tcpOpening, changed, tcpReset, icmpQuery, portless, heldSyn, fragments);
    }

    /**
     * The same with another {@link #tcpReset()}.
     *
     * @param changed TCP after a RST, default 240 s, floor 1 s (RFC 7857 section 2.2)
     * @return a new value
     */
    public Timeouts withTcpReset(Duration changed) {
        return new Timeouts(
                udp, tcpEstablished, tcpOpening, tcpClosing, changed, icmpQuery, portless, heldSyn, fragments);
    }

    /**
     * The same with another {@link #icmpQuery()}.
     *
     * @param changed ICMP queries, default and floor 60 s (RFC 5508 REQ-2)
     * @return a new value
     */
    public Timeouts withIcmpQuery(Duration changed) {
        return new Timeouts(
                udp, tcpEstablished, tcpOpening, tcpClosing, tcpReset, changed, portless, heldSyn, fragments);
    }

    /**
     * The same with another {@link #portless()}.
     *
     * @param changed protocols without identifiers, default 300 s, floor 120 s
     * @return a new value
     */
    public Timeouts withPortless(Duration changed) {
        return new Timeouts(
                udp, tcpEstablished, tcpOpening, tcpClosing, tcpReset, icmpQuery, changed, heldSyn, fragments);
    }

    /**
     * The same with another {@link #heldSyn()}.
     *
     * @param changed how long an unsolicited SYN waits for the inside host to open the connection too, default and
     *     floor 6 s (RFC 5382 REQ-4)
     * @return a new value
     */
    public Timeouts withHeldSyn(Duration changed) {
        return new Timeouts(
                udp, tcpEstablished, tcpOpening, tcpClosing, tcpReset, icmpQuery, portless, changed, fragments);
    }

    /**
     * The same with another {@link #fragments()}.
     *
     * @param changed how long the fragments of a datagram wait for the missing ones, default 15 s, floor 2 s (RFC 791
     *     section 3.2)
     * @return a new value
     */
    public Timeouts withFragments(Duration changed) {
        return new Timeouts(
                udp, tcpEstablished, tcpOpening, tcpClosing, tcpReset, icmpQuery, portless, heldSyn, changed);
    }
}
