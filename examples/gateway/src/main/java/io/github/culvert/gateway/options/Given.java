package io.github.culvert.gateway.options;

/**
 * A value as the user wrote it.
 *
 * @param origin where it stands, as errors name it: {@code --mtu}, or {@code mtu (line 3 of gateway.yaml)}
 * @param text the value
 */
record Given(String origin, String text) {}
