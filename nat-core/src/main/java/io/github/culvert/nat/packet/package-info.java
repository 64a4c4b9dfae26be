/**
 * Immutable packets: parsing, reading, building, rewriting.
 *
 * <p>{@link io.github.culvert.nat.packet.Ipv4Packet#parse} takes bytes and gives a packet or says what is wrong with
 * them; {@link io.github.culvert.nat.packet.Ipv4Packet#transport} looks inside; {@link
 * io.github.culvert.nat.packet.Ipv4Packet#builder} makes packets; {@link io.github.culvert.nat.packet.Rewrite} changes
 * them. No accessor of a packet fails. Numbers are unsigned on the wire and {@code int} or {@code long} here.
 */
@NullMarked
package io.github.culvert.nat.packet;

import org.jspecify.annotations.NullMarked;
