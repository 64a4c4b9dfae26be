package io.github.culvert.nat.mapping;

/** What a decision about a flow depends on (RFC 4787 sections 4.1 and 5). */
public enum Dependence {
    /** On the inside endpoint alone. */
    ENDPOINT_INDEPENDENT,
    /** On the inside endpoint and the remote address. */
    ADDRESS_DEPENDENT,
    /** On the inside endpoint and the remote endpoint. */
    ADDRESS_AND_PORT_DEPENDENT
}
