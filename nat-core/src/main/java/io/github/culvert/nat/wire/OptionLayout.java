package io.github.culvert.nat.wire;

/**
 * Where the fields of an IPv4 option stand (RFC 791 section 3.1).
 *
 * <pre>
 *        0                   1
 *        0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5
 *       +-+---+---------+---------------+------
 *     0 |C|Cls| Number  |    Length     | Data     End and no-operation have neither length nor data.
 *       +-+---+---------+---------------+------
 * </pre>
 */
public final class OptionLayout {
    /** Offset of the type. */
    public static final int TYPE = 0;
    /** Offset of the length, which counts type and length themselves. */
    public static final int LENGTH = 1;
    /** Offset of the data, and the smallest length. */
    public static final int DATA = 2;

    /** In the type: every fragment has the option, not only the first one. */
    private static final int COPIED = 0x80;

    /** Type: end of the options; what follows is padding. */
    public static final int END = 0;
    /** Type: no operation, one byte. */
    public static final int NO_OPERATION = 1;
    /** Type: loose source route. */
    public static final int LOOSE_SOURCE_ROUTE = 0x83;
    /** Type: strict source route. */
    public static final int STRICT_SOURCE_ROUTE = 0x89;

    private OptionLayout() {}

    /**
     * Whether an option is one byte alone.
     *
     * @param type the type, 0 to 255
     * @return true for end and no-operation
     */
    public static boolean isSingleByte(int type) {
        return type <= NO_OPERATION;
    }

    /**
     * Whether an option lets the sender choose the route.
     *
     * @param type the type, 0 to 255
     * @return true for the loose and the strict source route
     */
    public static boolean isSourceRoute(int type) {
        return type == LOOSE_SOURCE_ROUTE || type == STRICT_SOURCE_ROUTE;
    }

    /**
     * Whether every fragment of a datagram has an option.
     *
     * @param type the type, 0 to 255
     * @return true if so; false if only the first one has it
     */
    public static boolean isCopied(int type) {
        return (type & COPIED) != 0;
    }
}
