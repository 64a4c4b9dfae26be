package io.github.culvert.benchmarks.baseline;

/** One's complement arithmetic (RFC 1071, RFC 1624), by hand. */
final class Sums {
    private Sums() {}

    static int fold(long sum) {
        long s = (sum >>> 32) + (sum & 0xffff_ffffL);
        s = (s >>> 16) + (s & 0xffff);
        s = (s >>> 16) + (s & 0xffff);
        return (int) ((s >>> 16) + (s & 0xffff));
    }

    static long of(long words) {
        return (words >>> 32) + (words & 0xffff_ffffL);
    }

    /** What changing two neighbouring words, or one, does to a sum. */
    static int delta(int from, int to, long width) {
        return fold((~from & width) + (to & width));
    }

    static int updated(int checksum, int delta) {
        int sum = (~checksum & 0xffff) + delta;
        return ~((sum >>> 16) + sum) & 0xffff;
    }

    /** 0 means that there is none and stays; a result of 0 is sent as FFFF (RFC 768). */
    static int updatedUdp(int checksum, int delta) {
        int changed = updated(checksum, delta);
        int sent = changed | ((changed - 1) >> 31 & 0xffff);
        return sent & -checksum >> 31;
    }
}
