package io.github.culvert.benchmarks.traffic;

/** Address and port in one number: {@code address << 16 | port}, in 48 bits. */
public final class Endpoints {
    private Endpoints() {}

    /**
     * Packs an endpoint.
     *
     * @param address the address
     * @param port 0 to 65535
     * @return the endpoint
     */
    public static long of(int address, int port) {
        return (address & 0xffff_ffffL) << 16 | port;
    }

    /**
     * The address of an endpoint.
     *
     * @param endpoint the endpoint
     * @return the 32 bits, first octet highest
     */
    public static int address(long endpoint) {
        return (int) (endpoint >>> 16);
    }

    /**
     * The port of an endpoint.
     *
     * @param endpoint the endpoint
     * @return 0 to 65535
     */
    public static int port(long endpoint) {
        return (int) endpoint & 0xffff;
    }
}
