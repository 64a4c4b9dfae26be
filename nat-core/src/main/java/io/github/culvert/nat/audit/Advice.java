package io.github.culvert.nat.audit;

/**
 * What to do about a finding.
 *
 * @param id the same for the life of the library, such as {@code PPTP-WEAK}
 * @param text one or two sentences for the owner of the network
 */
public record Advice(String id, String text) {}
