package io.github.culvert.benchmarks.traffic;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/**
 * A TCP segment of a control connection of PPTP, alone or with one message (RFC 2637 section 2). What differs from one to
 * the next are addresses, ports, sequence numbers and the four bytes behind the common header of a message, where Call IDs
 * stand.
 */
public enum ControlSegment {
    /** Asks for a connection. */
    SYN(0x02, 0, 0),
    /** Answers {@link #SYN}. */
    SYN_ACK(0x12, 0, 0),
    /** Acknowledges and says nothing. */
    ACK(0x10, 0, 0),
    /** Says that its sender has no more to say. */
    FIN(0x11, 0, 0),
    /** Start-Control-Connection-Request. */
    START_REQUEST(0x18, 1, 156),
    /** Start-Control-Connection-Reply. */
    START_REPLY(0x18, 2, 156),
    /** Outgoing-Call-Request. */
    CALL_REQUEST(0x18, 7, 168),
    /** Outgoing-Call-Reply, which agrees. */
    CALL_REPLY(0x18, 8, 32),
    /** Call-Disconnect-Notify. */
    DISCONNECT(0x18, 13, 148);

    /** Where the four bytes behind the common header of a message stand, from the start of the packet. */
    static final int IDS = 40 + 12;
    /** The bytes behind the common header of a Start-Control-Connection-Request: the version. */
    static final int VERSION = 0x0100_0000;
    /** The same of a reply that agrees. */
    static final int VERSION_AND_GOOD = VERSION | 1 << 8;
    /** The length of the longest of these packets, in bytes. */
    static final int LONGEST = 40 + 168;

    private static final int HEADERS = 40;
    private static final int COOKIE = 0x1a2b_3c4d;
    private static final int TTL_AND_TCP = 64 << 8 | 6;

    private final int length;

    @SuppressWarnings("ImmutableEnumChecker") // written by the constructor alone
    private final byte[] bytes;

    private final long headerSum;
    private final long transportSum;

    ControlSegment(int flags, int type, int length) {
        this.length = length;
        this.bytes = new byte[HEADERS + length];
        ByteBuffer fields = ByteBuffer.wrap(bytes);
        fields.putShort(0, (short) 0x4500).putShort(2, (short) bytes.length).putInt(4, 0x1234_4000);
        fields.putShort(8, (short) TTL_AND_TCP);
        fields.putShort(32, (short) (0x5000 | flags)).putShort(34, (short) 0x7000);
        if (length > 0) {
            fields.putShort(40, (short) length)
                    .putShort(42, (short) 1)
                    .putInt(44, COOKIE)
                    .putShort(48, (short) type);
        }
        if (type == 8) {
            fields.put(56, (byte) 1);
        }
        headerSum = sum(fields, 0, 20);
        transportSum = sum(fields, 20, bytes.length) + 6 + 20 + length;
    }

    private static long sum(ByteBuffer fields, int from, int to) {
        long sum = 0;
        for (int at = from; at < to; at += 2) {
            sum += fields.getShort(at) & 0xffff;
        }
        return sum;
    }

    /** By how much it moves the sequence number of its sender on. */
    int advance() {
        return this == SYN || this == SYN_ACK || this == FIN ? 1 : length;
    }

    /** Makes a packet, with right checksums. */
    void write(ByteBuf packet, long source, long destination, int sequence, int acknowledgment, int ids) {
        packet.clear().writeBytes(bytes);
        long addresses = sum32(Endpoints.address(source)) + sum32(Endpoints.address(destination));
        int ports = Endpoints.port(source) << 16 | Endpoints.port(destination);
        packet.setShort(10, ofSum(headerSum + addresses));
        packet.setInt(12, Endpoints.address(source)).setInt(16, Endpoints.address(destination));
        packet.setInt(20, ports).setInt(24, sequence);
        long sum = transportSum + addresses + sum32(ports) + sum32(sequence);
        if (this != SYN) {
            packet.setInt(28, acknowledgment);
            sum += sum32(acknowledgment);
        }
        if (length > 0) {
            packet.setInt(IDS, ids);
            sum += sum32(ids);
        }
        packet.setShort(36, ofSum(sum));
    }

    private static long sum32(int value) {
        return (value >>> 16) + (value & 0xffffL);
    }

    private static int ofSum(long sum) {
        long folded = sum;
        while (folded > 0xffff) {
            folded = (folded >>> 16) + (folded & 0xffff);
        }
        return (int) ~folded & 0xffff;
    }
}
