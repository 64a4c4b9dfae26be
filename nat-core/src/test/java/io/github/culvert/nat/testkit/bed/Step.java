package io.github.culvert.nat.testkit.bed;

import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Octets;
import java.util.List;

/**
 * A packet of recorded traffic, and what became of it.
 *
 * @param from where it comes from
 * @param packet its bytes, well formed or not
 * @param checksum what is said of its transport checksum
 * @param nanos when
 * @param out all that came out where it was recorded
 */
public record Step(Side from, Octets packet, ChecksumStatus checksum, long nanos, List<Delivery> out) {}
