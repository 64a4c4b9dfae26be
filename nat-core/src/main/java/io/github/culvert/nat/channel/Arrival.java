package io.github.culvert.nat.channel;

/** What a segment is to the stream that it belongs to. */
public enum Arrival {
    /** No payload, or nothing but bytes that were seen before: a retransmission, a keepalive. It passes, edited again. */
    OLD,
    /** Some bytes that are next, perhaps after old ones: an ALG reads them, and they pass. */
    FRESH,
    /** It begins beyond the next byte, within what a sender may have in flight. It must not pass before what is missing. */
    EARLY,
    /**
     * Nowhere near the next byte, or of a stream whose SYN was not seen. An ALG never sees it; it must not pass either,
     * since a receiver with a larger window would take it unread.
     */
    ASTRAY,
    /** It says something else than before where a byte was edited, or read and deliberately left as it was. */
    INCONSISTENT,
    /** Fresh, but as many edits wait for their acknowledgement as may: it is to be sent again. */
    FULL
}
