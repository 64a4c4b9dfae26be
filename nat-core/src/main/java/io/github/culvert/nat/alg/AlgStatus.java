package io.github.culvert.nat.alg;

/**
 * An ALG of an engine: a snapshot.
 *
 * @param name its name
 * @param on whether it is on; what is off reads nothing and binds nothing
 * @param channels how many control channels and pairs it follows
 * @param sessions how many sessions are bound for it
 */
public record AlgStatus(String name, boolean on, int channels, int sessions) {}
