package io.github.culvert.nat.mapping;

import io.github.culvert.nat.refusal.Refusal;

/** The answer to a request for a temporary mapping (RFC 6887 section 11). */
public sealed interface MappingGrant {
    /**
     * The mapping is there.
     *
     * @param mapping the mapping, with its lifetime; a static forward if there is one already
     */
    record Granted(Mapping mapping) implements MappingGrant {}

    /**
     * There is no mapping.
     *
     * @param reason why, as for a packet that would have needed a mapping
     */
    record Denied(Refusal reason) implements MappingGrant {}
}
