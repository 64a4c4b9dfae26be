package io.github.culvert.nat.packet;

import io.github.culvert.nat.wire.Checksum;
import io.github.culvert.nat.wire.GreLayout;
import io.github.culvert.nat.wire.HeaderWords;
import io.github.culvert.nat.wire.IcmpLayout;
import io.github.culvert.nat.wire.Ipv4Layout;
import io.github.culvert.nat.wire.PacketWindow;
import io.github.culvert.nat.wire.TcpLayout;
import io.github.culvert.nat.wire.UdpLayout;

/**
 * A change of address and identifier at one end of a packet, and whether the packet takes a hop: an immutable value, and
 * the only writer of headers. Checksums are updated, never computed anew (RFC 1624 section 3), so that a packet that
 * came with a wrong one leaves with one that is wrong by as much.
 *
 * <p>The identifier is the port of UDP and TCP, and the identifier of an ICMP query, which both ends share; a later
 * fragment and any other protocol have none to change. A packet must have passed the checks of {@link Ipv4Packet}, and
 * carry at that end what the rewrite starts from.
 *
 * <p>Safe for use by any thread.
 *
 * @param end the end that changes
 * @param from the address before
 * @param fromIdentifier the identifier before, 0 to 65535
 * @param to the address after
 * @param toIdentifier the identifier after, 0 to 65535
 * @param hops what to take from the time to live, 0 or 1; a packet that has none left keeps 0
 */
public record Rewrite(End end, Ipv4Address from, int fromIdentifier, Ipv4Address to, int toIdentifier, int hops) {
    /**
     * Checks the numbers.
     *
     * @param end the end that changes
     * @param from the address before
     * @param fromIdentifier the identifier before
     * @param to the address after
     * @param toIdentifier the identifier after
     * @param hops what to take from the time to live
     * @throws IllegalArgumentException if an identifier is not within 16 bits, or hops not 0 or 1
     */
    public Rewrite {
        Draft.field("identifier", fromIdentifier, 16);
        Draft.field("identifier", toIdentifier, 16);
        Draft.field("hops", hops, 1);
    }

    /**
     * A change that takes no hop.
     *
     * @param end the end that changes
     * @param from the address before
     * @param fromIdentifier the identifier before, 0 to 65535
     * @param to the address after
     * @param toIdentifier the identifier after, 0 to 65535
     * @return the rewrite
     */
    public static Rewrite of(End end, Ipv4Address from, int fromIdentifier, Ipv4Address to, int toIdentifier) {
        return new Rewrite(end, from, fromIdentifier, to, toIdentifier, 0);
    }

    /**
     * The same change, which also takes one from the time to live.
     *
     * @return a rewrite
     */
    public Rewrite asHop() {
        return new Rewrite(end, from, fromIdentifier, to, toIdentifier, 1);
    }

    /**
     * The change that undoes this one, at the same end; it gives no hop back.
     *
     * @return a rewrite that takes no hop
     */
    public Rewrite undone() {
        return new Rewrite(end, to, toIdentifier, from, fromIdentifier, 0);
    }

    /**
     * This change read backwards: what the answer to the packet needs, at the other end.
     *
     * @return a rewrite that takes a hop if this one does
     */
    public Rewrite answered() {
        return new Rewrite(end.other(), to, toIdentifier, from, fromIdentifier, hops);
    }

    /**
     * Changes a packet.
     *
     * @param packet the packet
     * @param checksum what its transport checksum field holds; only {@link ChecksumStatus#PARTIAL} makes a difference
     * @return the changed packet, a copy
     */
    public Ipv4Packet applyTo(Ipv4Packet packet, ChecksumStatus checksum) {
        byte[] copy = packet.octets().toByteArray();
        PacketWindow window = new PacketWindow();
        window.open(copy, 0, copy.length);
        applyTo(window, checksum);
        return new Ipv4Packet(Octets.adopt(copy));
    }

