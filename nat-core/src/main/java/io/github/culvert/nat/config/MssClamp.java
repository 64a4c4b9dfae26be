package io.github.culvert.nat.config;

/** What happens to the MSS option in a SYN (RFC 9293 section 3.7.1). The value is only ever lowered. */
public sealed interface MssClamp {
    /** Nothing. */
    record Off() implements MssClamp {}

    /** It is lowered to the MTU of the side that the SYN leaves on, less 40 bytes of headers. */
    record ToMtu() implements MssClamp {}

    /**
     * It is lowered to a value.
     *
     * @param bytes the largest segment, 28 to 65495
     */
    record To(int bytes) implements MssClamp {}
}
