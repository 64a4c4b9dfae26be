package io.github.culvert.gateway.replay;

import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * An IPv4 datagram, or what was captured of it, in part of an array. Reads only what is there; does not own the array.
 */
final class Datagram {
    static final int ICMP = 1;
    static final int TCP = 6;
    static final int UDP = 17;
    static final int GRE = 47;

    static final int IDENTIFICATION = 4;
    static final int TTL = 8;
    static final int HEADER_CHECKSUM = 10;

    private static final int LEAST_HEADER = 20;
    private static final int ICMP_HEADER = 8;

    private final byte[] bytes;
    private final int start;
    private final int limit;

    /**
     * A datagram.
     *
     * @param start where its header begins
     * @param limit where the captured bytes end; what lies behind its total length is padding
     */
    Datagram(byte[] bytes, int start, int limit) {
        this.bytes = bytes;
        this.start = start;
        this.limit = limit;
    }

    Datagram(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    byte[] array() {
        return bytes;
    }

    int start() {
        return start;
    }

    int u8(int at) {
        return bytes[at] & 0xff;
    }

    int u16(int at) {
        return u8(at) << 8 | u8(at + 1);
    }

    int i32(int at) {
        return u16(at) << 16 | u16(at + 2);
    }

    /** Whether this is version 4 and its addresses are there. */
    boolean hasAddresses() {
        return limit - start >= LEAST_HEADER && u8(start) >> 4 == 4;
    }

    int address(Place place) {
        return i32(place.addressAt(start));
    }

    int protocol() {
        return u8(start + 9);
    }

    int headerLength() {
        return (u8(start) & 0xf) * 4;
    }

    int totalLength() {
        return u16(start + 2);
    }

    /** Where it ends, as far as it was captured: padding does not belong to it. */
    int end() {
        return Math.min(limit, start + Math.max(totalLength(), headerLength()));
    }

    /** Whether all of it was captured. */
    boolean whole() {
        return totalLength() >= headerLength() && start + totalLength() <= limit;
    }

    boolean isFragment() {
        return (fragmentBits() & 0x3fff) != 0;
    }

    /** Flags and offset, as they stand in the header. */
    int fragmentBits() {
        return u16(start + 6);
    }

    boolean hasMoreFragments() {
        return (fragmentBits() & 0x2000) != 0;
    }

    /** Where its payload belongs in that of the datagram, in bytes. */
    int fragmentOffset() {
        return (fragmentBits() & 0x1fff) * 8;
    }

    int identification() {
        return u16(start + IDENTIFICATION);
    }

    /** Bytes behind the header, as far as they were captured. */
    int payloadLength() {
        return Math.max(0, end() - transport());
    }

    /** Whether its identification means nothing, since it is no fragment and must not become one (RFC 6864). */
    boolean isAtomic() {
        return (fragmentBits() & 0x7fff) == 0x4000;
    }

    boolean isLaterFragment() {
        return fragmentOffset() != 0;
    }

    /** Whether all of its header is here. */
    boolean hasHeader() {
        return headerLength() >= LEAST_HEADER && transport() <= limit;
    }

    int transport() {
        return start + headerLength();
    }

    /** Whether the first bytes of the transport header are here. */
    boolean hasTransport(int count) {
        return headerLength() >= LEAST_HEADER && !isLaterFragment() && transport() + count <= end();
    }

    /** Where the identifier stands that belongs to the host at a place: a port, or the id of a query it made. */
    OptionalInt identifierAt(Place place) {
        int protocol = protocol();
        if ((protocol == TCP || protocol == UDP) && hasTransport(4)) {
            return OptionalInt.of(place.portAt(transport()));
        }
        if (protocol == ICMP && hasTransport(ICMP_HEADER) && ownerOfQuery() == place) {
            return OptionalInt.of(transport() + 4);
        }
        return OptionalInt.empty();
    }

    int identifier(Place place) {
        OptionalInt at = identifierAt(place);
        return at.isPresent() ? u16(at.getAsInt()) : 0;
    }

    /** The id of an ICMP query belongs to the host that asks (RFC 5508 section 3.1). */
    private @Nullable Place ownerOfQuery() {
        return switch (u8(transport())) {
            case 8, 13, 15, 17 -> Place.SOURCE;
            case 0, 14, 16, 18 -> Place.DESTINATION;
            default -> null;
        };
    }

    /** Where the checksum of the transport header stands. */
    OptionalInt checksumAt() {
        int offset = switch (protocol()) {
            case ICMP -> 2;
            case TCP -> 16;
            case UDP -> 6;
            default -> -1;
        };
        boolean there = offset >= 0 && hasTransport(offset + 2);
        return there ? OptionalInt.of(transport() + offset) : OptionalInt.empty();
    }

    /** The datagram that an ICMP error quotes, if its addresses are there. */
    Optional<Datagram> quote() {
        if (protocol() != ICMP || !hasTransport(ICMP_HEADER)) {
            return Optional.empty();
        }
        Datagram quoted = new Datagram(bytes, transport() + ICMP_HEADER, end());
        return isIcmpError() && quoted.hasAddresses() ? Optional.of(quoted) : Optional.empty();
    }

    /** Whether this is an ICMP message about another packet. */
    boolean isIcmpError() {
        return protocol() == ICMP
                && hasTransport(1)
                && switch (u8(transport())) {
                    case 3, 4, 5, 11, 12 -> true;
                    default -> false;
                };
    }
}
