package io.github.culvert.benchmarks.traffic;

/** Both ends of a control connection of PPTP: where they are, and how far they have come. */
public final class ControlConnection {
    /** Where PPTP servers listen. */
    private static final int PORT = 1723;

    final long inside;
    final long remote;
    /** The next sequence number of each end, the inside one first. */
    final int[] sequence;
    /** Where the remote end sees the inside one; known once it is open. */
    long outside;

    /**
     * A connection that is to be opened.
     *
     * @param inside the endpoint of the client
     * @param server the address of the server
     */
    public ControlConnection(long inside, int server) {
        this.inside = inside;
        this.remote = Endpoints.of(server, PORT);
        this.sequence = new int[] {(int) (inside * 0x9e37_79b9L), (int) (inside * 0x7f4a_7c15L)};
    }
}
