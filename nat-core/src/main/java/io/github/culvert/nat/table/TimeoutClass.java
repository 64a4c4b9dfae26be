package io.github.culvert.nat.table;

import io.github.culvert.nat.mapping.Timeouts;
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
