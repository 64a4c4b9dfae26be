package io.github.culvert.nat.config;

/**
 * How much state there may be (RFC 6888 REQ-4, REQ-5). What is full refuses new flows; nothing live is evicted. Every
 * limit is 1 to 8,000,000. Can be changed while the NAT runs; what is above a new limit stays.
 *
 * @param sessions sessions in all
 * @param hosts inside hosts
 * @param mappings mappings in all, static forwards included
 * @param mappingsPerHost mappings of one inside host, of all protocols together
 * @param udpMappingsPerHost UDP mappings of one inside host
 * @param tcpMappingsPerHost TCP mappings of one inside host
 * @param icmpMappingsPerHost ICMP query mappings of one inside host
 * @param sessionsPerHost sessions of one inside host
 * @param sessionsPerMapping sessions of one mapping, static forwards included
 * @param heldSyns unsolicited SYNs that wait for their answer; the oldest makes room without one
 * @param thresholds from which fill on listeners are told; none by default
 */
public record Limits(
        int sessions,
        int hosts,
        int mappings,
        int mappingsPerHost,
        int udpMappingsPerHost,
        int tcpMappingsPerHost,
        int icmpMappingsPerHost,
        int sessionsPerHost,
        int sessionsPerMapping,
        int heldSyns,
        Thresholds thresholds) {

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
        return new Limits(
                sessions,
                hosts,
                MOST,
                mappingsPerHost,
                MOST,
                MOST,
                MOST,
                sessionsPerHost,
                MOST,
                1_024,
                Thresholds.NONE);
    }

    /**
     * The same with another {@link #sessions()}.
     *
     * @param changed sessions in all
     * @return a new value
     */
    public Limits withSessions(int changed) {
        LimitsEdit edit = new LimitsEdit(this);
        edit.sessions = changed;
        return edit.done();
    }

    /**
     * The same with another {@link #hosts()}.
     *
     * @param changed inside hosts
     * @return a new value
     */
    public Limits withHosts(int changed) {
        LimitsEdit edit = new LimitsEdit(this);
        edit.hosts = changed;
        return edit.done();
    }

    /**
     * The same with another {@link #mappings()}.
     *
     * @param changed mappings in all, static forwards included
     * @return a new value
     */
    public Limits withMappings(int changed) {
        LimitsEdit edit = new LimitsEdit(this);
        edit.mappings = changed;
        return edit.done();
    }

    /**
     * The same with another {@link #mappingsPerHost()}.
     *
     * @param changed mappings of one inside host, of all protocols together
     * @return a new value
     */
    public Limits withMappingsPerHost(int changed) {
        LimitsEdit edit = new LimitsEdit(this);
        edit.mappingsPerHost = changed;
        return edit.done();
    }

    /**
     * The same with another {@link #udpMappingsPerHost()}.
     *
     * @param changed UDP mappings of one inside host
     * @return a new value
     */
    public Limits withUdpMappingsPerHost(int changed) {
        LimitsEdit edit = new LimitsEdit(this);
        edit.udpMappingsPerHost = changed;
        return edit.done();
    }

    /**
     * The same with another {@link #tcpMappingsPerHost()}.
     *
     * @param changed TCP mappings of one inside host
     * @return a new value
     */
    public Limits withTcpMappingsPerHost(int changed) {
        LimitsEdit edit = new LimitsEdit(this);
        edit.tcpMappingsPerHost = changed;
        return edit.done();
    }

    /**
     * The same with another {@link #icmpMappingsPerHost()}.
     *
     * @param changed ICMP query mappings of one inside host
     * @return a new value
     */
    public Limits withIcmpMappingsPerHost(int changed) {
        LimitsEdit edit = new LimitsEdit(this);
        edit.icmpMappingsPerHost = changed;
        return edit.done();
    }

    /**
     * The same with another {@link #sessionsPerHost()}.
     *
     * @param changed sessions of one inside host
     * @return a new value
     */
    public Limits withSessionsPerHost(int changed) {
        LimitsEdit edit = new LimitsEdit(this);
        edit.sessionsPerHost = changed;
        return edit.done();
    }

    /**
     * The same with another {@link #sessionsPerMapping()}.
     *
     * @param changed sessions of one mapping, static forwards included
     * @return a new value
     */
    public Limits withSessionsPerMapping(int changed) {
        LimitsEdit edit = new LimitsEdit(this);
        edit.sessionsPerMapping = changed;
        return edit.done();
    }

    /**
     * The same with another {@link #heldSyns()}.
     *
     * @param changed unsolicited SYNs that wait for their answer; the oldest makes room without one
     * @return a new value
     */
    public Limits withHeldSyns(int changed) {
        LimitsEdit edit = new LimitsEdit(this);
        edit.heldSyns = changed;
        return edit.done();
    }

    /**
     * The same with another {@link #thresholds()}.
     *
     * @param changed from which fill on listeners are told; none by default
     * @return a new value
     */
    public Limits withThresholds(Thresholds changed) {
        LimitsEdit edit = new LimitsEdit(this);
        edit.thresholds = changed;
        return edit.done();
    }
}
