package io.github.culvert.gateway.capture;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the packets of a pcap or pcapng file, one after the other, in bounded memory.
 *
 * <p>pcap: both byte orders, micro- and nanoseconds. pcapng: both byte orders, several sections and interfaces, their
 * time resolution and offset, enhanced, simple and obsolete packet blocks; other blocks are passed over. A file that
 * goes wrong after its valid start is no error: what was read stays good, {@link #next()} says that this is the end,
 * and {@link #fault()} says why. Not safe for use by several threads.
 */
public final class CaptureReader implements Closeable {
    /** The most bytes that a record may hold, 16 MiB; more is taken for damage. */
    public static final int LARGEST_RECORD = 16 << 20;

    private final CaptureInput input;
    private final CaptureFormat format;
    private final RecordSource source;
    private @Nullable CaptureFault fault;

    private CaptureReader(CaptureInput input, CaptureFormat format, RecordSource source) {
        this.input = input;
        this.format = format;
        this.source = source;
    }

    /**
     * Opens a file.
     *
     * @param file the file
     * @return a reader at its first packet
     * @throws CaptureException if the file does not begin like a capture
     * @throws IOException if it cannot be read
     */
    public static CaptureReader open(Path file) throws IOException {
        return open(Files.newInputStream(file));
    }

    /**
     * Opens a stream.
     *
     * @param stream the stream; the reader closes it, also if this method fails
     * @return a reader at its first packet
     * @throws CaptureException if the stream does not begin like a capture
     * @throws IOException if it cannot be read
     */
    public static CaptureReader open(InputStream stream) throws IOException {
        CaptureInput input = new CaptureInput(new BufferedInputStream(stream, 1 << 16));
        try {
            return open(input);
        } catch (IOException | RuntimeException e) {
            input.close();
            throw e;
        }
    }

    private static CaptureReader open(CaptureInput input) throws IOException {
        ByteBuffer magic = input.upTo(4, ByteOrder.BIG_ENDIAN);
        if (!magic.hasRemaining()) {
            throw new CaptureException(CaptureFault.Kind.EMPTY, 0, "");
        }
        int first = magic.remaining() == 4 ? magic.getInt() : 0;
        if (PcapSource.begins(first)) {
            return new CaptureReader(input, CaptureFormat.PCAP, PcapSource.open(input, first));
        }
        if (first == PcapngSource.SECTION_HEADER) {
            return new CaptureReader(input, CaptureFormat.PCAPNG, PcapngSource.open(input));
        }
        throw new CaptureException(CaptureFault.Kind.NOT_A_CAPTURE, 0, "it begins with " + Integer.toHexString(first));
    }

    /** The length of a record, if a packet can have it. */
    static int recordLength(int claimed, long start) throws CaptureException {
        if (claimed < 0 || claimed > LARGEST_RECORD) {
            String detail = Integer.toUnsignedString(claimed) + " bytes";
            throw new CaptureException(CaptureFault.Kind.RECORD_TOO_LONG, start, detail);
        }
        return claimed;
    }

    /**
     * The next packet.
     *
     * @return the packet, or empty at the end of what can be read
     * @throws IOException if reading fails; never because of what the file holds
     */
    public Optional<CapturedFrame> next() throws IOException {
        if (fault != null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(source.next());
        } catch (CaptureException e) {
            fault = e.fault();
            return Optional.empty();
        }
    }

    /**
     * Why the end came, if not because the file ended.
     *
     * @return the fault, if there is one
     */
    public Optional<CaptureFault> fault() {
        return Optional.ofNullable(fault);
    }

    /**
     * The format of the file.
     *
     * @return the format
     */
    public CaptureFormat format() {
        return format;
    }

    /**
     * How much was read.
     *
     * @return bytes from the start of the file
     */
    public long position() {
        return input.position();
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
