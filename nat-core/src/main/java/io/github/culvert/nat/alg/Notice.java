package io.github.culvert.nat.alg;

/**
 * Something that an ALG saw and the owner of the network may want to know: a quirk of a peer, a limit that was reached, a
 * stream that is not what it should be. ALGs have an enum of theirs that implements this; each has a counter.
 */
public interface Notice {
    /**
     * The name, for counters and logs; the same for the life of the library.
     *
     * @return capital letters, digits and underscores, the ALG first, such as {@code PPTP_DESYNC}
     */
    String name();
}
