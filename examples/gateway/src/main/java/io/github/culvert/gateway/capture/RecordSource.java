package io.github.culvert.gateway.capture;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The records of one capture file, in the order of the file. */
sealed interface RecordSource permits PcapSource, PcapngSource {
    /**
     * The next record.
     *
     * @return the frame, or null at the end of the file
     * @throws CaptureException if the file is wrong here; nothing after it can be read
     * @throws IOException if reading fails
     */
    @Nullable
    CapturedFrame next() throws IOException;
}
