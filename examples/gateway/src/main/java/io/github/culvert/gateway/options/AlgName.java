package io.github.culvert.gateway.options;

/** The application level gateways, by their names in {@code enable}. */
public enum AlgName {
    /** PPTP (RFC 2637). */
    PPTP
}
