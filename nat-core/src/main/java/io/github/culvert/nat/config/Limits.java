package io.github.culvert.nat.config;

/**
 * How much state there may be (RFC 6888 REQ-4, REQ-5). What is full refuses new flows; nothing live is evicted. Every
 * limit is 1 to 8,000,000.
 *
 * @param sessions sessions in all
 * @param hosts inside hosts
 * @param mappingsPerHost mappings of one inside host, of all protocols together
 * @param udpMappingsPerHost UDP mappings of one inside host
 * @param tcpMappingsPerHost TCP mappings of one inside host
 * @param icmpMappingsPerHost ICMP query mappings of one inside host
 * @param sessionsPerHost sessions of one inside host
 * @param sessionsPerMapping sessions of one mapping, static forwards included
 * @param heldSyns unsolicited SYNs that wait for their answer; the oldest makes room without one
 */
public record Limits(
        int sessions,
        int hosts,
        int mappingsPerHost,
        int udpMappingsPerHost,
        int tcpMappingsPerHost,
        int icmpMappingsPerHost,
        int sessionsPerHost,
        int sessionsPerMapping,
        int heldSyns) {

    /** The most that any limit can be. */
    public static final int MOST = 8_000_000;

    /** The defaults: a million sessions, 100,000 hosts, 4,096 mappings and 16,384 sessions a host, 1,024 held SYNs. */
    public static final Limits STANDARD = of(1_000_000, 100_000, 4_096, 16_384);

    /**
     * The limits that matter most; within them a host may have mappings of any protocol, and a mapping all sessions.
     *
     * @param sessions sessions in all
     * @param hosts inside hosts
     * @param mappingsPerHost mappings of one inside host
     * @param sessionsPerHost sessions of one inside host
     * @return limits whose other values are the least strict ones, with 1,024 held SYNs
     */
    public static Limits of(int sessions, int hosts, int mappingsPerHost, int sessionsPerHost) {
        return new Limits(sessions, hosts, mappingsPerHost, MOST, MOST, MOST, sessionsPerHost, MOST, 1_024);
    }

    /**
     * The same with another {@link #sessions()}.
     *
     * @param changed sessions in all
     * @return a new value
     */
    public Limits withSessions(int changed) {
        return new Limits(
                changed,
                hosts,
                mappingsPerHost,
                udpMappingsPerHost,
                tcpMappingsPerHost,
                icmpMappingsPerHost,
                sessionsPerHost,
                sessionsPerMapping,
                heldSyns);
    }

    /**
     * The same with another {@link #hosts()}.
     *
     * @param changed inside hosts
     * @return a new value
     */
    public Limits withHosts(int changed) {
        return new Limits(
                sessions,
                changed,
                mappingsPerHost,
                udpMappingsPerHost,
                tcpMappingsPerHost,
                icmpMappingsPerHost,
                sessionsPerHost,
                sessionsPerMapping,
                heldSyns);
    }

    /**
     * The same with another {@link #mappingsPerHost()}.
     *
     * @param changed mappings of one inside host, of all protocols together
     * @return a new value
     */
    public Limits withMappingsPerHost(int changed) {
        return new Limits(
                sessions,
                hosts,
                changed,
                udpMappingsPerHost,
                tcpMappingsPerHost,
                icmpMappingsPerHost,
                sessionsPerHost,
                sessionsPerMapping,
                heldSyns);
    }

    /**
     * The same with another {@link #udpMappingsPerHost()}.
     *
     * @param changed UDP mappings of one inside host
     * @return a new value
     */
    public Limits withUdpMappingsPerHost(int changed) {
        return new Limits(
                sessions,
                hosts,
                mappingsPerHost,
                changed,
                tcpMappingsPerHost,
                icmpMappingsPerHost,
                sessionsPerHost,
                sessionsPerMapping,
                heldSyns);
    }

    /**
     * The same with another {@link #tcpMappingsPerHost()}.
     *
     * @param changed TCP mappings of one inside host
     * @return a new value
     */
    public Limits withTcpMappingsPerHost(int changed) {
        return new Limits(
                sessions,
                hosts,
                mappingsPerHost,
                udpMappingsPerHost,
                changed,
                icmpMappingsPerHost,
                sessionsPerHost,
                sessionsPerMapping,
                heldSyns);
    }

    /**
     * The same with another {@link #icmpMappingsPerHost()}.
     *
     * @param changed ICMP query mappings of one inside host
     * @return a new value
     */
    public Limits withIcmpMappingsPerHost(int changed) {
        return new Limits(
                sessions,
                hosts,
                mappingsPerHost,
                udpMappingsPerHost,
                tcpMappingsPerHost,
                changed,
                sessionsPerHost,
                sessionsPerMapping,
                heldSyns);
    }

    /**
     * The same with another {@link #sessionsPerHost()}.
     *
     * @param changed sessions of one inside host
     * @return a new value
     */
    public Limits withSessionsPerHost(int changed) {
        return new Limits(
                sessions,
                hosts,
                mappingsPerHost,
                udpMappingsPerHost,
                tcpMappingsPerHost,
                icmpMappingsPerHost,
                changed,
                sessionsPerMapping,
                heldSyns);
    }

    /**
     * The same with another {@link #sessionsPerMapping()}.
     *
     * @param changed sessions of one mapping, static forwards included
     * @return a new value
     */
    public Limits withSessionsPerMapping(int changed) {
        return new Limits(
                sessions,
                hosts,
                mappingsPerHost,
                udpMappingsPerHost,
                tcpMappingsPerHost,
                icmpMappingsPerHost,
                sessionsPerHost,
                changed,
                heldSyns);
    }

    /**
     * The same with another {@link #heldSyns()}.
     *
     * @param changed unsolicited SYNs that wait for their answer; the oldest makes room without one
     * @return a new value
     */
    public Limits withHeldSyns(int changed) {
        return new Limits(
                sessions,
                hosts,
                mappingsPerHost,
                udpMappingsPerHost,
                tcpMappingsPerHost,
                icmpMappingsPerHost,
                sessionsPerHost,
                sessionsPerMapping,
                changed);
    }
}
