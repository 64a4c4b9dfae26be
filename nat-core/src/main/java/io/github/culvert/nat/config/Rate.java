package io.github.culvert.nat.config;

/**
 * How often something may happen: a bucket of tokens that refills steadily.
 *
 * @param perSecond tokens that come back in a second, 1 to 100,000,000
 * @param burst tokens that the bucket holds, 1 to 100,000,000
 */
public record Rate(int perSecond, int burst) {

    /** The highest rate that can be set; in practice no limit. */
    public static final Rate UNLIMITED = new Rate(100_000_000, 100_000_000);
}
