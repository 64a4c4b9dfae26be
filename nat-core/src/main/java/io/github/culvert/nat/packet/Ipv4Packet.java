package io.github.culvert.nat.packet;

/** Placeholder, replaced by the packet model. */
public record Ipv4Packet() {}
