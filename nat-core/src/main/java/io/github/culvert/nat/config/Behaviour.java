package io.github.culvert.nat.config;

import io.github.culvert.nat.mapping.Dependence;

/**
 * How the flows of one protocol are mapped and filtered (RFC 4787 sections 4.1 and 5). Never changes with load,
 * conflict or time (REQ-11). Static forwards are for all flows of their inside endpoint, and let all remotes in.
 *
 * <p>Where mapping depends on the remote and filtering does not, a mapping lets a remote in unless that has a mapping of
 * its own with the same inside endpoint: the answers could not tell which one to leave by.
 *
 * @param mapping which flows of an inside endpoint share a public endpoint; endpoint-independent by default (REQ-1)
 * @param filtering which remotes may send to a mapping: all, those whose address it has sent to, or those whose
 *     endpoint it has sent to; address-dependent by default (REQ-8)
 */
public record Behaviour(Dependence mapping, Dependence filtering) {

    /** Endpoint-independent mapping, address-dependent filtering. */
    public static final Behaviour STANDARD =
            new Behaviour(Dependence.ENDPOINT_INDEPENDENT, Dependence.ADDRESS_DEPENDENT);

    /** Endpoint-independent mapping and filtering: the most transparent, as RFC 6888 REQ-7 asks of large NATs. */
    public static final Behaviour TRANSPARENT =
            new Behaviour(Dependence.ENDPOINT_INDEPENDENT, Dependence.ENDPOINT_INDEPENDENT);

    /**
     * The same with another {@link #mapping()}.
     *
     * @param changed which flows of an inside endpoint share a public endpoint; endpoint-independent by default
     *     (REQ-1)
     * @return a new value
     */
    public Behaviour withMapping(Dependence changed) {
        return new Behaviour(changed, filtering);
    }

    /**
     * The same with another {@link #filtering()}.
     *
     * @param changed which remotes may send to a mapping: all, those whose address it has sent to, or those whose
     *     endpoint it has sent to; address-dependent by default (REQ-8)
     * @return a new value
     */
    public Behaviour withFiltering(Dependence changed) {
        return new Behaviour(mapping, changed);
    }
}
