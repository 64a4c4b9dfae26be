package io.github.culvert.gateway.replay;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Compares a packet that came out of the NAT with the one that should have. May differ: the time to live and the header
 * checksum, which must only be right; the identification, unless it has no meaning (RFC 6864); and FFFF and 0000 in a
 * checksum that was not what its sender should have written. Padding is not compared.
 */
final class Comparison {
    private Comparison() {}

    /** What is wrong with a packet, empty if nothing is. */
    static Optional<String> difference(Datagram expected, Datagram actual) {
        int length = expected.end() - expected.start();
        int actualLength = actual.end() - actual.start();
        if (length != actualLength) {
            return Optional.of("it has " + actualLength + " bytes instead of " + length);
        }
        int wrong = firstWrong(expected, actual, length);
        if (wrong >= 0) {
            return Optional.of(describe(expected, actual, wrong));
        }
        return InternetSum.headerIsRight(actual) ? Optional.empty() : Optional.of("its IPv4 header checksum is wrong");
    }

    /** The first byte that is wrong; one of the transport checksum only if no other is, since that follows the others. */
    private static int firstWrong(Datagram expected, Datagram actual, int length) {
        int inChecksum = -1;
        for (int i = 0; i < length; i++) {
            if (expected.u8(expected.start() + i) != actual.u8(actual.start() + i) && !mayDiffer(expected, actual, i)) {
                if (!isChecksum(expected, i)) {
                    return i;
                }
                inChecksum = inChecksum < 0 ? i : inChecksum;
            }
        }
        return inChecksum;
    }

    private static boolean isChecksum(Datagram datagram, int i) {
        OptionalInt at = datagram.checksumAt();
        return at.isPresent() && (datagram.start() + i) / 2 == at.getAsInt() / 2;
    }

    private static boolean mayDiffer(Datagram expected, Datagram actual, int i) {
        boolean header = i == Datagram.TTL || i / 2 == Datagram.HEADER_CHECKSUM / 2;
        boolean identification = i / 2 == Datagram.IDENTIFICATION / 2 && !expected.isAtomic();
        return header || identification || isOtherZero(expected, actual, i);
    }

    /** Whether the byte belongs to a checksum that holds the other form of zero, and held no canonical one before. */
    private static boolean isOtherZero(Datagram expected, Datagram actual, int i) {
        OptionalInt at = expected.checksumAt();
        if (at.isEmpty() || expected.protocol() == Datagram.UDP || !isChecksum(expected, i)) {
            return false;
        }
        int before = expected.u16(at.getAsInt());
        int after = actual.u16(at.getAsInt() - expected.start() + actual.start());
        OptionalInt right = InternetSum.transport(expected);
        boolean wasRight = right.isPresent() && right.getAsInt() == before;
        return !wasRight && (before == 0 || before == 0xffff) && (after ^ before) == 0xffff;
    }

    private static String describe(Datagram expected, Datagram actual, int i) {
        return String.format(
                "byte %d (%s) is %02x instead of %02x",
                i, FieldName.at(expected, i), actual.u8(actual.start() + i), expected.u8(expected.start() + i));
    }
}
