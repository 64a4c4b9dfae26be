package io.github.culvert.gateway.tun;

/** Opens pairs of TUN devices. */
@FunctionalInterface
public interface TunPairs {
    /** Those of Linux. */
    TunPairs LINUX = LinuxTunPair::open;

    /**
     * Attaches to two devices; one that does not exist is created and exists until it is closed.
     *
     * @param inside the name of the inside device
     * @param outside the name of the outside device
     * @return the pair
     * @throws TunException if one cannot be opened; then none is
     */
    TunPair open(String inside, String outside) throws TunException;
}
