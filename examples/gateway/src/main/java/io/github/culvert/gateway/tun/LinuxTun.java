package io.github.culvert.gateway.tun;

import com.sun.jna.NativeLong;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * A TUN device of Linux, without packet information header and offloads. The JDK opens it, since its channels are as
 * fast as C; only the number of the file descriptor must be found out for the ioctl.
 */
final class LinuxTun implements TunDevice {
    private static final Path CLONE_DEVICE = Path.of("/dev/net/tun");
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final long TUNSETIFF = 0x400454caL;
    private static final short IFF_TUN = 1;
    private static final short IFF_NO_PI = 0x1000;
    private static final int IFREQ_SIZE = 40;
    private static final int IFREQ_FLAGS = 16;

    private final String name;
    private final RandomAccessFile file;
    private final int descriptor;
    private final FileChannel reading;
    private final FileChannel writing;

    private LinuxTun(String name, RandomAccessFile file, int descriptor) throws IOException {
        this.name = name;
        this.file = file;
        this.descriptor = descriptor;
        this.reading = new FileInputStream(file.getFD()).getChannel();
        this.writing = new FileOutputStream(file.getFD()).getChannel();
    }

    static LinuxTun open(String name) throws TunException {
        synchronized (LinuxTun.class) { // else the difference of two listings would show the devices of others
            try {
                Set<Integer> before = descriptors();
                RandomAccessFile file = new RandomAccessFile(CLONE_DEVICE.toFile(), "rw");
                return attach(name, file, before);
            } catch (FileNotFoundException e) {
                throw new TunException(TunAdvice.forCloneDevice(CLONE_DEVICE), e);
            } catch (IOException e) {
                throw e instanceof TunException advice ? advice : new TunException(name + ": " + e.getMessage(), e);
            }
        }
    }

    private static LinuxTun attach(String name, RandomAccessFile file, Set<Integer> before) throws IOException {
        try {
            Set<Integer> opened = descriptors();
            opened.removeAll(before);
            if (opened.size() != 1) {
                throw new TunException("cannot tell the descriptor of " + CLONE_DEVICE + " among " + opened, null);
            }
            int descriptor = opened.iterator().next();
            if (LibC.ioctl(descriptor, new NativeLong(TUNSETIFF), request(name)) < 0) {
                throw new TunException(TunAdvice.forAttaching(name, LibC.errno()), null);
            }
            unblock(descriptor);
            return new LinuxTun(name, file, descriptor);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** The descriptors of this process that are open on the clone device. */
    private static Set<Integer> descriptors() throws IOException {
        Set<Integer> found = new HashSet<>();
        try (DirectoryStream<Path> links = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path link : links) {
                if (isCloneDevice(link)) {
                    found.add(Integer.valueOf(link.getFileName().toString()));
                }
            }
        }
        return found;
    }

    private static boolean isCloneDevice(Path link) {
        try {
            return Files.readSymbolicLink(link).equals(CLONE_DEVICE);
        } catch (IOException closedSince) {
            return false;
        }
    }

    /** struct ifreq: the name, then the flags. */
    private static byte[] request(String name) {
        ByteBuffer request = ByteBuffer.allocate(IFREQ_SIZE).order(ByteOrder.nativeOrder());
        request.put(name.getBytes(StandardCharsets.UTF_8));
        request.putShort(IFREQ_FLAGS, (short) (IFF_TUN | IFF_NO_PI));
        return request.array();
    }

    private static void unblock(int descriptor) throws TunException {
        int flags = LibC.fcntl(descriptor, LibC.F_GETFL, new NativeLong(0));
        if (flags < 0 || LibC.fcntl(descriptor, LibC.F_SETFL, new NativeLong(flags | LibC.O_NONBLOCK)) < 0) {
            throw new TunException("fcntl(O_NONBLOCK) failed with error " + LibC.errno(), null);
        }
    }

    int descriptor() {
        return descriptor;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return reading.read(into);
    }

    @Override
    public void write(ByteBuffer packet) throws IOException {
        if (writing.write(packet) == 0) {
            throw new IOException(name + " has no room");
        }
    }

    void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(name, e);
        }
    }
}
