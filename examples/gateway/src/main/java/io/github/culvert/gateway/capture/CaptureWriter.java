package io.github.culvert.gateway.capture;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes packets of one link type into a pcap or pcapng file, little-endian, with times in nanoseconds. Not safe for
 * use by several threads.
 */
@SuppressWarnings("ByteBufferBackingArray") // all buffers here are made by buffer(int)
public final class CaptureWriter implements Closeable {
    private static final long SECOND = 1_000_000_000;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private final OutputStream out;
    private final CaptureFormat format;

    private CaptureWriter(OutputStream out, CaptureFormat format) {
        this.out = out;
        this.format = format;
    }

    /**
     * Creates a file, or empties it; its name chooses the format.
     *
     * @param file the file
     * @param link the link type of all its packets
     * @return a writer
     * @throws IOException if it cannot be written
     */
    public static CaptureWriter create(Path file, LinkType link) throws IOException {
        return to(Files.newOutputStream(file), CaptureFormat.ofName(file), link);
    }

    /**
     * Writes to a stream.
     *
     * @param stream the stream; the writer closes it
     * @param format the format
     * @param link the link type of all packets
     * @return a writer
     * @throws IOException if it cannot be written
     */
    public static CaptureWriter to(OutputStream stream, CaptureFormat format, LinkType link) throws IOException {
        CaptureWriter writer = new CaptureWriter(new BufferedOutputStream(stream, 1 << 16), format);
        switch (format) {
            case PCAP -> writer.pcapHeader(link);
            case PCAPNG -> writer.pcapngHeaders(link);
        }
        return writer;
    }

    /**
     * Writes a packet.
     *
     * @param timeNanos capture time, nanoseconds since the epoch; what the format cannot hold (before 1970, in pcap
     *     also after 2106) becomes its nearest time
     * @param originalLength bytes on the link, 0 to 2^32 - 1
     * @param bytes the captured bytes, at most {@link CaptureReader#LARGEST_RECORD}
     * @throws IOException if it cannot be written
     */
    public void write(long timeNanos, long originalLength, byte[] bytes) throws IOException {
        if (bytes.length > CaptureReader.LARGEST_RECORD) {
            throw new IllegalArgumentException("a packet of " + bytes.length + " bytes");
        }
        long nanos = Math.max(0, timeNanos);
        switch (format) {
            case PCAP -> record(nanos, originalLength, bytes);
            case PCAPNG -> enhancedPacket(nanos, originalLength, bytes);
        }
    }

    private void pcapHeader(LinkType link) throws IOException {
        ByteBuffer header = buffer(24);
        header.putInt(PcapSource.NANOSECOND_MAGIC).putShort((short) 2).putShort((short) 4);
        header.putLong(0).putInt(CaptureReader.LARGEST_RECORD).putInt(link.number());
        put(header);
    }

    private void pcapngHeaders(LinkType link) throws IOException {
        ByteBuffer section = buffer(16);
        section.putInt(PcapngSource.BYTE_ORDER_MAGIC)
                .putShort((short) 1)
                .putShort((short) 0)
                .putLong(-1);
        block(PcapngSource.SECTION_HEADER, section);
        block(PcapngSource.INTERFACE_DESCRIPTION, CaptureInterface.nanosecondBody(link.number(), ORDER));
    }

    private void record(long nanos, long originalLength, byte[] bytes) throws IOException {
        long seconds = Math.min(nanos / SECOND, 0xffff_ffffL);
        ByteBuffer header = buffer(16);
        header.putInt((int) seconds).putInt((int) (nanos % SECOND));
        header.putInt(bytes.length).putInt((int) originalLength);
        put(header);
        out.write(bytes);
    }

    private void enhancedPacket(long nanos, long originalLength, byte[] bytes) throws IOException {
        ByteBuffer body = buffer(20 + ((bytes.length + 3) & ~3));
        body.putInt(0).putInt((int) (nanos >>> 32)).putInt((int) nanos);
        body.putInt(bytes.length).putInt((int) originalLength).put(bytes);
        block(PcapngSource.ENHANCED_PACKET, body.position(body.capacity()));
    }

    private void block(int type, ByteBuffer body) throws IOException {
        int length = 12 + body.position();
        put(buffer(8).putInt(type).putInt(length));
        put(body);
        put(buffer(4).putInt(length));
    }

    /** Writes a buffer that was filled up to its position. */
    private void put(ByteBuffer filled) throws IOException {
        byte[] bytes = new byte[filled.flip().remaining()];
        filled.get(bytes);
        out.write(bytes);
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ORDER);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
