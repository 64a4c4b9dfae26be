package io.github.culvert.nat.event;

import io.github.culvert.nat.refusal.Refusal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A limit that RFC 8158 has a number for (section 4.4, natQuotaExceededEvent, information element 466). */
public enum Quota {
    /** Sessions in all. */
    SESSIONS(1, LogField.MAX_SESSIONS, Refusal.SESSION_LIMIT),
    /** Mappings in all. */
    MAPPINGS(2, LogField.MAX_MAPPINGS, Refusal.MAPPING_LIMIT),
    /** What one inside host may have. */
    PER_HOST(3, LogField.MAX_ENTRIES_PER_USER, Refusal.HOST_MAPPING_LIMIT, Refusal.HOST_SESSION_LIMIT),
    /** Inside hosts. */
    HOSTS(4, LogField.MAX_SUBSCRIBERS, Refusal.HOST_LIMIT),
    /** Fragments that wait for others. */
    FRAGMENTS(5, LogField.MAX_FRAGMENTS, Refusal.FRAGMENT_LIMIT);

    private final int number;
    private final LogField limit;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<Refusal> reasons;

    Quota(int number, LogField limit, Refusal... reasons) {
        this.number = number;
        this.limit = limit;
        this.reasons = List.of(reasons);
    }

    /**
     * Which quota a refusal is about.
     *
     * @param reason the refusal
     * @return the quota; none for a refusal that RFC 8158 has no number for
     */
    public static Optional<Quota> of(Refusal reason) {
        return Arrays.stream(values())
                .filter(quota -> quota.reasons.contains(reason))
                .findFirst();
    }

    /**
     * The value of information element 466.
     *
     * @return 1 to 5
     */
    public int number() {
        return number;
    }

    /**
     * Which field of a log record has the limit.
     *
     * @return the information element, 471 to 475
     */
    public LogField limitField() {
        return limit;
    }
}
