package io.github.culvert.nat.packet;

import io.github.culvert.nat.wire.Ipv4Layout;

/** An IPv4 header and what follows it (RFC 791 section 3.1). Immutable; no accessor fails. */
public sealed interface Ipv4Header permits Ipv4Packet, QuotedPacket {
    /**
     * All bytes, header first.
     *
     * @return the bytes
     */
    Octets octets();

    /**
     * The length of the header, options included.
     *
     * @return a multiple of 4 from 20 to 60, in bytes
     */
    default int headerLength() {
        return Ipv4Layout.headerLength(word0());
    }

    /**
     * The type of service: six bits of DSCP and two of ECN (RFC 2474, RFC 3168).
     *
     * @return 0 to 255
     */
    default int typeOfService() {
        return Ipv4Layout.typeOfService(word0());
    }

    /**
     * The length of the packet as the header says it.
     *
     * @return 0 to 65535, in bytes
     */
    default int totalLength() {
        return Ipv4Layout.totalLength(word0());
    }

    /**
     * The identification, by which fragments find each other.
     *
     * @return 0 to 65535
     */
    default int identification() {
        return Ipv4Layout.identification(word0());
    }

    /**
     * Whether the packet must not be fragmented (DF).
     *
     * @return true if the flag is set
     */
    default boolean dontFragment() {
        return (Ipv4Layout.fragmentBits(word0()) & Ipv4Layout.DONT_FRAGMENT) != 0;
    }

    /**
     * Whether more fragments follow (MF).
     *
     * @return true if the flag is set
     */
    default boolean moreFragments() {
        return (Ipv4Layout.fragmentBits(word0()) & Ipv4Layout.MORE_FRAGMENTS) != 0;
    }

    /**
     * Where the payload stands in its datagram.
     *
     * @return a multiple of 8 from 0 to 65528, in bytes
     */
    default int fragmentOffset() {
        return Ipv4Layout.fragmentOffset(Ipv4Layout.fragmentBits(word0()));
    }

    /**
     * Whether this is only a part of its datagram.
     *
     * @return true for every fragment, the first one included
     */
    default boolean isFragment() {
        return Ipv4Layout.isFragment(Ipv4Layout.fragmentBits(word0()));
    }

    /**
     * The time to live.
     *
     * @return 0 to 255
     */
    default int ttl() {
        return Ipv4Layout.ttl(word1());
    }

    /**
     * The protocol of the payload.
     *
     * @return 0 to 255
     */
    default int protocol() {
        return Ipv4Layout.protocol(word1());
    }

    /**
     * The checksum of the header.
     *
     * @return 0 to 65535
     */
    default int headerChecksum() {
        return Ipv4Layout.headerChecksum(word1());
    }

    /**
     * The source address.
     *
     * @return the address
     */
    default Ipv4Address source() {
        return new Ipv4Address(Ipv4Layout.source(word1()));
    }

    /**
     * The destination address.
     *
     * @return the address
     */
    default Ipv4Address destination() {
        return new Ipv4Address(octets().i32(Ipv4Layout.DESTINATION));
    }

    /**
     * The options with their padding, not looked into.
     *
     * @return 0 to 40 bytes
     */
    default Octets options() {
        return octets().slice(Ipv4Layout.OPTIONS, headerLength() - Ipv4Layout.OPTIONS);
    }

    /**
     * What follows the header.
     *
     * @return the payload, as far as it is there
     */
    default Octets payload() {
        return octets().from(headerLength());
    }

    private long word0() {
        return octets().i64(Ipv4Layout.WORD0);
    }

    private long word1() {
        return octets().i64(Ipv4Layout.WORD1);
    }
}
