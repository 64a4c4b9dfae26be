package io.github.culvert.nat.alg;

/** How a control channel ended. */
public enum End {
    /** Both sides have closed it (FIN). */
    CLOSED,
    /** A RST was seen, which may be forged: nothing is certain until {@link #EXPIRED} follows. */
    RESET,
    /** Its session has ended by its timeout, or was taken away; or there is nothing left of a pair. */
    EXPIRED,
    /** The ALG was switched off. */
    OFF
}
