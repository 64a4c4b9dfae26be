package io.github.culvert.gateway.capture;

import java.io.IOException;

/** A file that cannot be read as a capture at all. */
public final class CaptureException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient CaptureFault fault;

    /**
     * Creates the exception.
     *
     * @param fault what is wrong, and where
     */
    public CaptureException(CaptureFault fault) {
        super(fault.toString());
        this.fault = fault;
    }

    CaptureException(CaptureFault.Kind kind, long position, String detail) {
        this(new CaptureFault(kind, position, detail));
    }

    /**
     * What is wrong.
     *
     * @return the fault
     */
    public CaptureFault fault() {
        return fault;
    }
}
