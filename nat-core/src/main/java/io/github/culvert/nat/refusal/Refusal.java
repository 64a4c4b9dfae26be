package io.github.culvert.nat.refusal;

/**
 * Why a packet was not translated. Each constant has a counter of its own; the names are API.
 *
 * <p>Immutable; safe for use by any thread.
 */
public enum Refusal {
    /** Fewer than 20 bytes, or an empty packet (RFC 1812 section 5.2.2). */
    SHORT_IP_HEADER(RefusalKind.MALFORMED),
    /** The version is neither 4 nor 6 (RFC 1812 section 5.2.2). */
    BAD_IP_VERSION(RefusalKind.MALFORMED),
    /** The header length field is below 5 words (RFC 1812 section 5.2.2). */
    BAD_HEADER_LENGTH(RefusalKind.MALFORMED),
    /** The total length is below the header length (RFC 1812 section 5.2.2). */
    BAD_TOTAL_LENGTH(RefusalKind.MALFORMED),
    /** Fewer bytes are there than the total length says (RFC 1812 section 5.2.2). */
    CUT_SHORT(RefusalKind.MALFORMED),
    /** The IPv4 header checksum is wrong; such a packet is never repaired (RFC 1812 section 5.2.2). */
    BAD_IP_CHECKSUM(RefusalKind.MALFORMED),
    /** An option of length 0 or 1, or one that runs past the header (RFC 791 section 3.1). */
    BAD_OPTION(RefusalKind.MALFORMED),
    /** The payload is too short for the header of its transport protocol. */
    SHORT_TRANSPORT_HEADER(RefusalKind.MALFORMED),
    /** The UDP length is below 8 or above the IP payload (RFC 768). */
    BAD_UDP_LENGTH(RefusalKind.MALFORMED),
    /** The TCP data offset is below 5 words or outside the segment (RFC 9293 section 3.1). */
    BAD_TCP_OFFSET(RefusalKind.MALFORMED),
    /** A GRE header that contradicts itself (RFC 2637 section 4.1, RFC 2890). */
    BAD_GRE_HEADER(RefusalKind.MALFORMED),
    /** An L2TPv3 carrier or an ESP or AH header that contradicts itself. */
    BAD_TUNNEL_HEADER(RefusalKind.MALFORMED),
    /** The transport checksum of a packet that would have created state is wrong. */
    BAD_TRANSPORT_CHECKSUM(RefusalKind.MALFORMED),
    /** The ICMP checksum of a message that would have created state is wrong. */
    BAD_ICMP_CHECKSUM(RefusalKind.MALFORMED),
    /** An ICMP error does not quote an IPv4 header and the eight bytes after it (RFC 792). */
    BAD_QUOTED_PACKET(RefusalKind.MALFORMED),
    /** The checksum of the IPv4 header that an ICMP error quotes is wrong (RFC 5508 REQ-3). */
    BAD_INNER_IP_CHECKSUM(RefusalKind.MALFORMED),
    /**
     * A fragment that cannot be one, or that contradicts another one of its datagram: it is empty, or not the last one
     * and no multiple of eight bytes; the datagram would have two ends, or more than 65,535 bytes (RFC 791 section 3.2).
     */
    BAD_FRAGMENT(RefusalKind.MALFORMED),
    /** A fragment of TCP at offset 8, in which the flags of the segment would stand (RFC 3128). */
    TINY_FRAGMENT(RefusalKind.MALFORMED),
    /** A fragment of a datagram whose fragments overlap (RFC 1858, RFC 3128). */
    FRAGMENT_OVERLAP(RefusalKind.MALFORMED),
    /** A copy, byte by byte, of a fragment that is held; the datagram is not harmed. */
    FRAGMENT_DUPLICATE(RefusalKind.UNSOLICITED),
    /** A fragment that was held until the time of its datagram was up (RFC 791 section 3.2). */
    FRAGMENT_TIMEOUT(RefusalKind.UNSOLICITED),

    /** Loose or strict source route, refused by default (RFC 1812 section 5.3.13, RFC 5508 section 7.3). */
    SOURCE_ROUTE(RefusalKind.POLICY),
    /** A source that no host can have, or one of our own public addresses on the outside (RFC 1812 section 5.3.7). */
    MARTIAN_SOURCE(RefusalKind.POLICY),
    /** A destination that no host can have (RFC 1812 section 5.3.7). */
    MARTIAN_DESTINATION(RefusalKind.POLICY),
    /** The source of a packet from the inside is in none of the inside networks. */
    SPOOFED_INSIDE(RefusalKind.POLICY),
    /** The time to live is used up and this NAT counts as a hop. */
    TTL_EXPIRED(RefusalKind.POLICY),
    /** The packet is larger than the MTU of the side it would leave on, and must not be cut (RFC 791 section 3.2). */
    TOO_BIG(RefusalKind.POLICY),
    /** An ICMP message of a type that passes only where the configuration says so (RFC 5508 REQ-10). */
    ICMP_DISABLED(RefusalKind.POLICY),
    /** A router reports an MTU below 68 bytes, which no IPv4 link has (RFC 5927 section 7.3, RFC 791). */
    MTU_TOO_SMALL(RefusalKind.POLICY),
    /** From the inside to one of our own public addresses, of a protocol without identifiers that could turn round. */
    HAIRPIN(RefusalKind.UNSUPPORTED),
    /** An IP protocol for which there is no translation. */
    UNKNOWN_PROTOCOL(RefusalKind.UNSUPPORTED),
    /** An ICMP message of a type that is neither query nor error, such as router discovery (RFC 5508 REQ-11). */
    ICMP_TYPE(RefusalKind.UNSUPPORTED),
    /** An ICMP message of a type that nobody should send any more (RFC 6633, RFC 6918); it never passes. */
    ICMP_DEPRECATED(RefusalKind.UNSUPPORTED),

