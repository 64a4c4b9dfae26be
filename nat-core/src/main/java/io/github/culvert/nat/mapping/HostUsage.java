package io.github.culvert.nat.mapping;

import io.github.culvert.nat.packet.Ipv4Address;

/**
 * What an inside host has of what is limited per host, as it was when it was looked at. The limits are
 * {@code Limits.mappingsPerHost} and {@code Limits.sessionsPerHost}.
 *
 * @param host the inside host
 * @param publicAddress the public address that its dynamic mappings share (RFC 4787 REQ-2)
 * @param mappings its mappings, static forwards included
 * @param sessions its sessions
 */
public record HostUsage(Ipv4Address host, Ipv4Address publicAddress, int mappings, int sessions) {}
