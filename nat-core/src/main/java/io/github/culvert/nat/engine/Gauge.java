package io.github.culvert.nat.engine;

/** What a NAT holds at the moment; each with a limit. The names are API. */
public enum Gauge {
    /** Live sessions. */
    SESSIONS,
    /** Live mappings, static forwards and temporary mappings included. */
    MAPPINGS,
    /** Inside hosts with at least one mapping. */
    HOSTS,
    /** Public addresses that have inside hosts. */
    ADDRESSES,
    /** Identifiers in use or reserved, of all public addresses and protocols together. */
    IDENTIFIERS,
    /** Packets that are held back. */
    HELD_PACKETS,
    /** Bytes of memory that the fragments among them take, with what it costs to hold them. */
    HELD_BYTES,
    /** SYNs from the outside that nobody asked for, and that wait for their answer. */
    HELD_SYNS,
    /** Control channels that ALGs follow. */
    CHANNELS,
    /** Bytes of segments of these that are held until what is missing before them has come, with the cost of holding. */
    STREAM_BYTES,
    /** Commands of other threads that wait for {@code advance}. */
    COMMANDS,
    /** Bytes of memory in records, indexes and identifier tables. */
    MEMORY
}
