package io.github.culvert.nat.config;

/**
 * From which fill on listeners are told, before anything is refused (RFC 8158 section 4.5). Each is told when it is
 * reached, and again only after the fill was below it. Every value is 1 to 8,000,000; {@link Limits#MOST} means never.
 *
 * @param addressesHigh public addresses that have inside hosts: told when there are so many
 * @param addressesLow public addresses that have inside hosts: told when there are so few again, after there were
 *     more; 0 means never
 * @param mappings mappings in all
 * @param mappingsPerHost mappings of one inside host
 * @param hosts inside hosts, each of which is bound to a public address
 */
public record Thresholds(int addressesHigh, int addressesLow, int mappings, int mappingsPerHost, int hosts) {

    /** Nobody is told. */
    public static final Thresholds NONE = new Thresholds(Limits.MOST, 0, Limits.MOST, Limits.MOST, Limits.MOST);
}
