package io.github.culvert.nat.table;

import io.github.culvert.nat.config.Timeouts;
import io.github.culvert.nat.config.UdpPolicy;
import java.time.Duration;
import java.util.Map;

/**
 * The timeouts by class: first those of {@link TimeoutClass}, then one for each remote UDP port that has a timeout of
 * its own (RFC 4787 REQ-5a), then those of the sessions that ALGs bind. The arrays stay the same when the timeouts
 * change, since the data path holds them. Not safe for use by several threads.
 */
final class Timings {
    private static final int PORTS = 1024;
    /** How many classes can be added. */
    private static final int MOST_ADDED = 32;

    /** The timeouts in ticks. */
    final int[] timeouts;
    /** After how many ticks without traffic a session is gone. */
    final int[] lifetimes;
    /** After how many ticks to look at a session again. */
    final int[] visits;

    private final byte[] classOfPort = new byte[PORTS];
    /** The next class to be added. */
    private int next;

    Timings(Timeouts timeouts, UdpPolicy udp) {
        int classes = TimeoutClass.count();
        this.timeouts = new int[classes + udp.shortTimeouts().size() + MOST_ADDED];
        this.lifetimes = new int[this.timeouts.length];
        this.visits = new int[this.timeouts.length];
        next = classes;
        for (Map.Entry<Integer, Duration> port : udp.shortTimeouts().entrySet()) {
            classOfPort[port.getKey()] = (byte) next;
            this.timeouts[next++] = Ticks.ofTimeout(port.getValue());
        }
        change(timeouts);
    }

    /**
     * Adds a class whose timeout never changes; gives its number.
     *
     * @throws IllegalStateException if there are too many
     */
    int add(Duration timeout) {
        if (next == timeouts.length) {
            throw new IllegalStateException("more than " + MOST_ADDED + " further timeouts");
        }
        timeouts[next] = Ticks.ofTimeout(timeout);
        fill();
        return next++;
    }

    void change(Timeouts changed) {
        TimeoutClass.fill(timeouts, changed);
        fill();
    }

    private void fill() {
        TimeoutClass.fillVisits(visits, timeouts);
        TimeoutClass.fillLifetimes(lifetimes, timeouts);
    }

    /** The class of a session. */
    int classOf(TimeoutClass wanted, long ids) {
        int remotePort = Record.remoteId(ids);
        boolean own = wanted == TimeoutClass.UDP && remotePort < PORTS && classOfPort[remotePort] != 0;
        return own ? classOfPort[remotePort] : wanted.ordinal();
    }
}
