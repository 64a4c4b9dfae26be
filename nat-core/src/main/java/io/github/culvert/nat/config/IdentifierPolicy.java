package io.github.culvert.nat.config;

import java.util.Set;

/**
 * How public identifiers are chosen: ports and ICMP query ids (RFC 4787 section 4.2, RFC 6056, RFC 6888 REQ-8, REQ-13
 * to REQ-15). What is drawn is drawn unpredictably, each free identifier with equal chance (RFC 6056 section 4), within
 * the class of the inside port: below 1024 or not (RFC 4787 REQ-3a). ICMP query ids have neither classes nor parity.
 * Identifier 0 is given only to itself.
 *
 * <p>Where a class has no identifier left, the flow is refused. Where only its parity has none left, the flow gets one of
 * the other parity: RFC 4787 REQ-4 recommends to keep it for the sake of RTP, whose ends can also tell each other their
 * RTCP port (RFC 3605), and a refused flow would serve nobody. How flows are mapped and filtered does not change by
 * that (REQ-11): an inside endpoint keeps the one public endpoint it has got.
 *
 * <p>Excluded identifiers are not reserved for the host: a packet from the outside to one finds no mapping, and a static
 * forward may name it.
 *
 * @param preserved whether the inside identifier is kept where it is free (RFC 4787 REQ-3a); on by default
 * @param parity whether an even port stays even and an odd one odd (RFC 4787 REQ-4); on by default, of no effect
 *     within blocks
 * @param excluded identifiers that are never assigned dynamically, 0 to 65535; none by default
 * @param assignment out of what a host draws: all identifiers of its public address, blocks, or a range that follows
 *     from its address
 * @param pairing what happens when the public address of a host has no identifier left (RFC 7857 section 4)
 * @param rest how long freed ports rest
 */
public record IdentifierPolicy(
        boolean preserved, boolean parity, Set<Integer> excluded, Assignment assignment, Pairing pairing, Rest rest) {

    /** The defaults. */
    public static final IdentifierPolicy STANDARD =
            new IdentifierPolicy(true, true, Set.of(), new Assignment.Shared(), Pairing.STRICT, Rest.STANDARD);

    /**
     * Copies what could change.
     *
     * @param preserved whether the inside identifier is kept where it is free (RFC 4787 REQ-3a); on by default
     * @param parity whether an even port stays even and an odd one odd (RFC 4787 REQ-4); on by default, of no effect
     *     within blocks
     * @param excluded identifiers that are never assigned dynamically, 0 to 65535; none by default
     * @param assignment out of what a host draws: all identifiers of its public address, blocks, or a range that
     *     follows from its address
     * @param pairing what happens when the public address of a host has no identifier left (RFC 7857 section 4)
     * @param rest how long freed ports rest
     */
    public IdentifierPolicy {
        excluded = Set.copyOf(excluded);
    }

    /**
     * The same with another {@link #preserved()}.
     *
     * @param changed whether the inside identifier is kept where it is free (RFC 4787 REQ-3a); on by default
     * @return a new value
     */
    public IdentifierPolicy withPreserved(boolean changed) {
        return new IdentifierPolicy(changed, parity, excluded, assignment, pairing, rest);
    }

    /**
     * The same with another {@link #parity()}.
     *
     * @param changed whether an even port stays even and an odd one odd (RFC 4787 REQ-4); on by default, of no effect
     *     within blocks
     * @return a new value
     */
    public IdentifierPolicy withParity(boolean changed) {
        return new IdentifierPolicy(preserved, changed, excluded, assignment, pairing, rest);
    }

    /**
     * The same with another {@link #excluded()}.
     *
     * @param changed identifiers that are never assigned dynamically, 0 to 65535; none by default
     * @return a new value
     */
    public IdentifierPolicy withExcluded(Set<Integer> changed) {
        return new IdentifierPolicy(preserved, parity, changed, assignment, pairing, rest);
    }

    /**
     * The same with another {@link #assignment()}.
     *
     * @param changed out of what a host draws: all identifiers of its public address, blocks, or a range that follows
     *     from its address
     * @return a new value
     */
    public IdentifierPolicy withAssignment(Assignment changed) {
        return new IdentifierPolicy(preserved, parity, excluded, changed, pairing, rest);
    }

    /**
     * The same with another {@link #pairing()}.
     *
     * @param changed what happens when the public address of a host has no identifier left (RFC 7857 section 4)
     * @return a new value
     */
    public IdentifierPolicy withPairing(Pairing changed) {
        return new IdentifierPolicy(preserved, parity, excluded, assignment, changed, rest);
    }

    /**
     * The same with another {@link #rest()}.
     *
     * @param changed how long freed ports rest
     * @return a new value
     */
    public IdentifierPolicy withRest(Rest changed) {
        return new IdentifierPolicy(preserved, parity, excluded, assignment, pairing, changed);
    }
}
