package io.github.culvert.nat.table;

/** Is told by the table when a record comes to be or ends; the record is whole at that moment. */
public interface TableEvents {
    /** A mapping has come to be, in the record of its only session. */
    default void mappingCreated(int owner) {}

    /** A mapping ends, in its own record or in that of its last session. */
    default void mappingRemoved(int owner) {}

    /** A session of a protocol without ports has come to be. */
    default void portlessCreated(int session) {}

    /** A session of a protocol without ports ends. */
    default void portlessClosed(int session) {}

    /**
     * A session that is bound by identifiers ends, whatever the cause; after {@link #portlessClosed}. Nothing is to be
     * changed before {@link #settled}.
     */
    default void boundClosed(int session) {}

    /**
     * The table is whole again after any number of the other calls: what a listener threw may be thrown on from here,
     * and from nowhere else.
     */
    default void settled() {}

    /** A session has come to be. */
    default void sessionCreated(int session) {}

    /** A session ends. */
    default void sessionClosed(int session) {}

    /** A public address has become that of an inside host, for what it opens from now on. */
    default void addressBound(int inside, int publicIndex) {}

    /** A public address is no longer that of an inside host. */
    default void addressReleased(int inside, int publicIndex) {}

    /** An inside host takes another public address, since its own has no identifier left. */
    default void pairingBroken(int inside, int publicIndex, int next) {}

    /** An inside host has got a block of ports. */
    default void blockAllocated(int inside, int publicIndex, int first, int last) {}

    /** Nothing in a block of ports is used any more. */
    default void blockFreed(int inside, int publicIndex, int first, int last) {}
}
