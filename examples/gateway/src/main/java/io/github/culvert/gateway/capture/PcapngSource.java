package io.github.culvert.gateway.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The block format. Every block is framed alike, so that a reader passes over what it does not know:
 *
 * <pre>
 *  0      4              8
 *  | type | total length | body, a multiple of 4 bytes ... | total length |
 * </pre>
 *
 * Sections may differ in byte order; interfaces belong to their section.
 */
final class PcapngSource implements RecordSource {
    /** The type of a section header block; reads the same in both byte orders. */
    static final int SECTION_HEADER = 0x0a0d0d0a;

    static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
    static final int INTERFACE_DESCRIPTION = 1;
    static final int OBSOLETE_PACKET = 2;
    static final int SIMPLE_PACKET = 3;
    static final int ENHANCED_PACKET = 6;

    private static final int FRAMING = 12;
    /** What a packet block may hold beside its packet: names, comments, hashes. */
    private static final int OPTIONS_ROOM = 1 << 20;

    private final CaptureInput input;
    private final List<CaptureInterface> interfaces = new ArrayList<>();
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    private long records;
    private long lastNanos;

    private PcapngSource(CaptureInput input) {
        this.input = input;
    }

    /** Reads the first section header behind the type of its block. */
    static PcapngSource open(CaptureInput input) throws IOException {
        PcapngSource source = new PcapngSource(input);
        source.section(0);
        return source;
    }

    @Override
    public @Nullable CapturedFrame next() throws IOException {
        while (true) {
            long start = input.position();
            ByteBuffer type = input.upTo(4, order);
            if (!type.hasRemaining()) {
                return null;
            }
            if (type.remaining() < 4) {
                throw new CaptureException(CaptureFault.Kind.ENDS_EARLY, start, "a block header of 8 bytes");
            }
            CapturedFrame frame = block(type.getInt(), start);
            if (frame != null) {
                return frame;
            }
        }
    }

    private @Nullable CapturedFrame block(int type, long start) throws IOException {
        switch (type) {
            case SECTION_HEADER -> section(start);
            case INTERFACE_DESCRIPTION -> interfaces.add(CaptureInterface.read(body(start, 8)));
            case OBSOLETE_PACKET, ENHANCED_PACKET -> {
                return packet(body(start, 20), type, start);
            }
            case SIMPLE_PACKET -> {
                return simplePacket(body(start, 4), start);
            }
            default -> passOver(start);
        }
        return null;
    }

    private void section(long start) throws IOException {
        ByteBuffer head = input.exactly(8, ByteOrder.BIG_ENDIAN, start);
        int magic = head.getInt(4);
        if (magic != BYTE_ORDER_MAGIC && magic != Integer.reverseBytes(BYTE_ORDER_MAGIC)) {
            throw new CaptureException(CaptureFault.Kind.BAD_BYTE_ORDER, start, Integer.toHexString(magic));
        }
        order = magic == BYTE_ORDER_MAGIC ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        interfaces.clear();
        long length = checkedLength(head.order(order).getInt(0), 16, start);
        int major = input.exactly(4, order, start).getShort() & 0xffff;
        if (major != 1) {
            throw new CaptureException(CaptureFault.Kind.UNKNOWN_VERSION, start, "version " + major);
        }
        input.skip(length - FRAMING - 8, start);
        endOfBlock(length, start);
    }

    private CapturedFrame packet(ByteBuffer body, int type, long start) throws IOException {
        boolean obsolete = type == OBSOLETE_PACKET;
        int index = obsolete ? body.getShort(0) & 0xffff : body.getInt(0);
        CaptureInterface on = interfaceAt(Integer.toUnsignedLong(index), start);
        lastNanos = on.scale().nanos(body.getInt(4), body.getInt(8));
        return frame(on, body, 20, body.getInt(12), body.getInt(16), start);
    }

    /** A simple packet has no time; it takes that of the packet before it. */
    private CapturedFrame simplePacket(ByteBuffer body, long start) throws IOException {
        CaptureInterface on = interfaceAt(0, start);
        long original = body.getInt(0) & 0xffff_ffffL;
        long captured = Math.min(Math.min(original, on.snapLength()), body.remaining() - 4L);
        return frame(on, body, 4, (int) captured, body.getInt(0), start);
    }

    private CapturedFrame frame(CaptureInterface on, ByteBuffer body, int at, int captured, int original, long start)
            throws IOException {
        int length = CaptureReader.recordLength(captured, start);
        if (length > body.remaining() - at) {
            String detail = "packet of " + length + " bytes, room for " + (body.remaining() - at);
            throw new CaptureException(CaptureFault.Kind.BAD_BLOCK_LENGTH, start, detail);
        }
        byte[] bytes = new byte[length];
        body.get(at, bytes);
        return new CapturedFrame(++records, on.linkType(), lastNanos, original & 0xffff_ffffL, bytes);
    }

    private CaptureInterface interfaceAt(long index, long start) throws CaptureException {
        if (index >= interfaces.size()) {
            String detail = "interface " + index + " of " + interfaces.size();
            throw new CaptureException(CaptureFault.Kind.UNKNOWN_INTERFACE, start, detail);
        }
        return interfaces.get((int) index);
    }

    private ByteBuffer body(long start, int least) throws IOException {
        long length = checkedLength(input.exactly(4, order, start).getInt(), least, start);
        if (length > CaptureReader.LARGEST_RECORD + OPTIONS_ROOM) {
            throw new CaptureException(CaptureFault.Kind.RECORD_TOO_LONG, start, length + " bytes");
        }
        ByteBuffer bytes = input.exactly((int) length - FRAMING, order, start);
        endOfBlock(length, start);
        return bytes;
    }

    private void passOver(long start) throws IOException {
        long length = checkedLength(input.exactly(4, order, start).getInt(), 0, start);
        input.skip(length - FRAMING, start);
        endOfBlock(length, start);
    }

    private static long checkedLength(int total, int leastBody, long start) throws CaptureException {
        long length = total & 0xffff_ffffL;
        if (length < FRAMING + leastBody || length % 4 != 0) {
            throw new CaptureException(CaptureFault.Kind.BAD_BLOCK_LENGTH, start, "length " + length);
        }
        return length;
    }

    private void endOfBlock(long length, long start) throws IOException {
        long again = input.exactly(4, order, start).getInt() & 0xffff_ffffL;
        if (again != length) {
            throw new CaptureException(CaptureFault.Kind.LENGTHS_DIFFER, start, length + " and " + again);
        }
    }
}
