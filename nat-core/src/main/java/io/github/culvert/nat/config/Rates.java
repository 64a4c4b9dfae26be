package io.github.culvert.nat.config;

/**
 * How fast state may come to be (RFC 6888 REQ-4C, REQ-5B). What is too fast is refused; existing flows go on. Can be
 * changed while the NAT runs. An inside host that has nothing any more is forgotten, and starts with a full bucket when
 * it comes again.
 *
 * @param sessionsPerHost new sessions of one inside host, mappings included; unlimited by default
 * @param sessions new sessions of all inside hosts together; unlimited by default
 * @param midStream TCP connections that are picked up in their middle, of all inside hosts together; 1,000 a second
 *     by default
 */
public record Rates(Rate sessionsPerHost, Rate sessions, Rate midStream) {

    /** The defaults. */
    public static final Rates STANDARD = new Rates(Rate.UNLIMITED, Rate.UNLIMITED, new Rate(1_000, 10_000));

    /**
     * The same with another {@link #sessionsPerHost()}.
     *
     * @param changed new sessions of one inside host, mappings included; unlimited by default
     * @return a new value
     */
    public Rates withSessionsPerHost(Rate changed) {
        return new Rates(changed, sessions, midStream);
    }

    /**
     * The same with another {@link #sessions()}.
     *
     * @param changed new sessions of all inside hosts together; unlimited by default
     * @return a new value
     */
    public Rates withSessions(Rate changed) {
        return new Rates(sessionsPerHost, changed, midStream);
    }

    /**
     * The same with another {@link #midStream()}.
     *
     * @param changed TCP connections that are picked up in their middle, of all inside hosts together; 1,000 a second
     *     by default
     * @return a new value
     */
    public Rates withMidStream(Rate changed) {
        return new Rates(sessionsPerHost, sessions, changed);
    }
}