    /**
     * Changes a packet in place.
     *
     * @param packet the packet, IPv4 header first
     * @param checksum what its transport checksum field holds; only {@link ChecksumStatus#PARTIAL} makes a difference
     */
    public void applyTo(PacketWindow packet, ChecksumStatus checksum) {
        HeaderWords words = new HeaderWords(packet);
        words.readChecked();
        int hop = Math.min(hops, Ipv4Layout.ttl(words.word1));
        int deltas = deltas(words.protocol);
        int direction = end.ordinal();
        int outbound = deltas ^ -direction;
        write(words, direction, checksum, from.bits() ^ to.bits(), fromIdentifier ^ toIdentifier, outbound, hop);
    }

    private int deltas(int protocol) {
        int address = Checksum.delta32(from.bits(), to.bits());
        int identifier = Checksum.delta16(fromIdentifier, toIdentifier);
        return deltas(address, identifier, protocol);
    }

    /**
     * The two checksum deltas of a change in one number, as {@link #write} takes them.
     *
     * @param addressDelta what the change of address does to a sum
     * @param identifierDelta what the change of identifier does to a sum
     * @param protocol the protocol number
     * @return the delta of the IPv4 header in the high half, that of the transport in the low half
     */
    public static int deltas(int addressDelta, int identifierDelta, int protocol) {
        // no address enters the checksum of ICMP, which has no pseudo-header
        boolean icmp = protocol == IcmpLayout.PROTOCOL;
        return addressDelta << 16 | (icmp ? identifierDelta : Checksum.plus(addressDelta, identifierDelta));
    }

    /**
     * The one routine that writes headers, for both directions and without a branch between them: the change towards the
     * inside is the one towards the outside read backwards. Allocates nothing.
     *
     * @param words the packet, read
     * @param direction 0 if the source changes, 1 if the destination does
     * @param checksum what is known about the transport checksum
     * @param addressChange the bits in which the addresses before and after differ
     * @param idChange the bits in which the identifiers before and after differ
     * @param deltas {@link #deltas(int, int, int)} of the change in direction 0
     * @param hops what to take from the time to live, 0 or 1, at most what is left
     */
    public static void write(
            HeaderWords words,
            int direction,
            ChecksumStatus checksum,
            int addressChange,
            int idChange,
            int deltas,
            int hops) {
        int inbound = -direction;
        int turned = deltas ^ inbound;
        int source = Ipv4Layout.source(words.word1) ^ addressChange & ~inbound;
        int headerDelta = (turned >>> 16) + (Ipv4Layout.TTL_DELTA & -hops);
        words.window.put64(Ipv4Layout.WORD1, Ipv4Layout.translated(words.word1, source, hops, headerDelta));

        long word2 = words.word2 ^ (long) (addressChange & inbound) << 32;
        long ports = word2 ^ idChange << (16 & ~inbound) & 0xffff_ffffL;
        boolean partial = checksum == ChecksumStatus.PARTIAL;
        switch (words.protocol) {
            case UdpLayout.PROTOCOL -> udp(words, ports, turned, partial);
            case TcpLayout.PROTOCOL -> tcp(words, ports, turned, partial);
            case IcmpLayout.PROTOCOL -> icmp(words, word2, idChange, turned, partial);
            case GreLayout.PROTOCOL -> gre(words, word2, idChange & inbound);
            case HeaderWords.PORTS_ONLY -> destinationAndRow0(words, ports);
            default -> words.window.put32(Ipv4Layout.DESTINATION, (int) (word2 >>> 32));
        }
    }

