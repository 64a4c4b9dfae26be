package io.github.culvert.nat.mapping;

import java.time.Duration;

/**
 * How long a session stays without traffic. The defaults are those that the RFCs ask for; below the floor a setting
 * is refused.
 *
 * @param udp UDP, default 300 s, floor 120 s (RFC 4787 REQ-5)
 * @param tcpEstablished TCP with a SYN of both sides, default and floor 7440 s (RFC 5382 REQ-5)
 * @param tcpOpening TCP with a SYN of one side, default 240 s, floor 1 s (RFC 5382 REQ-5, RFC 7857 section 2.1)
 * @param tcpClosing TCP after a FIN of both sides, default and floor 240 s (RFC 5382 REQ-5)
 * @param tcpReset TCP after a RST, default 240 s, floor 1 s (RFC 7857 section 2.2)
 * @param icmpQuery ICMP queries, default and floor 60 s (RFC 5508 REQ-2)
 */
public record Timeouts(
        Duration udp,
        Duration tcpEstablished,
        Duration tcpOpening,
        Duration tcpClosing,
        Duration tcpReset,
        Duration icmpQuery) {

    /** The defaults. */
    public static final Timeouts STANDARD = new Timeouts(
            Duration.ofSeconds(300),
            Duration.ofSeconds(7440),
            Duration.ofSeconds(240),
            Duration.ofSeconds(240),
            Duration.ofSeconds(240),
            Duration.ofSeconds(60));

    /** The longest timeout that can be set: 20 days. */
    public static final Duration LONGEST = Duration.ofDays(20);
}
