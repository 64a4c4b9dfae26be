package io.github.culvert.nat.audit;

import io.github.culvert.nat.packet.Ipv4Address;

/**
 * A VPN that is or was in use: a snapshot.
 *
 * @param host the inside host
 * @param peer the remote address
 * @param protocol which VPN it is
 * @param confidence how sure that is
 * @param evidence what shows it, in a few words
 * @param firstSeen when it was first seen, in nanoseconds of the engine's clock
 * @param lastSeen when its last packet was seen, to about a millisecond
 * @param bytes its bytes in both directions, data and control, IPv4 headers included
 * @param state what goes on, in a few words
 * @param advice what to do about it
 */
public record Finding(
        Ipv4Address host,
        Ipv4Address peer,
        VpnProtocol protocol,
        Confidence confidence,
        String evidence,
        long firstSeen,
        long lastSeen,
        long bytes,
        String state,
        Advice advice) {}
