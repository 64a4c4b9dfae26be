package io.github.culvert.nat.config;

/**
 * How fragments are held until their datagram is complete (RFC 4787 REQ-14, RFC 791 section 3.2). How long is {@link
 * Timeouts#fragments()}.
 *
 * <p>The memory is that of the copies and of what it costs to keep them, 40 bytes a fragment and 192 a datagram. A
 * fragment for which there is no room is refused, and so is the rest of its datagram; packets that are no fragments never
 * notice.
 *
 * @param bytes bytes of memory for all held fragments together, 65,536 to 1 GiB; 4 MiB by default. Fragments from the
 *     outside may take three quarters of it
 * @param bytesPerSource bytes of memory for the held fragments of one source address, 65,536 to 1 GiB, of no effect
 *     above {@link #bytes()}; 512 KiB by default
 * @param piecesPerDatagram fragments that one datagram may come in, 2 to 8,192; 64 by default
 * @param timeExceeded whether the sender is told when the time is up and the first fragment has come (RFC 792); off
 *     by default
 */
public record FragmentPolicy(int bytes, int bytesPerSource, int piecesPerDatagram, boolean timeExceeded) {

    /** The defaults. */
    public static final FragmentPolicy STANDARD = new FragmentPolicy(4 << 20, 512 << 10, 64, false);

    /**
     * The same with another {@link #bytes()}.
     *
     * @param changed bytes of memory for all held fragments together, 65,536 to 1 GiB; 4 MiB by default
     * @return a new value
     */
    public FragmentPolicy withBytes(int changed) {
        return new FragmentPolicy(changed, bytesPerSource, piecesPerDatagram, timeExceeded);
    }

    /**
     * The same with another {@link #bytesPerSource()}.
     *
     * @param changed bytes of memory for the held fragments of one source address, 65,536 to 1 GiB, of no effect
     *     above {@link #bytes()}; 512 KiB by default
     * @return a new value
     */
    public FragmentPolicy withBytesPerSource(int changed) {
        return new FragmentPolicy(bytes, changed, piecesPerDatagram, timeExceeded);
    }

    /**
     * The same with another {@link #piecesPerDatagram()}.
     *
     * @param changed fragments that one datagram may come in, 2 to 8,192; 64 by default
     * @return a new value
     */
    public FragmentPolicy withPiecesPerDatagram(int changed) {
        return new FragmentPolicy(bytes, bytesPerSource, changed, timeExceeded);
    }

    /**
     * The same with another {@link #timeExceeded()}.
     *
     * @param changed whether the sender is told when the time is up and the first fragment has come (RFC 792); off by
     *     default
     * @return a new value
     */
    public FragmentPolicy withTimeExceeded(boolean changed) {
        return new FragmentPolicy(bytes, bytesPerSource, piecesPerDatagram, changed);
    }
}
