package io.github.culvert.benchmarks.baseline;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The flat layout by hand: 64-byte records in aligned chunks of direct memory, an index of tagged 4-byte slots in
 * segments, and an array of record numbers per public address and protocol in blocks. It is filled once and never
 * grows, so it has no way to remove, expire or limit anything. Owes nothing to the library: that is its use.
 *
 * <pre>
 *    0 | inside address | remote address |
 *    8 | inside id, protocol, 0, remote id, outside id, high to low |
 *   16 | public index | stamp |
 *   24 | header delta, transport delta | - |
 *   36 | byte counts, high 16 bits: out, in |
 *   48 | packets out | packets in |
 *   56 | bytes out | bytes in |
 * </pre>
 */
final class FlatTable {
    static final int IDS = 8;
    static final int PLACE = 16;
    static final int STAMP = 20;
    static final int DELTAS = 24;
    static final int BYTES_HIGH = 36;
    static final int PACKETS = 48;
    static final int BYTES = 56;

    /** The ids word without the outside identifier. */
    static final long KEY_OF_IDS = 0xffff_ff00_ffff_0000L;

    private static final int CHUNK_BITS = 13;
    private static final int CHUNK_MASK = (1 << CHUNK_BITS) - 1;
    private static final int SEGMENT_BITS = 12;
    private static final int SEGMENT_MASK = (1 << SEGMENT_BITS) - 1;
    private static final int BLOCK_BITS = 10;
    private static final int BLOCK_MASK = (1 << BLOCK_BITS) - 1;
    private static final int BLOCKS = 64;
    private static final int NUMBER_MASK = 0xff_ffff;
    private static final long FINISH = 0x9fb21c651e98df25L;

    private final ByteBuffer[] chunks;
    private final int[][] segments;
    private final int[][] owners;
    private final int shift;
    private final int mask;
    private final long secret0;
    private final long secret1;
    private int last;

    FlatTable(int capacity, int publicAddresses, long secret0, long secret1) {
        chunks = new ByteBuffer[(capacity >>> CHUNK_BITS) + 1];
        for (int i = 0; i < chunks.length; i++) {
            chunks[i] = ByteBuffer.allocateDirect((64 << CHUNK_BITS) + 64)
                    .alignedSlice(64)
                    .order(ByteOrder.nativeOrder());
        }
        int bits = Math.max(SEGMENT_BITS, 33 - Integer.numberOfLeadingZeros(capacity));
        shift = 32 - bits;
        mask = (1 << bits) - 1;
        segments = new int[1 << (bits - SEGMENT_BITS)][1 << SEGMENT_BITS];
        owners = new int[publicAddresses * 2 * BLOCKS][];
        this.secret0 = secret0;
        this.secret1 = secret1;
    }

    ByteBuffer chunk(int number) {
        return chunks[number >>> CHUNK_BITS];
    }

    static int at(int number) {
        return (number & CHUNK_MASK) << 6;
    }

    int add(long parties, long ids, int publicIndex, int deltas) {
        int number = ++last;
        ByteBuffer chunk = chunk(number);
        int at = at(number);
        chunk.putLong(at, parties);
        chunk.putLong(at + IDS, ids);
        chunk.putInt(at + PLACE, publicIndex);
        chunk.putInt(at + DELTAS, deltas);
        int hash = hash(parties, ids & KEY_OF_IDS);
        int position = hash >>> shift;
        while (slot(position) != 0) {
            position = position + 1 & mask;
        }
        segments[position >>> SEGMENT_BITS][position & SEGMENT_MASK] = hash << 24 | number;
        own(block(publicIndex, (int) (ids >>> 40) & 0xff, (int) ids & 0xffff), (int) ids & BLOCK_MASK, number);
        return number;
    }

    private void own(int block, int identifier, int number) {
        int[] numbers = owners[block];
        if (numbers == null) {
            numbers = new int[1 << BLOCK_BITS];
            owners[block] = numbers;
        }
        numbers[identifier] = number;
    }

    /** The record of a 5-tuple seen from the inside, or 0. */
    int find(long parties, long ids) {
        int hash = hash(parties, ids);
        int position = hash >>> shift;
        while (true) {
            int slot = slot(position);
            if (slot == 0) {
                return 0;
            }
            if ((slot ^ hash << 24) >>> 24 == 0) {
                int number = slot & NUMBER_MASK;
                ByteBuffer chunk = chunk(number);
                int at = at(number);
                if (((chunk.getLong(at) ^ parties) | ((chunk.getLong(at + IDS) ^ ids) & KEY_OF_IDS)) == 0) {
                    return number;
                }
            }
            position = position + 1 & mask;
        }
    }

    /** The record of a public identifier, or 0. */
    int owner(int publicIndex, int protocol, int identifier) {
        int[] numbers = owners[block(publicIndex, protocol, identifier)];
        return numbers == null ? 0 : numbers[identifier & BLOCK_MASK];
    }

    /** TCP is 6 and UDP 17: the lowest bit tells them apart. */
    private static int block(int publicIndex, int protocol, int identifier) {
        return (publicIndex << 1 | (protocol & 1)) * BLOCKS + (identifier >>> BLOCK_BITS);
    }

    private int slot(int position) {
        return segments[position >>> SEGMENT_BITS][position & SEGMENT_MASK];
    }

    /** A keyed multiply mix: the whole 128-bit product of key and secret, folded and mixed once more. */
    private int hash(long a, long b) {
        long x = a ^ secret0;
        long y = b ^ secret1;
        long folded = Math.multiplyHigh(x, y) ^ x * y ^ b;
        return (int) (((folded ^ folded >>> 29) * FINISH) >>> 32);
    }
}
