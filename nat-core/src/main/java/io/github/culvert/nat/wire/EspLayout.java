package io.github.culvert.nat.wire;

/**
 * Where the clear fields of an ESP packet stand (RFC 4303 section 2); each is four bytes. Everything after them is
 * encrypted, everything is authenticated: nothing is ever written.
 *
 * <pre>
 *        0                   1                   2                   3
 *        0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *       +---------------------------------------------------------------+
 *     0 |           Security parameters index (SPI), never 0            |
 *       +---------------------------------------------------------------+
 *     4 |                        Sequence number                        |
 *       +---------------------------------------------------------------+
 *     8 |                         Encrypted data                        |
 *       +---------------------------------------------------------------+
 * </pre>
 */
public final class EspLayout {
    /** The protocol number of ESP. */
    public static final int PROTOCOL = 50;
    /** Offset of the SPI. */
    public static final int SPI = 0;
    /** Offset of the sequence number. */
    public static final int SEQUENCE = 4;
    /** Length of the clear header, in bytes. */
    public static final int HEADER = 8;

    private EspLayout() {}
}
