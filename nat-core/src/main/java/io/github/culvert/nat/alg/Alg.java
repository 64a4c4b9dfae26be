package io.github.culvert.nat.alg;

import io.github.culvert.nat.packet.Octets;
import java.util.List;
import java.util.Optional;

/**
 * What an engine needs to know of a protocol that a NAT would break: an application layer gateway (RFC 2663 section
 * 2.9). Immutable, so that several engines may have the same one; its {@link Tracker}s belong to one engine each.
 *
 * <p>An engine has the ALGs that it was built with and no others, and each can be switched off and on while it runs.
 * Experimental, as all of this package.
 */
public interface Alg {
    /**
     * The name, in options, counters and findings.
     *
     * @return lower case letters and digits, the same for the life of the library, such as {@code pptp}
     */
    String name();

    /**
     * The control channels that it reads.
     *
     * @return the controls, none if it reads no control channel; no two of them alike
     */
    List<Control> controls();

    /**
     * How packets that carry no ports are told apart.
     *
     * @return the demultiplexers; no two of them for the same protocol
     */
    List<Demux> demuxes();

    /**
     * What the sessions that it binds may have.
     *
     * @return the terms
     */
    Terms terms();

    /**
     * Which public address its control channels have, where an inside host opens them.
     *
     * @return the use; {@link AddressUse#PAIRED} unless overridden
     */
    default AddressUse addressUse() {
        return AddressUse.PAIRED;
    }

    /**
     * Begins to follow a scope.
     *
     * @param scope one control channel, or one pair of a public and a remote address
     * @return a new tracker; empty if this scope is to pass like any other, which costs it nothing
     */
    Optional<Tracker> follow(Scope scope);

    /**
     * Goes on following a scope where another tracker of the same ALG left off.
     *
     * @param scope the scope
     * @param saved what {@link Tracker#save()} gave
     * @return a tracker that behaves as the one that was saved
     * @throws IllegalArgumentException if the bytes are not what this ALG saves
     */
    Tracker restore(Scope scope, Octets saved);
}
