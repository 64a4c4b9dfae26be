package io.github.culvert.ipsec;

import java.util.List;

/**
 * The exchanges of IKE: those of version 1 (RFC 2408 section 3.1, RFC 2409 appendix A) and those of version 2 (RFC 7296
 * section 3.1).
 */
public enum IkeExchange implements IkeExchangeType {
    /** Base exchange of ISAKMP. */
    BASE(IkeVersion.V1, 1),
    /** Identity protection: the main mode of phase 1. */
    MAIN_MODE(IkeVersion.V1, 2),
    /** Aggressive mode of phase 1; shows identities in clear. */
    AGGRESSIVE_MODE(IkeVersion.V1, 4),
    /** Notifications and deletions of version 1. */
    INFORMATIONAL_V1(IkeVersion.V1, 5),
    /** Quick mode: phase 2, which makes SAs for ESP or AH. */
    QUICK_MODE(IkeVersion.V1, 32),
    /** Agrees on a new Diffie-Hellman group. */
    NEW_GROUP_MODE(IkeVersion.V1, 33),
    /** First exchange of version 2: keys, not yet identities. */
    IKE_SA_INIT(IkeVersion.V2, 34),
    /** Second exchange of version 2: identities and the first SA for ESP or AH. */
    IKE_AUTH(IkeVersion.V2, 35),
    /** Further SAs, and rekeying. */
    CREATE_CHILD_SA(IkeVersion.V2, 36),
    /** Notifications, deletions and liveness of version 2. */
    INFORMATIONAL_V2(IkeVersion.V2, 37);

    /** The rows in the order of their codes; {@code values()} would copy them for each message. */
    static final List<IkeExchange> TABLE = List.of(values());

    private final IkeVersion version;
    private final int code;

    IkeExchange(IkeVersion version, int code) {
        this.version = version;
        this.code = code;
    }

    @Override
    public IkeVersion version() {
        return version;
    }

    @Override
    public int code() {
        return code;
    }
}
