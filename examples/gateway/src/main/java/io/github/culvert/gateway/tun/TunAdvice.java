package io.github.culvert.gateway.tun;

import java.nio.file.Files;
import java.nio.file.Path;

/** What to do when a TUN device cannot be opened. */
final class TunAdvice {
    private TunAdvice() {}

    static String forCloneDevice(Path device) {
        return Files.exists(device)
                ? device + " cannot be opened: run as root, or give the process CAP_NET_ADMIN and access to " + device
                : device + " does not exist: load the module (modprobe tun), or pass the device into the container"
                        + " (--device " + device + ")";
    }

    static String forAttaching(String name, int errno) {
        String failed = "cannot attach to TUN device '" + name + "': ";
        return switch (errno) {
            case LibC.EPERM ->
                failed + "not permitted; run as root or with CAP_NET_ADMIN, or make the device before:"
                        + " ip tuntap add dev " + name + " mode tun user NAME";
            case LibC.EBUSY -> failed + "another program is attached to it; end that one, or use another name";
            case LibC.EINVAL ->
                failed + "an interface of this name exists and is no plain TUN device (perhaps TAP,"
                        + " multi-queue or a real one); use another name";
            default -> failed + "error " + errno;
        };
    }

    static String forPlatform(String system) {
        return "TUN devices are opened on 64-bit Linux only, not on " + system;
    }

    static String forNativeLibrary(Throwable cause) {
        return "JNA cannot load its native library (" + cause.getMessage()
                + "); if the directory for temporary files forbids execution, name another: java -Djna.tmpdir=DIR";
    }
}
