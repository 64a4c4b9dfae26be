package io.github.culvert.nat.config;

/** Out of which identifiers of a public address an inside host draws (RFC 6888 REQ-13 to REQ-15, RFC 7422). */
public sealed interface Assignment {
    /** Out of all, together with the other hosts of the address. */
    record Shared() implements Assignment {}

    /**
     * Out of blocks that a host has for itself, in all protocols, so that the log has one record a block. A further
     * block comes when all are full for a protocol; a block goes when nothing in it is used. Within a block a port is
     * drawn at random (RFC 6888 REQ-15): preservation, parity and the class of the inside port are of no effect. System
     * ports are not in blocks.
     *
     * @param size ports in a block, a power of two, 64 to 16384
     */
    record Blocks(int size) implements Assignment {}

    /**
     * Out of a range that follows from the inside address and the configuration alone (RFC 7422 section 2), so that no
     * log is needed; {@link DeterministicRanges} computes it both ways. A host that needs more gets blocks from a range
     * that is kept for that, which is logged. Ports are drawn at random from either, as from blocks. The public addresses
     * cannot change while running, and {@link Pairing#FALL_OVER} is of no effect.
     *
     * @param overflowPorts how many ports of each public address are kept for hosts that need more, 0 to 32768, a
     *     multiple of {@link #overflowBlock()}
     * @param overflowBlock ports in such a block, a power of two, 64 to 16384
     */
    record Deterministic(int overflowPorts, int overflowBlock) implements Assignment {}
}
