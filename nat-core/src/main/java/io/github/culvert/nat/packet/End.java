package io.github.culvert.nat.packet;

/** An end of the way of a packet, and of the addresses and identifiers in its headers. */
public enum End {
    /** Where it comes from. */
    SOURCE,
    /** Where it goes to. */
    DESTINATION;

    /**
     * The other end.
     *
     * @return the constant that this is not
     */
    public End other() {
        return this == SOURCE ? DESTINATION : SOURCE;
    }
}
