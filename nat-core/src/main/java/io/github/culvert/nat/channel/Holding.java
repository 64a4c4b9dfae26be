package io.github.culvert.nat.channel;

/** What became of a segment that was to be held. */
public enum Holding {
    /** It is held, as a copy. */
    HELD,
    /** One that begins where it does, and is no shorter, is held already. */
    REPEATED,
    /** There is no room for it: it is to be sent again. */
    NO_ROOM
}
