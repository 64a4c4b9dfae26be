package io.github.culvert.gateway.tun;

import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;

/** The calls of the C library that the JDK does not offer. What fails returns -1 and leaves {@link #errno()}. */
final class LibC {
    static final int EPERM = 1;
    static final int EINTR = 4;
    static final int EBUSY = 16;
    static final int EINVAL = 22;
    static final int F_GETFL = 3;
    static final int F_SETFL = 4;
    static final int O_NONBLOCK = 0x800;
    static final int EFD_NONBLOCK = O_NONBLOCK;
    static final int EFD_CLOEXEC = 0x80000;
    static final short POLLIN = 1;

    static {
        Native.register(LibC.class, "c");
    }

    private LibC() {}

    static int errno() {
        return Native.getLastError();
    }

    static native int ioctl(int fd, NativeLong request, byte[] argument);

    static native int fcntl(int fd, int command, NativeLong argument);

    /** {@code count} is an unsigned long of C, so a 64-bit JVM is needed. */
    static native int poll(Pointer pollfds, long count, int milliseconds);

    static native int eventfd(int initial, int flags);

    static native NativeLong read(int fd, byte[] into, NativeLong count);

    static native NativeLong write(int fd, byte[] from, NativeLong count);

    static native int close(int fd);
}
