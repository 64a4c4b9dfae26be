package io.github.culvert.gateway.capture;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A stream that knows its position, and faults that name it. */
final class CaptureInput implements Closeable {
    private final InputStream stream;
    private final byte[] scratch = new byte[8192];
    private long position;

    CaptureInput(InputStream stream) {
        this.stream = stream;
    }

    long position() {
        return position;
    }

    /** Up to {@code count} bytes; fewer only at the end of the file. Allocates no more than the file holds. */
    ByteBuffer upTo(int count, ByteOrder order) throws IOException {
        byte[] bytes = stream.readNBytes(count);
        position += bytes.length;
        return ByteBuffer.wrap(bytes).order(order);
    }

    /**
     * Exactly {@code count} bytes.
     *
     * @param start where the header, record or block begins that they belong to
     */
    ByteBuffer exactly(int count, ByteOrder order, long start) throws IOException {
        ByteBuffer bytes = upTo(count, order);
        if (bytes.remaining() < count) {
            throw new CaptureException(
                    CaptureFault.Kind.ENDS_EARLY, start, "needs " + count + " bytes, has " + bytes.remaining());
        }
        return bytes;
    }

    /**
     * Passes over bytes, however many the file claims there to be.
     *
     * @param start where the block begins that they belong to
     */
    void skip(long count, long start) throws IOException {
        long left = count;
        while (left > 0) {
            int read = stream.read(scratch, 0, (int) Math.min(left, scratch.length));
            if (read < 0) {
                throw new CaptureException(CaptureFault.Kind.ENDS_EARLY, start, "needs " + left + " bytes more");
            }
            left -= read;
            position += read;
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
