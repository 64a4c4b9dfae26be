package io.github.culvert.nat.fragment;

import io.github.culvert.nat.verdict.Outbox;
import io.github.culvert.nat.verdict.Verdict;
import io.github.culvert.nat.wire.Checksum;
import io.github.culvert.nat.wire.Ipv4Layout;
import io.github.culvert.nat.wire.PacketWindow;
import io.netty.buffer.ByteBuf;
import java.util.random.RandomGenerator;

/**
 * How a translated datagram leaves in fragments, in the order of their offsets: in those that it came in, and in smaller
 * ones where the link asks for them. Where the source address was translated, all of them take an identification that no
 * other host uses. Not safe for use by several threads.
 */
public final class Departure {
    private final Outbox outbox;
    private final Cutter cutter;
    private final Identifications identifications;
    private final int[] mtu;
    private final PacketWindow piece = new PacketWindow();

    /**
     * Departures through an outbox.
     *
     * @param mtu the largest packet that may leave, by the direction that it leaves in
     * @param inUse for how many ticks an identification is in use
     */
    public Departure(Outbox outbox, RandomGenerator random, int[] mtu, long inUse) {
        this.outbox = outbox;
        this.cutter = new Cutter(outbox);
        this.identifications = new Identifications(random, inUse);
        this.mtu = mtu.clone();
    }

    /** A packet leaves in fragments that fit; its checksums are right, and it may be a fragment itself. */
    public void split(PacketWindow packet, int total, int sourceBefore, int verdict, long tick) {
        int own = packet.u16(Ipv4Layout.IDENTIFICATION);
        int chosen = identification(packet, sourceBefore, own, tick);
        cutter.cut(packet, total, mtu[verdict], chosen, verdict);
    }

    /** A datagram leaves in the fragments that it came in, with the addresses and the payload of its translated whole. */
    public void release(Datagram datagram, PacketWindow whole, int verdict, long tick) {
        int own = datagram.mark & 0xffff;
        int chosen = identification(whole, (int) (datagram.addresses >>> 32), own, tick);
        byte[] first = datagram.piece(0);
        int header = Datagram.headerLength(first);
        int hops = (first[Ipv4Layout.TTL] & 0xff) - whole.u8(Ipv4Layout.TTL);
        for (int i = 0; i < datagram.count(); i++) {
            byte[] bytes = datagram.piece(i);
            int start = Datagram.headerLength(bytes);
            whole.copyInto(bytes, start, header + Datagram.offset(bytes), bytes.length - start);
            piece.open(bytes, 0, bytes.length);
            translate(whole, hops, chosen);
            send(bytes, chosen, verdict);
        }
        piece.close();
    }

    private int identification(PacketWindow packet, int sourceBefore, int own, long tick) {
        long word1 = packet.i64(Ipv4Layout.WORD1);
        if (Ipv4Layout.source(word1) == sourceBefore) {
            return own;
        }
        long addresses = word1 << 32 | packet.i32(Ipv4Layout.DESTINATION) & 0xffff_ffffL;
        return identifications.choose(addresses, Ipv4Layout.protocol(word1), own, sourceBefore, tick);
    }

    /** The header of a fragment takes what has changed in that of the whole; its checksum is updated (RFC 1624). */
    private void translate(PacketWindow whole, int hops, int identification) {
        long word1 = piece.i64(Ipv4Layout.WORD1);
        int source = whole.i32(Ipv4Layout.SOURCE);
        int destination = whole.i32(Ipv4Layout.DESTINATION);
        int delta = Checksum.delta32(Ipv4Layout.source(word1), source)
                + Checksum.delta32(piece.i32(Ipv4Layout.DESTINATION), destination)
                + Checksum.delta16(piece.u16(Ipv4Layout.IDENTIFICATION), identification)
                + (Ipv4Layout.TTL_DELTA & -hops);
        piece.put16(Ipv4Layout.IDENTIFICATION, identification);
        piece.put64(Ipv4Layout.WORD1, Ipv4Layout.translated(word1, source, hops, delta));
        piece.put32(Ipv4Layout.DESTINATION, destination);
    }

    private void send(byte[] bytes, int identification, int verdict) {
        if (Verdict.isForwarded(verdict) && bytes.length > mtu[verdict]) {
            cutter.cut(piece, bytes.length, mtu[verdict], identification, verdict);
            return;
        }
        ByteBuf copy = outbox.allocate(bytes.length);
        outbox.put(copy.writeBytes(bytes), verdict);
    }

    /** The fragments of a datagram that is not translated share a verdict; the one that came last is not among them. */
    public void giveBack(Datagram datagram, int verdict) {
        for (int i = 0; i < datagram.count(); i++) {
            byte[] bytes = datagram.piece(i);
            if (!datagram.isLatest(bytes)) {
                ByteBuf copy = outbox.allocate(bytes.length);
                outbox.put(copy.writeBytes(bytes), verdict);
            }
        }
    }
}
