package io.github.culvert.nat.packet;

import io.github.culvert.nat.wire.Checksum;
import io.github.culvert.nat.wire.HeaderStore;
import io.github.culvert.nat.wire.IcmpLayout;
import io.github.culvert.nat.wire.Ipv4Layout;
import io.github.culvert.nat.wire.PacketWindow;
import io.github.culvert.nat.wire.PortLayout;
import io.github.culvert.nat.wire.TcpLayout;
import io.github.culvert.nat.wire.UdpLayout;

/**
 * A change of address and identifier at one end of a packet, and whether the packet takes a hop: an immutable value, and
 * the only writer of headers. Checksums are updated, never computed anew (RFC 1624 section 3), so that a packet that
 * came with a wrong one leaves with one that is wrong by as much.
 *
 * <p>The identifier is the port of UDP and TCP, and the identifier of an ICMP query, which both ends share; a later
 * fragment and any other protocol have none to change. A packet must have passed the checks of {@link Ipv4Packet}, and
 * carry at that end what the rewrite starts from: otherwise its checksums become wrong by the difference.
 *
 * <p>Safe for use by any thread.
 */
public final class Rewrite {
    /** No protocol: a later fragment has no transport header. */
    private static final int NONE = -1;

    private final End end;
    private final int from;
    private final int to;
    private final int fromIdentifier;
    private final int toIdentifier;
    private final int hops;

    private final int addressDelta;
    private final int identifierDelta;
    private final int headerDelta;

    private Rewrite(End end, int from, int fromIdentifier, int to, int toIdentifier, int hops) {
        this.end = end;
        this.from = from;
        this.to = to;
        this.fromIdentifier = Draft.field("identifier", fromIdentifier, 16);
        this.toIdentifier = Draft.field("identifier", toIdentifier, 16);
        this.hops = hops;
        addressDelta = Checksum.delta32(from, to);
        identifierDelta = Checksum.delta16(fromIdentifier, toIdentifier);
        headerDelta = Checksum.plus(addressDelta, hops * Ipv4Layout.TTL_DELTA);
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
        return new Rewrite(end, from.bits(), fromIdentifier, to.bits(), toIdentifier, 0);
    }

    /**
     * The same change, which also takes one from the time to live. A packet that has none left keeps 0.
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
     * The end that changes.
     *
     * @return the end
     */
    public End end() {
        return end;
    }

    /**
     * The address that it gets.
     *
     * @return the address
     */
    public Ipv4Address address() {
        return new Ipv4Address(to);
    }

    /**
     * The identifier that it gets.
     *
     * @return 0 to 65535
     */
    public int identifier() {
        return toIdentifier;
    }

    /**
     * What the change does to the sum of the IPv4 header, the hop included.
     *
     * @return a delta of RFC 1624, 0 to 65535
     */
    public int headerDelta() {
        return headerDelta;
    }

    /**
     * What the change does to the sum of UDP or TCP, where addresses count.
     *
     * @return a delta of RFC 1624, 0 to 65535
     */
    public int transportDelta() {
        return Checksum.plus(addressDelta, identifierDelta);
    }

    /**
     * What the change does to the sum of an ICMP query, where no address counts.
     *
     * @return a delta of RFC 1624, 0 to 65535
     */
    public int identifierDelta() {
        return identifierDelta;
    }

    /**
     * Changes a packet.
     *
     * @param packet the packet, whose checksums are complete
     * @return the changed packet, a copy
     */
    public Ipv4Packet applyTo(Ipv4Packet packet) {
        return applyTo(packet, ChecksumForm.COMPLETE);
    }

    /**
     * Changes a packet.
     *
     * @param packet the packet
     * @param form what its transport checksum field holds
     * @return the changed packet, a copy
     */
    public Ipv4Packet applyTo(Ipv4Packet packet, ChecksumForm form) {
        byte[] copy = packet.octets().toByteArray();
        PacketWindow window = new PacketWindow();
        window.open(copy, 0, copy.length);
        applyTo(window, form);
        return new Ipv4Packet(Octets.adopt(copy));
    }

    /**
     * Changes a packet in place. Allocates nothing.
     *
     * @param packet the packet, IPv4 header first
     * @param form what its transport checksum field holds
     */
    public void applyTo(PacketWindow packet, ChecksumForm form) {
        long word0 = packet.i64(Ipv4Layout.WORD0);
        long word1 = packet.i64(Ipv4Layout.WORD1);
        int source = end == End.SOURCE ? to : Ipv4Layout.source(word1);
        int destination = end == End.DESTINATION ? to : packet.i32(Ipv4Layout.DESTINATION);
        boolean hop = hops > 0 && Ipv4Layout.ttl(word1) > 0;
        long changed = Ipv4Layout.translated(word1, source, hop ? 1 : 0, hop ? headerDelta : addressDelta);
        int at = Ipv4Layout.headerLength(word0);
        switch (Ipv4Layout.isLaterFragment(Ipv4Layout.fragmentBits(word0)) ? NONE : Ipv4Layout.protocol(word1)) {
            case UdpLayout.PROTOCOL -> udp(packet, at, changed, destination, form);
            case TcpLayout.PROTOCOL -> tcp(packet, at, changed, destination, form);
            case IcmpLayout.PROTOCOL -> icmp(packet, at, changed, destination, form);
            default -> HeaderStore.addresses(packet, changed, destination);
        }
    }

    private void udp(PacketWindow packet, int at, long word1, int destination, ChecksumForm form) {
        int row1 = packet.i32(at + UdpLayout.ROW1);
        int before = UdpLayout.checksum(row1);
        int checksum = switch (form) {
            case COMPLETE -> Checksum.updatedUdp(before, transportDelta());
            case PARTIAL -> Checksum.updatedPartial(before, addressDelta);
        };
        HeaderStore.udp(packet, at, word1, destination, ports(packet, at), UdpLayout.withChecksum(row1, checksum));
    }

    private void tcp(PacketWindow packet, int at, long word1, int destination, ChecksumForm form) {
        int before = packet.u16(at + TcpLayout.CHECKSUM);
        int checksum = switch (form) {
            case COMPLETE -> Checksum.updated(before, transportDelta());
            case PARTIAL -> Checksum.updatedPartial(before, addressDelta);
        };
        HeaderStore.tcp(packet, at, word1, destination, ports(packet, at), checksum);
    }

    private void icmp(PacketWindow packet, int at, long word1, int destination, ChecksumForm form) {
        int row0 = packet.i32(at + IcmpLayout.ROW0);
        if (!IcmpLayout.isQuery(IcmpLayout.type(row0))) {
            HeaderStore.addresses(packet, word1, destination);
            return;
        }
        int before = IcmpLayout.checksum(row0);
        int checksum = switch (form) {
            case COMPLETE -> Checksum.updated(before, identifierDelta);
            case PARTIAL -> before;
        };
        int row1 = IcmpLayout.withIdentifier(packet.i32(at + IcmpLayout.ROW1), toIdentifier);
        HeaderStore.icmp(packet, at, word1, destination, IcmpLayout.withChecksum(row0, checksum), row1);
    }

    private int ports(PacketWindow packet, int at) {
        int row0 = packet.i32(at + PortLayout.ROW0);
        return switch (end) {
            case SOURCE -> PortLayout.row0(toIdentifier, PortLayout.destination(row0));
            case DESTINATION -> PortLayout.row0(PortLayout.source(row0), toIdentifier);
        };
    }
}
