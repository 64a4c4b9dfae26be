package io.github.culvert.nat.table;

import io.github.culvert.nat.config.Timeouts;
import java.time.Duration;

/** Which timeout a session is under. */
public enum TimeoutClass {
    /** UDP. */
    UDP,
    /** ICMP queries. */
    ICMP_QUERY,
    /** TCP with a SYN of one side. */
    TCP_OPENING,
    /** TCP with a SYN of both sides, also half closed. */
    TCP_ESTABLISHED,
    /** TCP with a FIN of both sides. */
    TCP_CLOSING,
    /** TCP after a RST. */
    TCP_RESET,
    /** Protocols without identifiers. */
    PORTLESS;

    private static final TimeoutClass[] ALL = values();

    private Duration of(Timeouts timeouts) {
        return switch (this) {
            case UDP -> timeouts.udp();
            case ICMP_QUERY -> timeouts.icmpQuery();
            case TCP_OPENING -> timeouts.tcpOpening();
            case TCP_ESTABLISHED -> timeouts.tcpEstablished();
            case TCP_CLOSING -> timeouts.tcpClosing();
            case TCP_RESET -> timeouts.tcpReset();
            case PORTLESS -> timeouts.portless();
        };
    }

    /** No session is looked at more often than this only because its state might change. */
    private static final int LEAST_VISIT = Ticks.ofTimeout(Duration.ofSeconds(60));

    private boolean isTcp() {
        return switch (this) {
            case UDP, ICMP_QUERY, PORTLESS -> false;
            case TCP_OPENING, TCP_ESTABLISHED, TCP_CLOSING, TCP_RESET -> true;
        };
    }

    /**
     * After how many ticks to look at a session again, by ordinal: a TCP session may come under a shorter timeout at any
     * moment, so that it is looked at as often as the shortest of them asks for.
     */
    static void fillVisits(int[] visits, int[] timeouts) {
        int shortest = Math.min(
                timeouts[TCP_OPENING.ordinal()],
                Math.min(timeouts[TCP_CLOSING.ordinal()], timeouts[TCP_RESET.ordinal()]));
        System.arraycopy(timeouts, 0, visits, 0, visits.length);
        for (TimeoutClass each : ALL) {
            if (each.isTcp()) {
                visits[each.ordinal()] = Math.max(shortest, LEAST_VISIT);
            }
        }
    }

    /**
     * Writes after how many ticks without traffic a session is gone, by ordinal: its timeout, but for a connection that
     * is up. That becomes one that was reset, and has as long as such a one to show that it is alive (RFC 7857 section 2).
     */
    static void fillLifetimes(int[] lifetimes, int[] timeouts) {
        System.arraycopy(timeouts, 0, lifetimes, 0, lifetimes.length);
        long both = (long) timeouts[TCP_ESTABLISHED.ordinal()] + timeouts[TCP_RESET.ordinal()];
        lifetimes[TCP_ESTABLISHED.ordinal()] = (int) Math.min(both, Ticks.LONGEST_STEP);
    }

    /** Writes the timeouts in ticks, by ordinal. */
    static void fill(int[] ticks, Timeouts timeouts) {
        for (TimeoutClass each : ALL) {
            ticks[each.ordinal()] = Ticks.ofTimeout(each.of(timeouts));
        }
    }

    /** How many classes there are. */
    static int count() {
        return ALL.length;
    }
}
