package io.github.culvert.gateway.tun;

import java.io.IOException;
import java.nio.ByteBuffer;

/** One end of a network interface: what the kernel sends into it is read here, what is written here arrives from it. */
public interface TunDevice {
    /**
     * The name of the interface.
     *
     * @return as it was opened
     */
    String name();

    /**
     * Reads one packet, without waiting.
     *
     * @param into gets the packet from its position on; a direct buffer saves a copy
     * @return the bytes of the packet; 0 if none waits
     * @throws IOException if the device is gone: no packet will ever come again
     */
    int read(ByteBuffer into) throws IOException;

    /**
     * Writes one packet, without waiting.
     *
     * @param packet from position to limit
     * @throws IOException if the device does not take this packet: the interface is down, or has no room
     */
    void write(ByteBuffer packet) throws IOException;
}
