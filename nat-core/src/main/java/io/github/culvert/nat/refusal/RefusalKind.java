package io.github.culvert.nat.refusal;

/** What sort of reason a {@link Refusal} is. */
public enum RefusalKind {
    /** The packet contradicts its own format, or was cut short. */
    MALFORMED,
    /** The packet is well formed, but the configuration forbids it. */
    POLICY,
    /** Nobody inside asked for the packet, or nobody needs it. */
    UNSOLICITED,
    /** There is no room for the state that the packet needs. */
    LIMIT,
    /** The packet is of a kind that is not translated. */
    UNSUPPORTED
}
