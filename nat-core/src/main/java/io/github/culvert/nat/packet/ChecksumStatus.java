package io.github.culvert.nat.packet;

/**
 * What is known about the transport checksum of a packet. The checksum of the IPv4 header is always verified.
 *
 * <p>State is taken only from packets whose transport checksum is right or trusted. A packet to verify is summed only
 * if it would change state, and one that merely passes keeps the error it came with.
 */
public enum ChecksumStatus {
    /** Nothing is known; the engine sums the packet where that matters. */
    VERIFY,
    /** Hardware or an earlier stage has verified it. */
    TRUSTED,
    /**
     * The field holds only the sum of the pseudo-header, not complemented, because hardware will finish it (virtio
     * NEEDS_CSUM). The engine keeps it that way, unless the packet leaves in fragments: hardware cannot finish a
     * checksum that covers several packets, so the engine does. Of fragments only the first one can have it.
     */
    PARTIAL
}
