package io.github.culvert.gateway.tun;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Two TUN devices of Linux and an eventfd to wake the thread that waits for them with poll(2). */
final class LinuxTunPair implements TunPair {
    private static final int POLLFD_SIZE = 8;
    private static final int POLLFD_EVENTS = 4;
    private static final int EVENT_SIZE = 8;
    private static final int FDS = 3;

    private final LinuxTun inside;
    private final LinuxTun outside;
    private final int event;
    private final Memory pollfds = new Memory((long) FDS * POLLFD_SIZE);
    private final byte[] eventCount = new byte[EVENT_SIZE];
    private boolean closed;

    private LinuxTunPair(LinuxTun inside, LinuxTun outside, int event) {
        this.inside = inside;
        this.outside = outside;
        this.event = event;
        int[] descriptors = {inside.descriptor(), outside.descriptor(), event};
        for (int i = 0; i < FDS; i++) {
            pollfds.setInt((long) i * POLLFD_SIZE, descriptors[i]);
            pollfds.setInt((long) i * POLLFD_SIZE + POLLFD_EVENTS, 0);
            pollfds.setShort((long) i * POLLFD_SIZE + POLLFD_EVENTS, LibC.POLLIN);
        }
    }

    static LinuxTunPair open(String inside, String outside) throws TunException {
        try {
            if (!Platform.isLinux() || Native.LONG_SIZE != Long.BYTES) {
                throw new TunException(
                        TunAdvice.forPlatform(System.getProperty("os.name") + " " + System.getProperty("os.arch")),
                        null);
            }
            return openOnLinux(inside, outside);
        } catch (LinkageError e) {
            throw new TunException(TunAdvice.forNativeLibrary(e), e);
        }
    }

    private static LinuxTunPair openOnLinux(String inside, String outside) throws TunException {
        LinuxTun first = LinuxTun.open(inside);
        LinuxTun second = null;
        try {
            second = LinuxTun.open(outside);
            int event = LibC.eventfd(0, LibC.EFD_NONBLOCK | LibC.EFD_CLOEXEC);
            if (event < 0) {
                throw new TunException("eventfd failed with error " + LibC.errno(), null);
            }
            return new LinuxTunPair(first, second, event);
        } catch (TunException e) {
            first.close();
            if (second != null) {
                second.close();
            }
            throw e;
        }
    }

    @Override
    public TunDevice inside() {
        return inside;
    }

    @Override
    public TunDevice outside() {
        return outside;
    }

    @Override
    public void await(long nanos) throws IOException {
        long milliseconds = nanos <= 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(nanos - 1) + 1;
        int ready = LibC.poll(pollfds, FDS, (int) Math.min(milliseconds, Integer.MAX_VALUE));
        if (ready < 0 && LibC.errno() != LibC.EINTR) {
            throw new IOException("poll failed with error " + LibC.errno());
        }
        if (ready > 0 && pollfds.getShort((long) (FDS - 1) * POLLFD_SIZE + POLLFD_EVENTS + Short.BYTES) != 0) {
            LibC.read(event, eventCount, new NativeLong(EVENT_SIZE)); // back to 0, or the next wait would end at once
        }
    }

    @Override
    public synchronized void wakeUp() {
        if (!closed) {
            byte[] one = new byte[EVENT_SIZE];
            one[0] = 1; // in either byte order a count above 0
            LibC.write(event, one, new NativeLong(EVENT_SIZE));
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            LibC.close(event);
            inside.close();
            outside.close();
        }
    }
}
