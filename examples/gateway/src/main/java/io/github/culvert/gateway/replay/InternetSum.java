package io.github.culvert.gateway.replay;

import java.util.OptionalInt;

/**
 * Internet checksums, worked out without the arithmetic of the library: as numbers modulo 65535 rather than by
 * end-around carries.
 */
final class InternetSum {
    private static final int MODULUS = 0xffff;

    private InternetSum() {}

    /**
     * A checksum after one of the words that it covers has changed. An error that it had before stays in it.
     *
     * @return the checksum; 0 rather than FFFF where both stand for the same
     */
    static int afterChange(int checksum, int from, int to) {
        int sum = Math.floorMod(MODULUS - checksum - from + to, MODULUS);
        return sum == 0 ? 0 : MODULUS - sum;
    }

    /** Whether the header checksum of a datagram is right. */
    static boolean headerIsRight(Datagram datagram) {
        return datagram.hasHeader() && sum(datagram, datagram.start(), datagram.transport()) % MODULUS == 0;
    }

    /** The transport checksum that would be right, if the whole segment is here to tell. */
    static OptionalInt transport(Datagram datagram) {
        OptionalInt at = datagram.checksumAt();
        if (at.isEmpty() || datagram.isFragment() || !datagram.whole()) {
            return OptionalInt.empty();
        }
        int first = datagram.transport();
        int end = datagram.protocol() == Datagram.UDP ? udpEnd(datagram) : datagram.end();
        if (end < at.getAsInt() + 2) {
            return OptionalInt.empty();
        }
        long sum = sum(datagram, first, end) - datagram.u16(at.getAsInt());
        if (datagram.protocol() != Datagram.ICMP) {
            sum += sum(datagram, datagram.start() + 12, datagram.start() + 20) + datagram.protocol() + (end - first);
        }
        return OptionalInt.of(ofSum(sum, datagram.protocol()));
    }

    /**
     * Whether the transport checksum of a datagram is wrong. Both forms of zero are right; one that is absent, or
     * cannot be worked out from what is here, is not called wrong.
     */
    static boolean transportIsWrong(Datagram datagram) {
        OptionalInt right = transport(datagram);
        if (right.isEmpty()) {
            return false;
        }
        int field = datagram.u16(datagram.checksumAt().orElseThrow());
        boolean absent = field == 0 && datagram.protocol() == Datagram.UDP;
        return !absent && field % MODULUS != right.getAsInt() % MODULUS;
    }

    /** FFFF is what a sum of 0 has (nothing but zeros), and what UDP writes for 0. */
    private static int ofSum(long sum, int protocol) {
        int rest = (int) (sum % MODULUS);
        boolean zero = rest == 0 && sum > 0 && protocol != Datagram.UDP;
        return zero ? 0 : MODULUS - rest;
    }

    private static int udpEnd(Datagram datagram) {
        return Math.min(datagram.end(), datagram.transport() + datagram.u16(datagram.transport() + 4));
    }

    private static long sum(Datagram datagram, int from, int to) {
        long sum = 0;
        for (int at = from; at < to; at++) {
            sum += (at - from) % 2 == 0 ? (long) datagram.u8(at) << 8 : datagram.u8(at);
        }
        return sum;
    }
}
