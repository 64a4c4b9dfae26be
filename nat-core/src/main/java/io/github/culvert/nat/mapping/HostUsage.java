package io.github.culvert.nat.mapping;

import io.github.culvert.nat.packet.Ipv4Address;

/**
 * What an inside host has of what is limited per host, as it was when it was looked at; what it may have stands in the
 * configuration's limits.
 *
 * @param host the inside host
 * @param publicAddress the public address that its dynamic mappings share (RFC 4787 REQ-2)
 * @param mappings its mappings, static forwards included
 * @param udpMappings its UDP mappings
 * @param tcpMappings its TCP mappings
 * @param icmpMappings its ICMP query mappings
 * @param sessions its sessions
 */
public record HostUsage(
        Ipv4Address host,
        Ipv4Address publicAddress,
        int mappings,
        int udpMappings,
        int tcpMappings,
        int icmpMappings,
        int sessions) {}
