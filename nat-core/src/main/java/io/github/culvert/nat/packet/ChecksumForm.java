package io.github.culvert.nat.packet;

/** What the checksum field of UDP and TCP holds. */
public enum ChecksumForm {
    /** The checksum of RFC 768 and RFC 9293, right or wrong. */
    COMPLETE,
    /**
     * The folded sum of the pseudo-header, not complemented, because hardware will finish it (virtio NEEDS_CSUM). Then
     * only addresses count in it, and ICMP, which has no pseudo-header, keeps its field as it is.
     */
    PARTIAL
}
