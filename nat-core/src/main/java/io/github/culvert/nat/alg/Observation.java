package io.github.culvert.nat.alg;

import io.github.culvert.nat.audit.Advice;
import io.github.culvert.nat.audit.Confidence;
import io.github.culvert.nat.audit.VpnProtocol;
import io.github.culvert.nat.packet.Ipv4Address;

/**
 * What a {@link Tracker} knows of a VPN that it follows, without what the engine knows better.
 *
 * @param inside the inside host
 * @param protocol which VPN it is
 * @param confidence how sure that is
 * @param evidence what shows it, in a few words
 * @param state what goes on, in a few words, such as {@code 2 calls}
 * @param advice what to do about it
 */
public record Observation(
        Ipv4Address inside,
        VpnProtocol protocol,
        Confidence confidence,
        String evidence,
        String state,
        Advice advice) {}
