package io.github.culvert.gateway.capture;

import java.nio.file.Path;
import java.util.Locale;

/** The formats of capture files. */
public enum CaptureFormat {
    /** The classic format (draft-ietf-opsawg-pcap). */
    PCAP,
    /** The block format (draft-ietf-opsawg-pcapng). */
    PCAPNG;

    /**
     * The format that the name of a file asks for.
     *
     * @param file the file
     * @return {@link #PCAPNG} if the name ends with {@code .pcapng}, else {@link #PCAP}
     */
    public static CaptureFormat ofName(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".pcapng") ? PCAPNG : PCAP;
    }
}
