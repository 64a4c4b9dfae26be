package io.github.culvert.nat.config;

import java.time.Duration;
import java.util.Map;

/**
 * What is special about UDP.
 *
 * @param shortTimeouts shorter timeouts of sessions to well-known remote ports, 1 to 1023, such as 53 (RFC 4787
 *     REQ-5a); at least 1 s; up to 64 ports, none by default
 * @param inboundRefresh whether accepted packets from the outside restart the timeout too (RFC 4787 REQ-6); off by
 *     default
 */
public record UdpPolicy(Map<Integer, Duration> shortTimeouts, boolean inboundRefresh) {

    /** How many ports may have a timeout of their own. */
    public static final int MOST_SHORT_TIMEOUTS = 64;

    /** The defaults. */
    public static final UdpPolicy STANDARD = new UdpPolicy(Map.of(), false);

    /**
     * Copies what could change.
     *
     * @param shortTimeouts shorter timeouts of sessions to well-known remote ports, 1 to 1023, such as 53 (RFC 4787
     *     REQ-5a); at least 1 s; up to 64 ports, none by default
     * @param inboundRefresh whether accepted packets from the outside restart the timeout too (RFC 4787 REQ-6); off
     *     by default
     */
    public UdpPolicy {
        shortTimeouts = Map.copyOf(shortTimeouts);
    }

    /**
     * The same with another {@link #shortTimeouts()}.
     *
     * @param changed shorter timeouts of sessions to well-known remote ports, 1 to 1023, such as 53 (RFC 4787
     *     REQ-5a); at least 1 s; up to 64 ports, none by default
     * @return a new value
     */
    public UdpPolicy withShortTimeouts(Map<Integer, Duration> changed) {
        return new UdpPolicy(changed, inboundRefresh);
    }

    /**
     * The same with another {@link #inboundRefresh()}.
     *
     * @param changed whether accepted packets from the outside restart the timeout too (RFC 4787 REQ-6); off by
     *     default
     * @return a new value
     */
    public UdpPolicy withInboundRefresh(boolean changed) {
        return new UdpPolicy(shortTimeouts, changed);
    }
}
