package io.github.culvert.ipsec;

import java.util.Optional;

/** The versions of IKE, told apart by the high half of the version field. */
public enum IkeVersion {
    /** IKE version 1 on ISAKMP (RFC 2408, RFC 2409). */
    V1(1),
    /** IKE version 2 (RFC 7296). */
    V2(2);

    private final int major;

    IkeVersion(int major) {
        this.major = major;
    }

    /**
     * The major version.
     *
     * @return the high half of the version field
     */
    public int major() {
        return major;
    }

    /**
     * The version that a version field names, whatever its minor version.
     *
     * @param field the unsigned byte at offset 17
     * @return the version, empty if this is no IKE that we know
     */
    public static Optional<IkeVersion> ofField(int field) {
        return switch (field >> 4) {
            case 1 -> Optional.of(V1);
            case 2 -> Optional.of(V2);
            default -> Optional.empty();
        };
    }
}
