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
    TCP_RESET;

    private static final TimeoutClass[] ALL = values();

    /** The class of a number. */
    static TimeoutClass of(int ordinal) {
        return ALL[ordinal];
    }

    private Duration of(Timeouts timeouts) {
        return switch (this) {
            case UDP -> timeouts.udp();
            case ICMP_QUERY -> timeouts.icmpQuery();
            case TCP_OPENING -> timeouts.tcpOpening();
            case TCP_ESTABLISHED -> timeouts.tcpEstablished();
            case TCP_CLOSING -> timeouts.tcpClosing();
            case TCP_RESET -> timeouts.tcpReset();
        };
    }

    /** No session is looked at more often than this only because its state might change. */
    private static final int LEAST_VISIT = Ticks.ofTimeout(Duration.ofSeconds(60));

    private boolean isTcp() {
        return switch (this) {
            case UDP, ICMP_QUERY -> false;
            case TCP_OPENING, TCP_ESTABLISHED, TCP_CLOSING, TCP_RESET -> true;
        };
    }

    /**
     * After how many ticks to look at a session again, by ordinal: a TCP session may come under a shorter timeout at any
     * moment, so that it is looked at as often as the shortest of them asks for.
     */
    static int[] visits(int[] timeouts) {
        int shortest = Math.min(
                timeouts[TCP_OPENING.ordinal()],
                Math.min(timeouts[TCP_CLOSING.ordinal()], timeouts[TCP_RESET.ordinal()]));
        int[] visits = timeouts.clone();
        for (TimeoutClass each : values()) {
            if (each.isTcp()) {
                visits[each.ordinal()] = Math.max(shortest, LEAST_VISIT);
            }
        }
        return visits;
    }

    /**
     * After how many ticks without traffic a session is gone, by ordinal: its timeout, but for a connection that is up.
     * That becomes one that was reset, and has as long as such a one to show that it is alive (RFC 7857 section 2).
     */
    static int[] lifetimes(int[] timeouts) {
        int[] lifetimes = timeouts.clone();
        long both = (long) timeouts[TCP_ESTABLISHED.ordinal()] + timeouts[TCP_RESET.ordinal()];
        lifetimes[TCP_ESTABLISHED.ordinal()] = (int) Math.min(both, Ticks.LONGEST_STEP);
        return lifetimes;
    }

    /** The timeouts in ticks, by ordinal. */
    static int[] ticks(Timeouts timeouts) {
        TimeoutClass[] classes = values();
        int[] ticks = new int[classes.length];
        for (int i = 0; i < classes.length; i++) {
            ticks[i] = Ticks.ofTimeout(classes[i].of(timeouts));
        }
        return ticks;
    }
}
