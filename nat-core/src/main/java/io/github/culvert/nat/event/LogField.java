package io.github.culvert.nat.event;

/** What a log record can say; each with its IPFIX information element (RFC 8158 section 4.2). */
public enum LogField {
    /** observationTimeMilliseconds: since 1970. */
    TIME(323),
    /** natEvent. */
    NAT_EVENT(230),
    /** protocolIdentifier. */
    PROTOCOL(4),
    /** sourceIPv4Address: the inside host. */
    INSIDE_ADDRESS(8),
    /** sourceTransportPort: the inside identifier. */
    INSIDE_IDENTIFIER(7),
    /** postNATSourceIPv4Address: the public address. */
    PUBLIC_ADDRESS(225),
    /** postNAPTSourceTransportPort: the public identifier. */
    PUBLIC_IDENTIFIER(227),
    /** destinationIPv4Address: the remote address, as the inside host knows it. */
    REMOTE_ADDRESS(12),
    /** destinationTransportPort: the remote identifier, as the inside host knows it. */
    REMOTE_IDENTIFIER(11),
    /** postNATDestinationIPv4Address: the remote address on the outside. */
    POST_REMOTE_ADDRESS(226),
    /** postNAPTDestinationTransportPort: the remote identifier on the outside. */
    POST_REMOTE_IDENTIFIER(228),
    /** natPoolId: there is one pool, number 0. */
    POOL(283),
    /** portRangeStart: the first port of a block. */
    FIRST_PORT(361),
    /** portRangeEnd: the last port of a block. */
    LAST_PORT(362),
    /** natQuotaExceededEvent: which quota. */
    QUOTA(466),
    /** natThresholdEvent: which threshold. */
    THRESHOLD(467),
    /** maxSessionEntries. */
    MAX_SESSIONS(471),
    /** maxBIBEntries. */
    MAX_MAPPINGS(472),
    /** maxEntriesPerUser. */
    MAX_ENTRIES_PER_USER(473),
    /** maxSubscribers. */
    MAX_SUBSCRIBERS(474),
    /** maxFragmentsPendingReassembly. */
    MAX_FRAGMENTS(475),
    /** addressPoolHighThreshold. */
    POOL_HIGH(476),
    /** addressPoolLowThreshold. */
    POOL_LOW(477),
    /** addressPortMappingHighThreshold. */
    MAPPINGS_HIGH(478),
    /** addressPortMappingPerUserHighThreshold. */
    MAPPINGS_PER_USER_HIGH(480),
    /** globalAddressMappingHighThreshold. */
    ADDRESS_MAPPINGS_HIGH(481);

    private final int element;

    LogField(int element) {
        this.element = element;
    }

    /**
     * The number of the information element.
     *
     * @return the number in the registry of IPFIX
     */
    public int element() {
        return element;
    }
}
