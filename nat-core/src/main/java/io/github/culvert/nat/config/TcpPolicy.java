package io.github.culvert.nat.config;

/**
 * What is special about TCP.
 *
 * @param unsolicitedSyn what an unsolicited SYN from the outside gets when it has waited in vain (RFC 5382 REQ-4a)
 * @param midStream whether a segment of an inside host without SYN and RST, and without a session, opens one: after a
 *     restart connections go on; on by default
 * @param mssFromInside what happens to the MSS option in a SYN of an inside host; off by default
 * @param mssFromOutside what happens to the MSS option in a SYN of a remote host; off by default
 */
public record TcpPolicy(
        UnsolicitedSyn unsolicitedSyn, boolean midStream, MssClamp mssFromInside, MssClamp mssFromOutside) {

    /** The defaults. */
    public static final TcpPolicy STANDARD =
            new TcpPolicy(UnsolicitedSyn.ICMP, true, new MssClamp.Off(), new MssClamp.Off());

    /**
     * The same with another {@link #unsolicitedSyn()}.
     *
     * @param changed what an unsolicited SYN from the outside gets when it has waited in vain (RFC 5382 REQ-4a)
     * @return a new value
     */
    public TcpPolicy withUnsolicitedSyn(UnsolicitedSyn changed) {
        return new TcpPolicy(changed, midStream, mssFromInside, mssFromOutside);
    }

    /**
     * The same with another {@link #midStream()}.
     *
     * @param changed whether a segment of an inside host without SYN and RST, and without a session, opens one: after
     *     a restart connections go on; on by default
     * @return a new value
     */
    public TcpPolicy withMidStream(boolean changed) {
        return new TcpPolicy(unsolicitedSyn, changed, mssFromInside, mssFromOutside);
    }

    /**
     * The same with another {@link #mssFromInside()}.
     *
     * @param changed what happens to the MSS option in a SYN of an inside host; off by default
     * @return a new value
     */
    public TcpPolicy withMssFromInside(MssClamp changed) {
        return new TcpPolicy(unsolicitedSyn, midStream, changed, mssFromOutside);
    }

    /**
     * The same with another {@link #mssFromOutside()}.
     *
     * @param changed what happens to the MSS option in a SYN of a remote host; off by default
     * @return a new value
     */
    public TcpPolicy withMssFromOutside(MssClamp changed) {
        return new TcpPolicy(unsolicitedSyn, midStream, mssFromInside, changed);
    }
}
