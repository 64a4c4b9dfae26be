package io.github.culvert.benchmarks.baseline;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The least that a NAT does with a packet, by hand: verifies the checksum of the IPv4 header, takes one from the time
 * to live, looks the session up, writes its stamp and counters, rewrites. Nothing else: no other length, version,
 * option or fragment is looked at, no limit, no timeout, no connection state. TCP and UDP over plain IPv4 headers.
 *
 * <p>What the engine is measured against, so both read and write packets in the same way: an array where there is one,
 * else through Netty with its checks.
 */
public final class BaselineNat {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

    private static final int UDP = 17;
    private static final int TTL_DELTA = 0xfeff;
    private static final int TCP_CHECKSUM = 36;

    private final FlatTable table;
    private final PublicAddresses publicAddresses;

    /**
     * An empty table.
     *
     * @param capacity the most sessions
     * @param publicAddresses the public addresses
     */
    public BaselineNat(int capacity, int... publicAddresses) {
        this.publicAddresses = new PublicAddresses(publicAddresses);
        this.table = new FlatTable(capacity, publicAddresses.length, 0x1234567887654321L, 0x9abcdef00fedcba9L);
    }

    /**
     * Adds a session.
     *
     * @param protocol 6 or 17
     * @param inside inside address and port, packed as {@code address << 16 | port}
     * @param remote remote address and port
     * @param outside public address and port
     */
    public void add(int protocol, long inside, long remote, long outside) {
        int insideAddress = (int) (inside >>> 16);
        int outsideAddress = (int) (outside >>> 16);
        long parties = (long) insideAddress << 32 | (remote >>> 16 & 0xffff_ffffL);
        long ids = inside << 48 | (long) protocol << 40 | (remote & 0xffff) << 16 | (outside & 0xffff);
        int header = Sums.delta(insideAddress, outsideAddress, 0xffff_ffffL);
        int transport = Sums.fold((long) header + Sums.delta((int) inside, (int) outside, 0xffffL));
        table.add(parties, ids, publicAddresses.number(outsideAddress), header << 16 | transport);
    }

    /**
     * Translates a packet in place.
     *
     * @param packet from its reader index on, the packet
     * @param direction 0 outbound, 1 inbound
     * @param stamp what to write as the time of the last packet
     * @return whether the packet has a session
     */
    public boolean translate(ByteBuf packet, int direction, int stamp) {
        boolean heap = packet.hasArray();
        byte @Nullable [] a = heap ? packet.array() : null;
        int o = packet.readerIndex() + (heap ? packet.arrayOffset() : 0);
        long w0 = a != null ? (long) LONG.get(a, o) : packet.getLong(o);
        long w1 = a != null ? (long) LONG.get(a, o + 8) : packet.getLong(o + 8);
        long w2 = a != null ? (long) LONG.get(a, o + 16) : packet.getLong(o + 16);
        if (Sums.fold(Sums.of(w0) + Sums.of(w1) + (w2 >>> 32)) != 0xffff) {
            return false;
        }
        int number = direction == 0 ? outbound(w1, w2) : inbound(w1, w2);
        if (number == 0) {
            return false;
        }
        ByteBuffer chunk = table.chunk(number);
        int at = FlatTable.at(number);
        count(chunk, at, direction, (int) (w0 >>> 32) & 0xffff, stamp);
        int flip = -direction & 0xffff;
        int deltas = chunk.getInt(at + FlatTable.DELTAS);
        long inbound = -direction;
        long address = addressChange(chunk, at) & 0xffff_ffffL;
        long id = idChange(chunk.getLong(at + FlatTable.IDS)) << (16 & ~(int) inbound);
        long new1 = word1(w1, address & ~inbound, deltas >>> 16 ^ flip);
        long new2 = w2 ^ (address << 32 & inbound) ^ id;
        write(packet, a, o, new1, new2, (deltas & 0xffff) ^ flip);
        return true;
    }

    private int outbound(long w1, long w2) {
        long parties = w1 << 32 | w2 >>> 32;
        long ids = (w2 << 32 & 0xffff_0000_0000_0000L) | (w1 >>> 48 & 0xff) << 40 | (w2 & 0xffff) << 16;
        return table.find(parties, ids);
    }

    private int inbound(long w1, long w2) {
        int publicIndex = publicAddresses.number((int) (w2 >>> 32));
        if (publicIndex < 0) {
            return 0;
        }
        int number = table.owner(publicIndex, (int) (w1 >>> 48) & 0xff, (int) w2 & 0xffff);
        if (number == 0) {
            return 0;
        }
        ByteBuffer chunk = table.chunk(number);
        int at = FlatTable.at(number);
        int address = (int) chunk.getLong(at) ^ (int) w1;
        long id = chunk.getLong(at + FlatTable.IDS) ^ w2;
        return (address | ((int) id & 0xffff_0000)) == 0 ? number : 0;
    }

    private static void count(ByteBuffer chunk, int at, int direction, int bytes, int stamp) {
        chunk.putInt(at + FlatTable.STAMP, stamp);
        int packets = at + FlatTable.PACKETS + (direction << 2);
        chunk.putInt(packets, chunk.getInt(packets) + 1);
        int low = at + FlatTable.BYTES + (direction << 2);
        int sum = chunk.getInt(low) + bytes;
        chunk.putInt(low, sum);
        if (Integer.compareUnsigned(sum, bytes) < 0) {
            int high = at + FlatTable.BYTES_HIGH + (direction << 1);
            chunk.putShort(high, (short) (chunk.getShort(high) + 1));
        }
    }

    private int addressChange(ByteBuffer chunk, int at) {
        int publicAddress = publicAddresses.address(chunk.getInt(at + FlatTable.PLACE));
        return (int) (chunk.getLong(at) >>> 32) ^ publicAddress;
    }

    private static long idChange(long ids) {
        return ids >>> 48 ^ (ids & 0xffff);
    }

    private static long word1(long w1, long sourceChange, int delta) {
        int sum = (~(int) (w1 >>> 32) & 0xffff) + delta + TTL_DELTA;
        long checksum = ~Sums.fold(sum) & 0xffff;
        return (((w1 ^ sourceChange) & 0xffff_0000_ffff_ffffL) | checksum << 32) - (1L << 56);
    }

    private static void write(ByteBuf packet, byte @Nullable [] a, int o, long w1, long w2, int delta) {
        boolean udp = (w1 >>> 48 & 0xff) == UDP;
        if (a == null) {
            packet.setLong(o + 8, w1);
            packet.setLong(o + 16, w2);
            if (udp) {
                int row = packet.getInt(o + 24);
                packet.setInt(o + 24, (row & 0xffff_0000) | Sums.updatedUdp(row & 0xffff, delta));
            } else {
                int sum = packet.getUnsignedShort(o + TCP_CHECKSUM);
                packet.setShort(o + TCP_CHECKSUM, Sums.updated(sum, delta));
            }
            return;
        }
        LONG.set(a, o + 8, w1);
        LONG.set(a, o + 16, w2);
        if (udp) {
            int row = (int) INT.get(a, o + 24);
            INT.set(a, o + 24, (row & 0xffff_0000) | Sums.updatedUdp(row & 0xffff, delta));
        } else {
            int sum = (short) SHORT.get(a, o + TCP_CHECKSUM) & 0xffff;
            SHORT.set(a, o + TCP_CHECKSUM, (short) Sums.updated(sum, delta));
        }
    }
}
