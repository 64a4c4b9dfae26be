package io.github.culvert.nat.testkit.fuzz;

import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Octets;

/**
 * One packet of a sequence.
 *
 * @param from where it comes from
 * @param checksum what is said of its transport checksum
 * @param pauseNanos how long after the one before
 * @param advances whether time does its work before
 * @param packet its bytes
 */
record Frame(Side from, ChecksumStatus checksum, long pauseNanos, boolean advances, Octets packet) {}
