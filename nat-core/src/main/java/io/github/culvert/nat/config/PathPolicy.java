package io.github.culvert.nat.config;

/**
 * The links on both sides, and what the NAT does as a router between them.
 *
 * @param hop whether the NAT counts as a hop: then it takes one from the time to live, and answers when none is left;
 *     off by default
 * @param sourceRoutes whether packets with a source route option pass; off by default (RFC 5508 REQ-10b)
 * @param insideMtu the largest IPv4 packet that may leave to the inside, in bytes, 68 to 65535, which is the default
 * @param outsideMtu the largest IPv4 packet that may leave to the outside, in bytes, 68 to 65535, which is the
 *     default
 */
public record PathPolicy(boolean hop, boolean sourceRoutes, int insideMtu, int outsideMtu) {

    /** The largest MTU: what an IPv4 packet can have, 65535 bytes. */
    public static final int LARGEST_MTU = 65_535;

    /** The defaults. */
    public static final PathPolicy STANDARD = new PathPolicy(false, false, LARGEST_MTU, LARGEST_MTU);

    /**
     * The same with another {@link #hop()}.
     *
     * @param changed whether the NAT counts as a hop: then it takes one from the time to live, and answers when none
     *     is left; off by default
     * @return a new value
     */
    public PathPolicy withHop(boolean changed) {
        return new PathPolicy(changed, sourceRoutes, insideMtu, outsideMtu);
    }

    /**
     * The same with another {@link #sourceRoutes()}.
     *
     * @param changed whether packets with a source route option pass; off by default (RFC 5508 REQ-10b)
     * @return a new value
     */
    public PathPolicy withSourceRoutes(boolean changed) {
        return new PathPolicy(hop, changed, insideMtu, outsideMtu);
    }

    /**
     * The same with another {@link #insideMtu()}.
     *
     * @param changed the largest IPv4 packet that may leave to the inside, in bytes, 68 to 65535, which is the
     *     default
     * @return a new value
     */
    public PathPolicy withInsideMtu(int changed) {
        return new PathPolicy(hop, sourceRoutes, changed, outsideMtu);
    }

    /**
     * The same with another {@link #outsideMtu()}.
     *
     * @param changed the largest IPv4 packet that may leave to the outside, in bytes, 68 to 65535, which is the
     *     default
     * @return a new value
     */
    public PathPolicy withOutsideMtu(int changed) {
        return new PathPolicy(hop, sourceRoutes, insideMtu, changed);
    }
}
