package io.github.culvert.gateway.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The classic format: a header of 24 bytes, then records.
 *
 * <pre>
 *  0      4      6      8         12        16        20
 *  | magic | major | minor | 0      | 0      | snaplen | link type (low 26 bits)
 *
 *  0         4                        8          12
 *  | seconds | micro- or nanoseconds  | captured | original length | captured bytes ...
 * </pre>
 */
final class PcapSource implements RecordSource {
    static final int MICROSECOND_MAGIC = 0xa1b2c3d4;
    static final int NANOSECOND_MAGIC = 0xa1b23c4d;

    private static final int LINK_TYPE_MASK = 0x03ff_ffff;

    private final CaptureInput input;
    private final ByteOrder order;
    private final int nanosPerTick;
    private final int linkType;
    private long records;

    private PcapSource(CaptureInput input, ByteOrder order, int nanosPerTick, int linkType) {
        this.input = input;
        this.order = order;
        this.nanosPerTick = nanosPerTick;
        this.linkType = linkType;
    }

    /** Whether a file that begins with these four bytes is of this format. */
    static boolean begins(int magic) {
        return nanosPerTick(magic) > 0 || nanosPerTick(Integer.reverseBytes(magic)) > 0;
    }

    /**
     * Reads the header behind the magic number.
     *
     * @param magic the first four bytes, big-endian
     */
    static PcapSource open(CaptureInput input, int magic) throws IOException {
        boolean big = nanosPerTick(magic) > 0;
        ByteOrder order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        ByteBuffer header = input.exactly(20, order, 0);
        int major = header.getShort(0) & 0xffff;
        if (major != 2) {
            throw new CaptureException(CaptureFault.Kind.UNKNOWN_VERSION, 4, "version " + major);
        }
        int nanos = nanosPerTick(big ? magic : Integer.reverseBytes(magic));
        return new PcapSource(input, order, nanos, header.getInt(16) & LINK_TYPE_MASK);
    }

    private static int nanosPerTick(int magic) {
        return magic == MICROSECOND_MAGIC ? 1000 : magic == NANOSECOND_MAGIC ? 1 : 0;
    }

    @Override
    public @Nullable CapturedFrame next() throws IOException {
        long start = input.position();
        ByteBuffer header = input.upTo(16, order);
        if (!header.hasRemaining()) {
            return null;
        }
        if (header.remaining() < 16) {
            throw new CaptureException(CaptureFault.Kind.ENDS_EARLY, start, "a record header of 16 bytes");
        }
        long seconds = header.getInt() & 0xffff_ffffL;
        long ticks = header.getInt() & 0xffff_ffffL;
        int captured = CaptureReader.recordLength(header.getInt(), start);
        long original = header.getInt() & 0xffff_ffffL;
        byte[] bytes = input.exactly(captured, order, start).array();
        long nanos = seconds * 1_000_000_000 + ticks * nanosPerTick;
        return new CapturedFrame(++records, linkType, nanos, original, bytes);
    }
}
