package io.github.culvert.nat.channel;

import io.github.culvert.nat.alg.Notice;

/** What the engine itself reports of the channels that it follows. */
public enum CoreNotice implements Notice {
    /** A tracker threw, or wanted what cannot be done: its channel is followed no longer. */
    ALG_FAILED,
    /** An inside host has as many channels as are followed for one: this one passes unread. */
    ALG_NO_ROOM,
    /** An ALG was switched off while it followed a channel. */
    ALG_OFF,
    /** A session to a control port is not followed, since its beginning was not seen. */
    ALG_TOO_LATE
}