    /** From the outside, to an identifier that nobody inside uses. */
    NO_MAPPING(RefusalKind.UNSOLICITED),
    /** A packet without ports from either side whose identifier is bound to no session, so that it opens none. */
    NO_BINDING(RefusalKind.UNSOLICITED),
    /** From the outside, to a mapping that has never sent to this remote (RFC 4787 section 5). */
    FILTERED(RefusalKind.UNSOLICITED),
    /** A TCP segment without SYN that belongs to no session, and from which none may be picked up. */
    TCP_WITHOUT_SYN(RefusalKind.UNSOLICITED),
    /** An ICMP request from the outside, or a reply from the inside. */
    ICMP_DIRECTION(RefusalKind.UNSOLICITED),
    /** An ICMP error quotes a packet that belongs to no session, or one that did not go to where the error comes from. */
    NO_QUOTED_SESSION(RefusalKind.UNSOLICITED),
    /** An ICMP error quotes a TCP segment that is not in flight (RFC 5927 section 4). */
    SEQUENCE_OUT_OF_WINDOW(RefusalKind.UNSOLICITED),
    /**
     * A segment of a control channel that an ALG reads begins beyond the bytes that have come so far: it has to come again
     * (RFC 2637 runs over TCP; nothing passes unread).
     */
    STREAM_OUT_OF_ORDER(RefusalKind.UNSOLICITED),
    /** A segment of a control channel is nowhere near the bytes that were sent so far (RFC 9293 section 3.4). */
    STREAM_OUT_OF_WINDOW(RefusalKind.UNSOLICITED),
    /** A segment of a control channel repeats bytes that an ALG has edited, with another content than before. */
    STREAM_INCONSISTENT(RefusalKind.UNSOLICITED),
    /** A control channel has more edited bytes under way, not acknowledged, than are remembered. */
    STREAM_LIMIT(RefusalKind.LIMIT),
    /** A control channel was cut, since what it carries cannot be understood and the configuration says so. */
    CHANNEL_CUT(RefusalKind.POLICY),
    /** An ALG refuses a message of a control channel; its notice says why. */
    CHANNEL_REFUSED(RefusalKind.POLICY),

    /** The inside host has as many mappings as one host may have. */
    HOST_MAPPING_LIMIT(RefusalKind.LIMIT),
    /** The inside host has as many sessions as one host may have. */
    HOST_SESSION_LIMIT(RefusalKind.LIMIT),
    /** The mapping has as many sessions as one mapping may have; it stays, and so do they. */
    MAPPING_SESSION_LIMIT(RefusalKind.LIMIT),
    /** There are as many mappings as there may be. */
    MAPPING_LIMIT(RefusalKind.LIMIT),
    /** New sessions of the inside host come faster than they may. */
    HOST_SESSION_RATE(RefusalKind.LIMIT),
    /** New sessions of all inside hosts together come faster than they may. */
    SESSION_RATE(RefusalKind.LIMIT),
    /** Another inside host talks to this remote address by a protocol that cannot tell the two apart. */
    PROTOCOL_BUSY(RefusalKind.LIMIT),
    /** There are as many inside hosts as there may be. */
    HOST_LIMIT(RefusalKind.LIMIT),
    /** The table has as many sessions as it may have. */
    SESSION_LIMIT(RefusalKind.LIMIT),
    /** TCP connections are picked up in their middle faster than they may be. */
    MID_STREAM_RATE(RefusalKind.LIMIT),
    /** No free identifier is left at the public address of the host. */
    IDENTIFIERS_EXHAUSTED(RefusalKind.LIMIT),
    /** There is no public address that the host could use, or none has a free identifier left. */
    ADDRESSES_EXHAUSTED(RefusalKind.LIMIT),
    /** The index took a new secret and is not yet done with it; the next packet of the flow will pass. */
    INDEX_BUSY(RefusalKind.LIMIT),
    /** There is no room for a fragment, or its datagram has as many fragments as one may have (RFC 4787 REQ-14a). */
    FRAGMENT_LIMIT(RefusalKind.LIMIT);

    private static final Refusal[] ALL = values();

    private final RefusalKind kind;

    Refusal(RefusalKind kind) {
        this.kind = kind;
    }

    /**
     * The kind of this refusal.
     *
     * @return what sort of reason it is
     */
    public RefusalKind kind() {
        return kind;
    }

    /**
     * The refusal with the given ordinal, without the copy that {@link #values()} makes.
     *
     * @param ordinal the ordinal, 0 to {@link #count()} - 1
     * @return the constant
     */
    public static Refusal of(int ordinal) {
        return ALL[ordinal];
    }

    /**
     * How many refusals there are.
     *
     * @return the number of constants
     */
    public static int count() {
        return ALL.length;
    }
}
