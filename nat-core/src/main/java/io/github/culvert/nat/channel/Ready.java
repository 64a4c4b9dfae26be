package io.github.culvert.nat.channel;

/**
 * A segment that was held, and is next in its stream now.
 *
 * @param segment the segment, as it came
 * @param direction which way it goes
 */
public record Ready(HeldSegment segment, int direction) {}
