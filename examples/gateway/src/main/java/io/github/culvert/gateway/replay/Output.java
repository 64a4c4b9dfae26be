package io.github.culvert.gateway.replay;

import io.github.culvert.gateway.capture.CaptureWriter;
import io.github.culvert.gateway.capture.LinkType;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Takes the packets that leave the NAT on one side. */
interface Output extends Closeable {
    /** An output that keeps nothing. */
    Output NOWHERE = (timeNanos, packet) -> {};

    /**
     * Takes a packet.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    void take(long timeNanos, byte[] packet);

    @Override
    default void close() throws IOException {}

    /** A capture file with raw IP packets. */
    static Output to(Path file) throws IOException {
        CaptureWriter writer = CaptureWriter.create(file, LinkType.RAW);
        return new Output() {
            @Override
            public void take(long timeNanos, byte[] packet) {
                try {
                    writer.write(timeNanos, packet.length, packet);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public void close() throws IOException {
                writer.close();
            }
        };
    }
}
