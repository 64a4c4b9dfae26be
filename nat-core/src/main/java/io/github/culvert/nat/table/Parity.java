package io.github.culvert.nat.table;

/**
 * Which of the identifiers of a range may be drawn (RFC 4787 REQ-4). Counts come in pairs: even ones in the low half of
 * an int, odd ones in the high half.
 */
enum Parity {
    /** Even and odd ones. */
    ANY(-1L, 0xffff, 0xffff),
    /** Even ones. */
    EVEN(0x5555_5555_5555_5555L, 0xffff, 0),
    /** Odd ones. */
    ODD(0xaaaa_aaaa_aaaa_aaaaL, 0, 0xffff);

    /** Which bits of a word of a bitmap count. */
    final long mask;

    private final int even;
    private final int odd;

    Parity(long mask, int even, int odd) {
        this.mask = mask;
        this.even = even;
        this.odd = odd;
    }

    /** Out of a pair of counts, those that may be drawn. */
    int of(int counts) {
        return (counts & even) + (counts >>> 16 & odd);
    }

    /** The pair of counts that one identifier makes. */
    static int one(int identifier) {
        return 1 << ((identifier & 1) << 4);
    }

    /** The parity that an identifier has. */
    static Parity having(int identifier) {
        return (identifier & 1) == 0 ? EVEN : ODD;
    }
}
