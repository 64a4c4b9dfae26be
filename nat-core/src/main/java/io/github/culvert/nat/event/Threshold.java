package io.github.culvert.nat.event;

/** A fill that listeners are told of (RFC 8158 section 4.5, natThresholdEvent, information element 467). */
public enum Threshold {
    /** As many public addresses have inside hosts. */
    ADDRESSES_HIGH(1, LogField.POOL_HIGH),
    /** As few public addresses have inside hosts again. */
    ADDRESSES_LOW(2, LogField.POOL_LOW),
    /** As many mappings in all. */
    MAPPINGS(3, LogField.MAPPINGS_HIGH),
    /**
     * As many mappings of one inside host. Section 4.6.9 of the RFC has element 478 in the template and 480 in the list of
     * elements; this is the list's.
     */
    MAPPINGS_PER_HOST(4, LogField.MAPPINGS_PER_USER_HIGH),
    /** As many inside hosts, each of which is bound to a public address. */
    HOSTS(5, LogField.ADDRESS_MAPPINGS_HIGH);

    private final int number;
    private final LogField value;

    Threshold(int number, LogField value) {
        this.number = number;
        this.value = value;
    }

    /**
     * The value of information element 467.
     *
     * @return 1 to 5
     */
    public int number() {
        return number;
    }

    /**
     * Which field of a log record has the threshold.
     *
     * @return the information element, 476 to 481
     */
    public LogField valueField() {
        return value;
    }
}
