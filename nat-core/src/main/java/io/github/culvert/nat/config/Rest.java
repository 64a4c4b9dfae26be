package io.github.culvert.nat.config;

import java.time.Duration;

/**
 * How long a freed public identifier rests before any new mapping gets it, the same inside endpoint included (RFC 6888
 * REQ-8). Those whose TCP connections all closed with a FIN of both sides, those of protocols whose filtering is not
 * endpoint-independent, and those of static forwards do not rest; a static forward may name one that rests.
 *
 * @param time how long, default 120 s, floor 120 s where filtering is endpoint-independent
 * @param most how many ports may rest at a time, 0 to 8,000,000; beyond it the one that has rested longest is free
 * @param afterColdStart whether all dynamic ports with endpoint-independent filtering rest when an engine starts; off
 *     by default
 */
public record Rest(Duration time, int most, boolean afterColdStart) {

    /** The defaults: 120 s, up to 65,536 ports, not after a start. */
    public static final Rest STANDARD = new Rest(Duration.ofMinutes(2), 65_536, false);

    /**
     * The same with another {@link #time()}.
     *
     * @param changed how long, default 120 s, floor 120 s where filtering is endpoint-independent
     * @return a new value
     */
    public Rest withTime(Duration changed) {
        return new Rest(changed, most, afterColdStart);
    }

    /**
     * The same with another {@link #most()}.
     *
     * @param changed how many ports may rest at a time, 0 to 8,000,000; beyond it the one that has rested longest is
     *     free
     * @return a new value
     */
    public Rest withMost(int changed) {
        return new Rest(time, changed, afterColdStart);
    }

    /**
     * The same with another {@link #afterColdStart()}.
     *
     * @param changed whether all dynamic ports with endpoint-independent filtering rest when an engine starts; off by
     *     default
     * @return a new value
     */
    public Rest withAfterColdStart(boolean changed) {
        return new Rest(time, most, changed);
    }
}
