package io.github.culvert.nat.alg;

import java.time.Duration;

/**
 * What the sessions that an ALG binds may have.
 *
 * @param idle after how long without a packet such a session ends by itself
 * @param rest how long an identifier is not used again towards the same remote address once its session has ended
 * @param mostPerHost how many of them one inside host may have, at least 1
 */
public record Terms(Duration idle, Duration rest, int mostPerHost) {
    /**
     * Checks the values.
     *
     * @param idle the idle timeout
     * @param rest the rest
     * @param mostPerHost the quota
     * @throws IllegalArgumentException if the timeout is not above 0, the rest below 0, or the quota below 1
     */
    public Terms {
        if (idle.isNegative() || idle.isZero() || rest.isNegative() || mostPerHost < 1) {
            throw new IllegalArgumentException(
                    "terms must have idle above 0, rest of 0 or more and a quota of 1 or more: " + idle + ", " + rest
                            + ", " + mostPerHost);
        }
    }
}
