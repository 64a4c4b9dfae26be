package io.github.culvert.nat.mapping;

/**
 * How much state there may be (RFC 6888 REQ-4, REQ-5). What is full refuses new flows; nothing live is evicted.
 *
 * @param sessions sessions in all, 1 to 8,000,000
 * @param hosts inside hosts, 1 to 8,000,000
 * @param mappingsPerHost mappings of one inside host, of all protocols together, 1 to 8,000,000
 * @param sessionsPerHost sessions of one inside host, 1 to 8,000,000
 */
public record Limits(int sessions, int hosts, int mappingsPerHost, int sessionsPerHost) {
    /** The most that any limit can be. */
    public static final int MOST = 8_000_000;

    /** The defaults: a million sessions, 100,000 hosts, 4,096 mappings and 16,384 sessions a host. */
    public static final Limits STANDARD = new Limits(1_000_000, 100_000, 4_096, 16_384);
}
