package io.github.culvert.nat.channel;

import io.github.culvert.nat.alg.Notice;

/** What the engine itself reports of the channels that it follows. */
public enum CoreNotice implements Notice {
    /** A tracker threw, or wanted what cannot be done: its channel is followed no longer. */
    ALG_FAILED,
    /** An ALG was switched off while it followed a channel or a pair. */
    ALG_OFF,
    /**
     * As many are followed as may be: of the channels of one inside host, so that this one passes unread; or of the pairs
     * of hosts, so that a packet was refused that would have begun one.
     */
    ALG_NO_ROOM,
    /** A session to a control port is not followed, since its beginning was not seen. */
    ALG_TOO_LATE
}