    /**
     * Changes the packet that an ICMP error quotes, and the checksum of the error: what its session did to the packet on
     * the way there is undone (RFC 5508 section 4). The checksum of the quoted transport follows where it is quoted; it
     * may be wrong, and stays wrong by as much. The addresses of the error itself are for {@link #write}. Allocates
     * nothing.
     *
     * @param error the ICMP error
     * @param quoted the packet that it quotes, read, in a window that ends where the quoted bytes end
     * @param direction 0 if the error goes to the outside, 1 if it goes to the inside
     * @param checksum what is known about the checksum of the error
     * @param addressChange the bits in which the addresses before and after differ
     * @param idChange the bits in which the identifiers before and after differ
     * @param deltas {@link #deltas(int, int, int)} of the change that the session makes in direction 0
     */
    public static void writeQuoted(
            HeaderWords error,
            HeaderWords quoted,
            int direction,
            ChecksumStatus checksum,
            int addressChange,
            int idChange,
            int deltas) {
        int before = headerSum(quoted);
        write(quoted, 1 - direction, ChecksumStatus.TRUSTED, addressChange, idChange, ~deltas, 0);
        if (checksum != ChecksumStatus.PARTIAL) {
            int field = error.transport + IcmpLayout.CHECKSUM;
            int delta = Checksum.delta16(before, headerSum(quoted));
            error.window.put16(field, Checksum.updated(error.window.u16(field), delta));
        }
    }

    /** The folded sum of all that {@link #write} may change, as far as it is quoted. */
    private static int headerSum(HeaderWords quoted) {
        int end = Math.min(quoted.window.length(), quoted.transport + TcpLayout.OPTIONS);
        return Checksum.fold(quoted.window.sum(0, end));
    }

    private static void udp(HeaderWords words, long word2, int turned, boolean partial) {
        int before = UdpLayout.checksum(words.row1);
        int checksum =
                partial ? Checksum.updatedPartial(before, turned >>> 16) : Checksum.updatedUdp(before, turned & 0xffff);
        destinationAndRow0(words, word2);
        words.window.put32(words.transport + UdpLayout.ROW1, UdpLayout.withChecksum(words.row1, checksum));
    }

    private static void tcp(HeaderWords words, long word2, int turned, boolean partial) {
        int before = TcpLayout.checksum(words.row4);
        int checksum =
                partial ? Checksum.updatedPartial(before, turned >>> 16) : Checksum.updated(before, turned & 0xffff);
        destinationAndRow0(words, word2);
        words.window.put16(words.transport + TcpLayout.CHECKSUM, checksum);
    }

    private static void icmp(HeaderWords words, long word2, int idChange, int turned, boolean partial) {
        int row1 = words.row1 ^ idChange << 16;
        words.window.put32(words.transport + IcmpLayout.ROW1, row1);
        int before = IcmpLayout.checksum((int) word2);
        int checksum = partial ? before : Checksum.updated(before, turned & 0xffff);
        long row0 = word2 & 0xffff_0000L;
        if ((row0 | row1 | checksum) == 0 && !partial) {
            checksum = ofZeros(words);
        }
        destinationAndRow0(words, word2 & ~0xffffL | checksum);
    }

    /** The Call ID is the receiver's own (RFC 2637 section 4.1), so that only what comes in has one of ours. */
    private static void gre(HeaderWords words, long word2, int idChange) {
        words.window.put32(Ipv4Layout.DESTINATION, (int) (word2 >>> 32));
        if (idChange != 0) {
            int field = words.transport + GreLayout.CALL_ID;
            words.window.put16(field, words.window.u16(field) ^ idChange);
        }
    }

    /**
     * The checksum of an echo reply with identifier and sequence number 0, where the update gives 0. If all its data are
     * zero too, the sum is 0 as no other can be, and RFC 1624 gives the wrong one of the two zeros.
     */
    private static int ofZeros(HeaderWords words) {
        int data = words.transport + IcmpLayout.DATA;
        int end = Math.min(words.window.u16(Ipv4Layout.TOTAL_LENGTH), words.window.length());
        return words.window.sum(data, end - data) == 0 ? 0xffff : 0;
    }

    private static void destinationAndRow0(HeaderWords words, long word2) {
        if (words.transport == Ipv4Layout.OPTIONS) {
            words.window.put64(Ipv4Layout.WORD2, word2);
        } else {
            words.window.put32(Ipv4Layout.DESTINATION, (int) (word2 >>> 32));
            words.window.put32(words.transport, (int) word2);
        }
    }
}
