package io.github.culvert.benchmarks.traffic;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/**
 * A packet of {@link #LENGTH} bytes with everything but addresses, ports and checksums: what differs from packet to
 * packet are two words of the header and one checksum, or for {@link #GRE} its Call ID.
 *
 * <pre>
 *    8 | ttl | protocol | header checksum | source |        word 1
 *   16 | destination | source port | destination port |     word 2
 * </pre>
 */
public enum Template {
    /** A UDP datagram. */
    UDP(17, 26) {
        @Override
        void transport(ByteBuffer bytes) {
            bytes.putShort(24, (short) (LENGTH - 20));
        }
    },
    /**
     * Enhanced GRE with a sequence number and an acknowledgment; flags and protocol stand where others have their ports,
     * and the Call ID where UDP has its checksum.
     */
    GRE(47, 26) {
        @Override
        void transport(ByteBuffer bytes) {
            bytes.putInt(20, GRE_PORTS)
                    .putShort(24, (short) (LENGTH - 36))
                    .putInt(28, 1_000)
                    .putInt(32, 2_000);
        }
    },
    /** A TCP segment with data. */
    TCP(6, 36) {
        @Override
        void transport(ByteBuffer bytes) {
            segment(bytes, 0x18);
        }
    },
    /** The first segment of a connection. */
    TCP_SYN(6, 36) {
        @Override
        void transport(ByteBuffer bytes) {
            segment(bytes, 0x02);
        }
    },
    /** The answer to {@link #TCP_SYN}. */
    TCP_SYN_ACK(6, 36) {
        @Override
        void transport(ByteBuffer bytes) {
            segment(bytes, 0x12);
        }
    };

    /** The length of every packet, in bytes. */
    public static final int LENGTH = 100;

    /** What {@link #GRE} has instead of ports: key, sequence number, acknowledgment, version 1; PPP (RFC 2637 section 4.1). */
    static final int GRE_PORTS = 0x3081_880b;

    private static final int TTL = 64;

    private final int protocol;
    private final int checksumAt;

    @SuppressWarnings("ImmutableEnumChecker") // written by the constructor alone
    private final byte[] bytes = new byte[LENGTH];

    private final long headerSum;
    private final long transportSum;

    Template(int protocol, int checksumAt) {
        this.protocol = protocol;
        this.checksumAt = checksumAt;
        ByteBuffer fields = ByteBuffer.wrap(bytes);
        fields.putShort(0, (short) 0x4500).putShort(2, (short) LENGTH).putInt(4, 0x1234_4000);
        fields.put(8, (byte) TTL).put(9, (byte) protocol);
        transport(fields);
        headerSum = sum(fields, 0, 20);
        transportSum = sum(fields, 20, LENGTH) + protocol + (LENGTH - 20);
    }

    abstract void transport(ByteBuffer bytes);

    private static void segment(ByteBuffer bytes, int flags) {
        bytes.putInt(24, 1_000_001).putInt(28, 2_000_002).put(32, (byte) 0x50).put(33, (byte) flags);
        bytes.putShort(34, (short) 0x7000);
    }

    /**
     * The protocol number.
     *
     * @return 6, 17 or 47
     */
    public int protocol() {
        return protocol;
    }

    /**
     * Makes a packet.
     *
     * @param packet a buffer with room for {@link #LENGTH} bytes; holds this packet alone then
     * @param word1 bytes 8 to 15
     * @param word2 bytes 16 to 23
     * @param checksum the transport checksum
     */
    public void write(ByteBuf packet, long word1, long word2, int checksum) {
        packet.clear().writeBytes(bytes);
        packet.setLong(8, word1);
        packet.setLong(16, word2);
        packet.setShort(checksumAt, checksum);
    }

    /**
     * Bytes 8 to 15 of a packet, with the right header checksum.
     *
     * @param source the source address
     * @param destination the destination address
     * @return word 1
     */
    public long word1(int source, int destination) {
        int checksum = ofSum(headerSum + (source & 0xffff_ffffL) + (destination & 0xffff_ffffL));
        return (long) (TTL << 8 | protocol) << 48 | (long) checksum << 32 | (source & 0xffff_ffffL);
    }

    /**
     * Bytes 16 to 23 of a packet.
     *
     * @param destination the destination address
     * @param sourcePort the source port
     * @param destinationPort the destination port
     * @return word 2
     */
    public static long word2(int destination, int sourcePort, int destinationPort) {
        return (long) destination << 32 | (long) sourcePort << 16 | destinationPort;
    }

    /**
     * The right transport checksum of a packet.
     *
     * @param word1 bytes 8 to 15
     * @param word2 bytes 16 to 23
     * @return 0 to 65535
     */
    public int checksum(long word1, long word2) {
        long sum = transportSum + (word1 & 0xffff_ffffL) + (word2 >>> 32) + (word2 & 0xffff_ffffL);
        return ofSum(sum);
    }

    private static long sum(ByteBuffer fields, int from, int to) {
        long sum = 0;
        for (int at = from; at < to; at += 2) {
            sum += fields.getShort(at) & 0xffff;
        }
        return sum;
    }

    private static int ofSum(long sum) {
        long folded = sum;
        while (folded > 0xffff) {
            folded = (folded >>> 16) + (folded & 0xffff);
        }
        return (int) ~folded & 0xffff;
    }
}
