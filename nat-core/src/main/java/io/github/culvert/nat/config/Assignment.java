package io.github.culvert.nat.config;

/** Out of which identifiers of a public address an inside host draws (RFC 6888 REQ-13 to REQ-15, RFC 7422). */
public sealed interface Assignment {
    /** Out of all, together with the other hosts of the address. */
    record Shared() implements Assignment {}

    /**
     * Out of blocks that a host has for itself, so that the log has one record a block. A further block comes when all
     * are full; a block goes when nothing in it is used. System ports are not in blocks.
     *
     * @param size ports in a block, a power of two, 64 to 16384
     */
    record Blocks(int size) implements Assignment {}

    /**
     * Out of a range that follows from the inside address and the configuration alone (RFC 7422 section 2), so that no
     * log is needed. A host that needs more gets blocks from a range that is kept for that, which is logged.
     *
     * @param overflowPorts how many ports of each public address are kept for hosts that need more, 0 to 32768, a
     *     multiple of {@link #overflowBlock()}
     * @param overflowBlock ports in such a block, a power of two, 64 to 16384
     */
    record Deterministic(int overflowPorts, int overflowBlock) implements Assignment {}
}
