package io.github.culvert.gateway.tun;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A TUN device could not be opened. The message says what to do about it. */
public final class TunException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what failed and what to do
     * @param cause what the system said, if it did
     */
    public TunException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
