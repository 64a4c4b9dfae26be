package io.github.culvert.nat.channel;

import io.github.culvert.nat.packet.ChecksumStatus;

/** A segment that came out of order: a copy of the packet as it came, before anything in it was translated. */
public final class HeldSegment {
    /**
     * What it costs besides its bytes, by the largest layout of the usual virtual machines: two objects and their place in the
     * store, padded.
     */
    static final int COST = 144;

    final Backlog backlog;
    final int sequence;
    final int length;
    final long deadline;
    private final byte[] packet;
    private final ChecksumStatus checksum;

    HeldSegment(Backlog backlog, int sequence, int length, byte[] packet, ChecksumStatus checksum, long deadline) {
        this.backlog = backlog;
        this.sequence = sequence;
        this.length = length;
        this.packet = packet;
        this.checksum = checksum;
        this.deadline = deadline;
    }

    /** The packet, IPv4 header first; it belongs to whoever took the segment. */
    public byte[] packet() {
        return packet;
    }

    /** What is known about its transport checksum. */
    public ChecksumStatus checksum() {
        return checksum;
    }

    int cost() {
        return COST + packet.length;
    }
}
